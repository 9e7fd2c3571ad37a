"""What one gets: names and codes of results, and none of the page that was crawled with them."""

import re
from typing import Any

from motcua.kernel import text

from .plain import NOTHING, cell
from .procedure import Mark, NationalResult

_CODE = re.compile(r"Mã:\s*")
_PAGE = re.compile(r"Từ khóa.*\Z", re.DOTALL)
# In the first form every code is equally long; in the others the digits end where a word begins.
_REGULAR = re.compile(r"KQ[.-][A-Z][0-9]{2}\.[0-9]{6}", re.IGNORECASE)
_FORMER = re.compile(
    r"(?:[A-Z0-9]{1,5}[.-]){0,5}(?:[A-Z]{1,4}-?)?(?:KQ|TP|G)?[.-]?\d{2,8}(?![\d.)/-])",
    re.IGNORECASE,
)
_LAST = re.compile(r"[\w.&-]{2,40}\s*\Z")


def read_results(original: dict[str, Any], key: str) -> tuple[tuple[NationalResult, ...], Mark]:
    """Read the results: each a name, then "Mã:" and its code."""
    printed, mark = cell(original, key)
    if not printed:
        return (), mark
    body = _PAGE.sub("", printed).strip()
    if body in ("", NOTHING):
        return (), Mark.ABSENT
    name, *others = _CODE.split(body)
    if not others:
        return (NationalResult(code="", name=text.clean(body)),), Mark.PARTLY
    results: list[NationalResult] = []
    whole = True
    for place, part in enumerate(others, 1):
        code, rest = _code_and_rest(part, is_last=place == len(others))
        results.append(NationalResult(code=code, name=text.clean(name)))
        whole = whole and bool(code)
        # Where an unread code ends and the next name begins cannot be told: both stay unread.
        name = rest if code or place == len(others) else ""
    if not others[-1].strip() or (whole and name.strip()):
        whole = False
    return tuple(results), Mark.READ if whole else Mark.PARTLY


def _code_and_rest(part: str, *, is_last: bool) -> tuple[str, str]:
    if is_last and (code := _LAST.match(part)):
        return code.group().strip(), ""
    code = _REGULAR.match(part) or _FORMER.match(part)
    if code is None:
        return "", part
    rest = part[code.end() :]
    if rest[:1].isdigit():  # a digit too many: of the code, or of the name "1. Giấy…"?
        return ("", part) if not re.match(r"\d{1,2}[.)]\s", rest) else (code.group(), rest)
    return code.group(), rest
