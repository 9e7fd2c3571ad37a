"""Legal bases: names and numbers of documents, out of cells that were run together."""

import re
from typing import Any

from motcua.kernel import text

from .plain import CAPITAL, SMALL, cell
from .procedure import Mark, NationalBasis

_HEADER = re.compile(r"\s*Tên văn bản pháp lý\s*Mã văn bản\s*")
# Who issues: only by knowing them can "TT-BTC" and the "QUY ĐỊNH" after it be told apart.
_ISSUERS = (
    "BCA", "BCT", "BCY", "BDTTG", "BGDĐT", "BGD&ĐT", "BGTVT", "BHXH", "BKH", "BKHCN", "BKHĐT",
    "BLĐTBXH", "BNG", "BNN", "BNN&PTNT", "BNNMT", "BNNPTN", "BNNPTNT", "BNV", "BQP", "BTC",
    "BTNMT", "BTP", "BTTTT", "BVHTT", "BVHTTDL", "BXD", "BYT", "CP", "HĐND", "HĐTP", "KTNN",
    "NHNN", "TANDTC", "TCHQ", "TCT", "TLĐ", "TTCP", "TTg", "UBDT", "UBND", "UBTVQH",
    "UBTƯMTTQVN", "VKSNDTC", "VPCP",
)  # fmt: skip
_ISSUER = "|".join(sorted(_ISSUERS, key=len, reverse=True))
_NATIONAL_ASSEMBLY = r"(?:PL-|NQ-|L-)?(?:UBTVQH|QH)1?\d"
_KIND = r"NĐ|ND|TT|TTLT|QĐ|NQ|NQLT|CT|PL|VBHN|L|CV"
_NUMBER = re.compile(
    rf"[0-9]{{1,12}}[a-z]?(?:\.\d+)?/(?:\d{{4}}/)?"
    rf"(?:{_NATIONAL_ASSEMBLY}|(?:{_KIND})(?:-(?:{_ISSUER}))+)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?=\d)")
_KINDS = "Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh"
# What stands before the number in its own cell.
_PREFIX = re.compile(rf"(?<=\S)(?:{_KINDS})\s+(?:số\s*:?\s*)?\Z|(?<=[{SMALL}).;”\"])số\s*:?\s*\Z")
_BARE = re.compile(rf"(?:{_KINDS})?\s*(?:số)?", re.IGNORECASE)
# Inside a name: where two names may have been run together, with a number unread between them.
_SEAM = re.compile(
    rf"[{SMALL}\d).;][{CAPITAL}][{SMALL}]|[{CAPITAL}]{{2}}[{SMALL}]{{2}}|[{SMALL}]\d{{2}}"
)
_PADDING = " .;,\t\n"
_SENTENCE = tuple(" \n.,;:)\u00a0”\"'-/(…")


def read_bases(original: dict[str, Any], key: str) -> tuple[tuple[NationalBasis, ...], Mark]:
    """Read the table of legal bases."""
    printed, mark = cell(original, key)
    if not printed:
        return (), mark
    header = _HEADER.match(printed)
    if header is None:
        return (), Mark.UNREAD
    body = printed[header.end() :]
    bases: list[NationalBasis] = []
    whole, begin = True, 0
    for start, end in _numbers(body):
        name = text.clean(_PREFIX.sub("", body[begin:start]))
        if body[start - 1 : start] == " " and _BARE.fullmatch(name):
            name = text.clean(body[begin:end])  # the number is all the name it has
        begin = end
        if _SEAM.search(_NUMBER.sub("", name)):
            whole, name = False, ""
        basis = NationalBasis(number=body[start:end], name=name)
        if not bases or bases[-1] != basis:  # "Nghị định 1/2024/NĐ-CP" is its own number, too
            bases.append(basis)
    if body[begin:].strip(_PADDING):
        whole = False
    if not bases:
        return (), Mark.UNREAD
    return tuple(bases), Mark.READ if whole else Mark.PARTLY


def _numbers(body: str) -> list[tuple[int, int]]:
    """Return where the numbers stand that are cells: nothing parts them from the next name."""
    found = [_span(body, match) for match in _NUMBER.finditer(body)]
    last = len(body.rstrip(_PADDING))
    cells: list[tuple[int, int]] = []
    for place, (begin, end) in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if end < last and body[end : end + 1] in _SENTENCE:  # part of a name, which goes on
            continue
        # "Nghị định 38/2016/NĐ-CP38/2016/NĐ-CP": the first ends the name, the second is the cell.
        if following is not None and following[0] == end:
            bare = begin == (cells[-1][1] if cells else 0)
            if not bare or body[begin:end] == body[slice(*following)]:
                continue
        cells.append((begin, end))
    return cells


def _span(body: str, match: re.Match[str]) -> tuple[int, int]:
    """A name may end in a year ("… năm 2024"), which then runs into the digits of the number."""
    year = _YEAR.match(body, match.start())
    return (year.end() if year else match.start()), match.end()
