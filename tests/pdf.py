"""A PDF as a reader of it finds it: the text of each page and where it stands. No tools needed."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

MM = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
_CODES = re.compile(r"<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Span:
    """Letters set in one go: from where to where, in millimetres from the sheet's upper left."""

    page: int
    left: float
    right: float
    baseline: float
    text: str


def opened(content: bytes) -> pikepdf.Pdf:
    """Open the file."""
    return pikepdf.open(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Return the text, a line for each line on paper."""
    lines: dict[tuple[int, float], list[Span]] = {}
    for span in spans_of(content):
        lines.setdefault((span.page, round(span.baseline, 1)), []).append(span)
    return "\n".join(line for spans in lines.values() if (line := _line(spans)))


def _line(spans: list[Span]) -> str:
    told, right = "", 0.0
    for span in sorted(spans, key=lambda span: span.left):
        told += "   " if told and span.left - right > 1.5 else ""
        told += span.text
        right = span.right
    return told.replace("\u200b", "").strip()


def spans_of(content: bytes) -> list[Span]:
    """Return everything that is written, in the order of the file."""
    with opened(content) as pdf:
        return [span for number, page in enumerate(pdf.pages) for span in _spans(page, number)]


def _spans(page: pikepdf.Page, number: int) -> Iterator[Span]:
    height = float(page.mediabox[3])
    fonts = {name: _Font(font) for name, font in page.resources.get("/Font", {}).items()}
    ctm: Matrix = (1, 0, 0, 1, 0, 0)
    stack: list[Matrix] = []
    tm = ctm
    font, size = None, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(ctm)
            case "Q":
                ctm = stack.pop()
            case "cm":
                ctm = _times(_numbers(operands), ctm)
            case "BT":
                tm = (1, 0, 0, 1, 0, 0)
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "Tm":
                tm = _numbers(operands)
            case "Td":
                tm = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), tm)
            case "Tj" | "TJ":
                assert font is not None
                said = operands[0] if str(operator) == "TJ" else [operands[0]]
                text, width, seen = font.read(list(said), size)
                start, end = _times(tm, ctm), _times((1, 0, 0, 1, seen, 0), _times(tm, ctm))
                yield Span(
                    page=number,
                    left=start[4] / MM,
                    right=end[4] / MM,
                    baseline=(height - start[5]) / MM,
                    text=text,
                )
                tm = _times((1, 0, 0, 1, width, 0), tm)


class _Font:
    def __init__(self, font: pikepdf.Object) -> None:
        self.letters = dict(_letters(font.ToUnicode.read_bytes().decode("latin-1")))
        inner = font.DescendantFonts[0]
        self.usual = float(inner.get("/DW", 1000))
        self.widths: dict[int, float] = {}
        told = list(inner.get("/W", []))
        while told:
            first, second = int(told.pop(0)), told.pop(0)
            if isinstance(second, pikepdf.Array):
                self.widths.update({first + i: float(w) for i, w in enumerate(second)})
            else:
                width = float(told.pop(0))
                self.widths.update(dict.fromkeys(range(first, int(second) + 1), width))

    def read(self, said: list[pikepdf.Object], size: float) -> tuple[str, float, float]:
        """Return the letters, how far they move on, and how far ink goes."""
        text, width, seen = "", 0.0, 0.0
        for part in said:
            if isinstance(part, pikepdf.String):
                raw = bytes(part)
                for code in (int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)):
                    letter = self.letters.get(code, "")
                    text += letter
                    width += self.widths.get(code, self.usual) * size / 1000
                    seen = seen if letter in " \u200b" else width
            else:
                width -= float(part) * size / 1000
        return text, width, seen


def _letters(cmap: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        codes = _CODES.findall(block)
        for code, text in zip(codes[::2], codes[1::2], strict=True):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        codes = _CODES.findall(block)
        for low, high, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            for step in range(int(high, 16) - int(low, 16) + 1):
                yield int(low, 16) + step, chr(int(text, 16) + step)


def _numbers(operands: list[pikepdf.Object]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
