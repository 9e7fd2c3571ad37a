"""A day in three boxes, as `components/date.html` posts it: year, month and day by themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

_PARTS = ("year", "month", "day")


class NoSuchDay(ValueError):
    """What is typed is no day of the calendar, or none is; the message says what to do."""

    def __init__(self, message: str, *, key: str) -> None:
        super().__init__(message)
        self.key = key  # the name of the boxes


def typed_day(posted: Mapping[str, str], name: str) -> str:
    """
    Return what the three boxes say, as the component shows it again; "" where all are empty.

    Mistyped parts stay as they are: "2024-13-06", "24--6".
    """
    year, month, day = (
        posted.get(f"{name}-{part}", "").strip().replace("-", "") for part in _PARTS
    )
    return "-".join((year, _two_digits(month), _two_digits(day))) if year or month or day else ""


def posted_day(posted: Mapping[str, str], name: str) -> date | None:
    """
    Return the day in the three boxes; None where nothing is typed.

    :raises NoSuchDay: if the calendar has no such day
    """
    typed = typed_day(posted, name)
    if not typed:
        return None
    try:
        year, month, day = (int(part) for part in typed.split("-"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        message = _("Ngày không có trong lịch. Hãy ghi đủ ngày, tháng, năm.")
        raise NoSuchDay(message, key=name) from None


def required_day(posted: Mapping[str, str], name: str) -> date:
    """
    Return the day in the three boxes.

    :raises NoSuchDay: if the calendar has no such day, or nothing is typed
    """
    day = posted_day(posted, name)
    if day is None:
        raise NoSuchDay(_("Hãy ghi đủ ngày, tháng, năm."), key=name)
    return day


def date_parts(typed: Any) -> dict[str, str]:
    """Return the day, month and year boxes of a date, whole or mistyped."""
    year, month, day = [*str(typed or "").split("-", 2), "", "", ""][:3]
    return {"day": day, "month": month, "year": year}


def _two_digits(part: str) -> str:
    return part.zfill(2) if part else part
