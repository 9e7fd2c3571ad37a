"""What every layout that stands on `official.typ` is handed beside its own facts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from motcua.kernel.clock import CITY_TIME


def envelope(
    facts: Mapping[str, Any],
    *,
    at: datetime,
    size: str = "a4",
    form: str = "",
    number: str = "",
) -> dict[str, Any]:
    """Return the facts with the size of the page, the form's name, the number and the moment."""
    return {
        "size": size,
        "form": form,
        "number": number,
        "issued_at": moment_apart(at),
        "facts": facts,
    }


def moment_apart(at: datetime) -> dict[str, int]:
    """Return a moment in the city's time as layouts read it."""
    here = at.astimezone(CITY_TIME)
    return {**day_apart(here), "hour": here.hour, "minute": here.minute}


def day_apart(on: date) -> dict[str, int]:
    """Return a day as layouts read it."""
    return {"year": on.year, "month": on.month, "day": on.day}
