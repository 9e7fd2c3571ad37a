"""Papers of the city's own, set by typst: data in, a tagged PDF out, the same bytes each time."""

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import local
from typing import Any, Literal

import segno
import typst

from motcua.kernel import text

# Templates import each other from here, and reach nothing above.
ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "documents" / "data" / "fonts"

# A line can be broken between these, so that no word runs off the page; as text it is nothing.
_BREAK = "\u200b"
_UNBROKEN_MAX = 18
_JOINTS = frozenset("-\u2013/_")
_JOINT_AFTER = 8

Kind = Literal["pdf", "png"]

# A compiler keeps what it has read between two papers. Each thread has its own, so that nobody's
# slip waits for somebody's register.
_of_this_thread = local()


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    at: datetime,
    link: str = "",
    pictures: Mapping[str, str] | None = None,
    kind: Kind = "pdf",
) -> bytes:
    """
    Set the data in the template and return the PDF, dated at that moment.

    People's words travel as JSON beside the template and never become part of it: whatever they
    look like, they are text. The `link` stands on the paper as a QR code. `pictures` are drawings
    of our own, as SVG, which the template calls by their names.
    """
    told = {
        **as_text(data),
        "qr": _qr_code(link) if link else "",
        "pictures": dict(pictures or {}),
    }
    sent = json.dumps(told, ensure_ascii=False, sort_keys=True)
    made = _compiler().compile(
        input=str(template),
        format=kind,
        sys_inputs={"data": sent},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)  # no file was named to write to
    return made


def as_text(value: Any) -> Any:
    """Return the value with every text in it in one Unicode form, and breakable anywhere."""
    if isinstance(value, str):
        return _breakable(text.clean_lines(value))
    if isinstance(value, Mapping):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(each) for each in value]
    return value


def _qr_code(content: str) -> str:
    # As SVG. The content is an opaque link and never holds a name.
    drawn = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, svgns=True, nl=False
    )
    return drawn.getvalue().decode()


def _breakable(words: str) -> str:
    run, letters = 0, []
    for letter in words:
        run = 0 if letter.isspace() or letter == _BREAK else run + 1
        if run > _UNBROKEN_MAX:
            letters.append(_BREAK)
            run = 1
        letters.append(letter)
        # Codes are broken where they are joined. By itself a hyphen before a figure does not part.
        if letter in _JOINTS and run > _JOINT_AFTER:
            letters.append(_BREAK)
            run = 0
    return "".join(letters)


def _compiler() -> typst.Compiler:
    compiler: typst.Compiler | None = getattr(_of_this_thread, "compiler", None)
    if compiler is None:
        compiler = typst.Compiler(root=str(ROOT), font_paths=_fonts())
        _of_this_thread.compiler = compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    # Our own only: what else is installed on a machine must not show on paper.
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
