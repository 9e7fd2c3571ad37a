"""Months, each told by its first day."""

from collections.abc import Iterator
from datetime import date, timedelta

_LONGER_THAN_ANY = timedelta(days=31)


def month_after(day: date) -> date:
    """Return the first day of the month that follows the day's own."""
    return (day.replace(day=1) + _LONGER_THAN_ANY).replace(day=1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the first day of every month from the one day's to the other's."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_after(month)
