"""What it costs: an amount with its note, or words that are no amount."""

import re

from motcua.kernel import text

from .plain import NOTHING, SMALL
from .procedure import Mark, NationalFee

CURRENCY = rf"(?:Việt Nam Đồng|VNĐ|VND|[A-Z]{{3}}(?![{SMALL}]))"
FREE = "Miễn phí"
_DONG = {"Việt Nam Đồng", "VNĐ", "VND"}
AMOUNT_DONG_MIN = 1_000  # the crawl has thousands for units: "150 VNĐ(150.000 đồng/lần)"

_PRICE = re.compile(rf"(?P<amount>[0-9][0-9.,]*) (?P<currency>{CURRENCY})")
_GROUPED = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})*)\Z")
_DONG_IN_NOTE = re.compile(
    r"(?P<amount>[0-9]{1,3}(?:[.,][0-9]{3}){1,4}|[0-9]{4,12})\s*"
    r"(?:Việt Nam Đồng|đồng|vnđ|vnd|đ)(?!\w)"
    r"(?:\s*/\s*(?:0?1\s+)?(?P<per>[^\W\d_][^\d.,;:()/\n]{0,40}))?",
    re.IGNORECASE,
)
_PER_ONLY = re.compile(
    r"\(*\s*(?:đồng|vnđ|đ)?\s*/\s*(?:0?1\s+)?(?P<per>[^\W\d_][^\d.,;:()/\n]{0,40}?)\s*\.?\s*\)*",
    re.IGNORECASE,
)


def read_fee(printed: str) -> tuple[tuple[NationalFee, ...], Mark, str]:
    """Read the cell at the beginning of the text; return the rest, which describes the row."""
    if printed.startswith(NOTHING):
        return (), Mark.ABSENT, printed[len(NOTHING) :]
    if printed.startswith(FREE):
        note, rest = _note(printed[len(FREE) :])
        fee = NationalFee(
            amount_dong=None,
            amount="",
            currency="",
            per="",
            printed=FREE,
            note=_without_brackets(note),
        )
        return (fee,), Mark.READ, rest
    price = _PRICE.match(printed)
    if price is None:
        return (), Mark.UNREAD if printed else Mark.ABSENT, printed
    note, rest = _note(printed[price.end() :])
    return *_priced(price, note), rest


def _priced(price: re.Match[str], note: str) -> tuple[tuple[NationalFee, ...], Mark]:
    amount, currency = price["amount"], price["currency"]
    is_dong = currency in _DONG
    dong = int(amount.replace(",", "")) if is_dong and _GROUPED.match(amount) else None
    noted = {_number(match["amount"]): match["per"] for match in _DONG_IN_NOTE.finditer(note)}
    # Nobody asks for less than a thousand; what the note then says is not this cell's word.
    believable = dong is not None and dong >= AMOUNT_DONG_MIN
    contradicted = believable and bool(noted) and dong not in noted
    per = _PER_ONLY.fullmatch(note)
    fee = NationalFee(
        amount_dong=dong if believable else None,
        amount=amount,
        currency="VND" if is_dong else currency,
        per=text.clean(per["per"] if per else (noted.get(dong or 0) or "")),
        printed=price.group(),
        note=_without_brackets(note),
    )
    whole = (believable and not contradicted) if is_dong else True
    return (fee,), Mark.READ if whole else Mark.PARTLY


def split_run(run: str, after: str) -> tuple[str, str] | None:
    """
    Return the time and the amount that were printed without a gap ("1200,000"), or None.

    Both are there, without leading zeros, and thousands are grouped. Where that leaves several
    ways, the amount in the note decides, in units or in thousands; never a likelihood.
    """
    head = run.split(",", 1)[0]
    ways = [
        (run[:place], run[place:])
        for place in range(1, min(len(head), 4))
        if run[0] != "0" and _GROUPED.match(run[place:])
    ]
    if len(ways) > 1:
        note, _rest = _note(re.sub(rf"\A {CURRENCY}", "", after))
        noted = {_number(match["amount"]) for match in _DONG_IN_NOTE.finditer(note)}
        ways = [way for way in ways if _is_noted(int(way[1].replace(",", "")), noted)]
    return ways[0] if len(ways) == 1 else None


def _is_noted(amount: int, noted: set[int]) -> bool:
    return amount > 0 and (amount in noted or amount * 1_000 in noted)


def _number(printed: str) -> int:
    return int(re.sub(r"[.,]", "", printed))


def _without_brackets(note: str) -> str:
    note = text.clean(note)
    while note.startswith("(") and note.endswith(")") and len(note) > 1:
        note = note[1:-1].strip()
    return note


def _note(printed: str) -> tuple[str, str]:
    """Part the note in brackets from what follows; nothing, if the brackets do not close."""
    if not printed.startswith("("):
        return "", printed
    depth = 0
    for place, character in enumerate(printed):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            end = place + 1
            while printed[end : end + 1] == ")":  # one too many is common
                end += 1
            return printed[:end], printed[end:]
    return "", printed
