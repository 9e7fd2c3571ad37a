"""What is handed to the layout of a paper: its facts, moments taken apart in the city's time."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from motcua.kernel.clock import CITY_TIME

from .forms import Form


def page_of(
    form: Form,
    facts: Mapping[str, Any],
    *,
    at: datetime,
    number: int = 0,
    lookup: str = "",
) -> dict[str, Any]:
    """Return the data of a paper issued at that moment; every word is in the layout or a fact."""
    issued_at = _moment(at)
    return {
        "form": form.title,
        "size": form.size,
        "serial": number,
        "number": form.numbered(number, issued_at["year"]) if number else "",
        "issued_at": issued_at,
        "lookup": lookup,
        "facts": _taken_apart(facts),
    }


def _taken_apart(value: Any, key: str = "") -> Any:
    if value is None or value == "":
        return value
    if key.endswith("_at"):
        return _moment(value if isinstance(value, datetime) else datetime.fromisoformat(value))
    if key.endswith("_on"):
        return _day(value if isinstance(value, date) else date.fromisoformat(value))
    if key == "amount":
        return _amount(value)
    if isinstance(value, Mapping):
        return {name: _taken_apart(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_taken_apart(each) for each in value]
    return value


def _moment(at: datetime) -> dict[str, int]:
    here = at.astimezone(CITY_TIME)
    return {**_day(here), "hour": here.hour, "minute": here.minute}


def _day(on: date) -> dict[str, int]:
    return {"year": on.year, "month": on.month, "day": on.day}


def _amount(said: str) -> str:
    amount = Fraction(said)
    if amount.denominator == 1:
        return f"{amount.numerator:02}"
    return f"{float(amount):g}".replace(".", ",")
