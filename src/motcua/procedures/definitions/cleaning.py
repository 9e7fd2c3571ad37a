"""What people type, in the one format that is stored."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.kernel import text

CHARACTERS_CLEANED_MAX = 20_000  # above it nothing is accepted anyhow

_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{4})")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([., \u00a0])[0-9]{3})(?:\1[0-9]{3})+")
_CURRENCY = re.compile(r"\s*(?:₫|đ|đồng|vnđ|vnd)\Z", re.IGNORECASE)
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def clean_answer(widget: str, answer: Any) -> Any:
    """Return the answer in the format its widget stores; unchanged if it cannot be read."""
    if isinstance(answer, float) and answer.is_integer():
        return int(answer)  # JSON knows one kind of number only
    if not isinstance(answer, str) or len(answer) > CHARACTERS_CLEANED_MAX:
        return answer
    return _CLEANERS.get(widget, text.clean)(answer)


def _lines(answer: str) -> str:
    return "\n".join(text.clean(line) for line in answer.splitlines()).strip("\n")


def _digits(answer: str) -> str:
    left = re.sub(r"[\s.\-()]", "", unicodedata.normalize("NFKC", answer))
    return unicodedata.normalize("NFKC", left)  # what stood apart may now stand together


def _phone(answer: str) -> str:
    return re.sub(r"\A(?:\+84|0084|84(?=[0-9]{9,10}\Z))0?", "0", _digits(answer))


def _date(answer: str) -> str:
    answer = text.clean(answer)
    match = _DAY_FIRST.fullmatch(answer)
    if match is None:
        return answer
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return answer


def _whole_number(answer: str) -> int | str:
    answer = text.clean(answer)
    return int(answer) if re.fullmatch(r"-?[0-9]{1,18}", answer) else answer


def _money(answer: str) -> int | str:
    answer = _CURRENCY.sub("", text.clean(answer))
    # One group only ("1.250") could be a thousand or a decimal point: that is asked, not guessed.
    if _THOUSANDS.fullmatch(answer):
        answer = re.sub(r"[^0-9]", "", answer)
    return _whole_number(answer)


def _truth(answer: str) -> bool | str:
    answer = text.clean(answer)
    return _TRUTHS.get(answer.lower(), answer)


_CLEANERS: Mapping[str, Callable[[str], Any]] = {
    "long_text": _lines,
    "phone": _phone,
    "personal_id": _digits,
    "commune": _digits,
    "date": _date,
    "whole_number": _whole_number,
    "money": _money,
    "yes_no": _truth,
}
