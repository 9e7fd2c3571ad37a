"""What is handed to the layout of a paper: its facts, moments taken apart in the city's time."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from motcua.documents.definitions import day_apart, envelope, moment_apart
from motcua.kernel.clock import day_of

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
    numbered = form.numbered(number, day_of(at).year) if number else ""
    told = envelope(_taken_apart(facts), at=at, size=form.size, form=form.title, number=numbered)
    return told | {"serial": number, "lookup": lookup}


def _taken_apart(value: Any, key: str = "") -> Any:
    if value is None or value == "":
        return value
    if key.endswith("_at"):
        return moment_apart(value if isinstance(value, datetime) else datetime.fromisoformat(value))
    if key.endswith("_on"):
        return day_apart(value if isinstance(value, date) else date.fromisoformat(value))
    if key == "amount":
        return _amount(value)
    if isinstance(value, Mapping):
        return {name: _taken_apart(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_taken_apart(each) for each in value]
    return value


def _amount(said: str) -> str:
    amount = Fraction(said)
    if amount.denominator == 1:
        return f"{amount.numerator:02}"
    return f"{float(amount):g}".replace(".", ",")
