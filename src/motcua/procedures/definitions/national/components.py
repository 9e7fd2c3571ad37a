"""What to bring: groups of papers, each with its form file and how many originals and copies."""

import re
from typing import Any, NamedTuple

from motcua.kernel import text

from .plain import CAPITAL, SMALL, cell
from .procedure import Mark, NationalComponent

_HEADER = re.compile(r"Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng")
# The last cell of a row. The same words also stand in sentences: "nộp 01 bản chính; …".
_COUNTS = re.compile(r"(?P<digits>[0-9]{1,12}) bản chính(?:,(?P<copies>[0-9]{1,3}) bản sao)?")
_IN_A_SENTENCE = re.compile(r"[ ;,.)]")
_LONE_HEADING = "--"

_SUFFIX = r"\.(?:docx?|xlsx?|pdf|pptx?|rtf|odt|zip|rar|jpe?g|png|html?)"
_FILE_END = re.compile(rf"{_SUFFIX}\Z", re.IGNORECASE)
_FILE_BREAK = re.compile(rf"((?i:{_SUFFIX}))(?=[^\s.,;:){SMALL}])")
# Two cells without a gap: a word, a number or a closing sign, then a capital or a number.
_SEAM = re.compile(
    rf"(?<=[{SMALL}]{{2}})(?=[{CAPITAL}])|(?<=TTg)(?=[{CAPITAL}])"
    rf"|(?<=[;:)”\"])(?=[{CAPITAL}{SMALL}\d])"
    rf"|(?<=[{CAPITAL}{SMALL})]\.)(?=[{CAPITAL}{SMALL}\d])"
    rf"|(?<=\d\.)(?=[{CAPITAL}])"
    rf"|(?<=[{SMALL}]{{2}})(?=\d)"
    rf"|(?<=\d)(?=[{CAPITAL}][{SMALL}])"
    rf"|(?<=[{CAPITAL}]{{2}})(?=[{CAPITAL}][{SMALL}])"
)
_FORM = re.compile(r"(?:m[ẫa]u|ph[ụu] l[ụu]c|[đd]on|[đd]ơn|b[ảa]n|[0-9])", re.IGNORECASE)
_NEVER_IN_FILES = re.compile(r"[;:/\\?*\"<>|]|\)\s*[,;]")
FILE_NAME_CHARACTERS_MAX = 160


class _Row(NamedTuple):
    component: NationalComponent
    whole: bool


def read_components(
    original: dict[str, Any], key: str
) -> tuple[tuple[NationalComponent, ...], Mark]:
    """Read the tables of papers."""
    printed, mark = cell(original, key)
    if not printed:
        return (), mark
    headers = list(_HEADER.finditer(printed))
    if not headers:
        return (), Mark.UNREAD
    group, whole = _heading(printed[: headers[0].start()]), True
    rows: list[_Row] = []
    ends = [header.start() for header in headers[1:]] + [len(printed)]
    for header, end in zip(headers, ends, strict=True):
        section = printed[header.end() : end]
        found, rest = _rows(section, group)
        rows += found
        if end < len(printed):
            group = _heading(rest)
        else:
            whole = not rest.strip().strip(_LONE_HEADING)
    if not rows:
        return (), Mark.ABSENT if whole else Mark.UNREAD
    whole = whole and all(row.whole for row in rows)
    return tuple(row.component for row in rows), Mark.READ if whole else Mark.PARTLY


def _heading(printed: str) -> str:
    heading = text.clean(printed)
    return "" if heading == _LONE_HEADING else heading.strip("*").strip()


def _rows(section: str, group: str) -> tuple[list[_Row], str]:
    rows, begin = [], 0
    for match in _COUNTS.finditer(section):
        if _is_said_in_a_sentence(section, match):
            continue
        kept, originals = _counted(section[begin : match.start()], match["digits"])
        row = _row(section[begin : match.start()] + kept, group, originals, match["copies"])
        begin = match.end()
        if row is not None:
            rows.append(row)
    return rows, section[begin:]


def _is_said_in_a_sentence(section: str, match: re.Match[str]) -> bool:
    if re.fullmatch(r"0\d", match["digits"]):  # no cell prints 01, and no name ends in 0
        return True
    before = section[match.start() - 1 : match.start()]
    goes_on = _IN_A_SENTENCE.match(section, match.end())
    return goes_on is not None and before in (" ", "(")


def _counted(name: str, digits: str) -> tuple[str, int | None]:
    """
    Part the count from the digits at the end of the name ("ngày 25/6/20241 bản chính").

    A number of one digit is the count, of three and more ends with it. Two may be either,
    unless they begin with a nought or a blank stands before: then the name ends in a number.
    """
    if len(digits) == 1:
        return "", int(digits)
    if len(digits) > 2 or digits[0] == "0" or name.endswith((" ", "/", "-", ".")):
        return digits[:-1], int(digits[-1])
    return digits, None


def _row(printed: str, group: str, originals: int | None, copies: str | None) -> _Row | None:
    name, files, parted = _without_files(text.clean(printed))
    if not name and not files:
        return None
    return _Row(
        NationalComponent(
            group=group,
            name=name or files[0],
            originals=originals,
            copies=int(copies) if copies else (0 if originals is not None else None),
            form="; ".join(files),
        ),
        parted and originals is not None,
    )


def _without_files(printed: str) -> tuple[str, list[str], bool]:
    """Part the names of form files from the name of the paper, if the seam can be seen."""
    if not _FILE_END.search(printed):
        return printed, [], True
    first, *others = _files_in(printed)
    places = [
        place
        for place in (match.start() for match in _SEAM.finditer(first))
        if len(first) - place <= FILE_NAME_CHARACTERS_MAX and _may_be_a_file(first[place:])
    ]
    # A full stop within is rare in the name of a file, unless it begins as forms do.
    seams = [place for place in places if ". " not in first[place:]] or [
        place for place in places if _FORM.match(first, place)
    ]
    if not seams:
        return printed, [], False
    return first[: seams[0]].strip(), [first[seams[0] :], *others], True


def _files_in(printed: str) -> list[str]:
    """Part "…Mau A.docxMau B.docx" after each suffix but the last."""
    parts = _FILE_BREAK.split(printed)
    whole = ["".join(pair) for pair in zip(parts[::2], [*parts[1::2], ""], strict=True)]
    return [part for part in whole if part]


def _may_be_a_file(printed: str) -> bool:
    stem, suffixes = _FILE_END.subn("", printed)
    return bool(stem) and suffixes == 1 and not _NEVER_IN_FILES.search(stem)
