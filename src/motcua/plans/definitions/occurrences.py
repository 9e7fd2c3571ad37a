"""When a task is to be accounted for: each period that has begun by a day, and its due day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.steering.definitions import Period

from .plan import Rhythm


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """A stretch of time of one task, and the day by which it is accounted for."""

    period: Period
    due_on: date


def occurrences(
    rhythm: Rhythm,
    *,
    first_day: date,
    last_day: date,
    due_on: date | None,
    days_after: int,
    until: date,
) -> Iterator[Occurrence]:
    """
    Yield what has begun by the day `until`, oldest first.

    A period counts if the plan holds on a day of it. One that the plan's first or last day cuts is
    told of whole, for figures come by whole months and halves.
    """
    if until < first_day:
        return
    if rhythm is Rhythm.ONCE:
        assert due_on is not None  # as the file was checked
        yield Occurrence(period=Period(first_day, max(first_day, due_on)), due_on=due_on)
        return
    period = _around(first_day, rhythm)
    while period.first <= min(until, last_day):
        yield Occurrence(period=period, due_on=period.last + timedelta(days=days_after))
        period = _around(period.last + timedelta(days=1), rhythm)


def half_around(day: date) -> Period:
    """Return the half year of a day."""
    return Period.half(day.year, 1 if day.month <= 6 else 2)


def _around(day: date, rhythm: Rhythm) -> Period:
    if rhythm is Rhythm.MONTHLY:
        return Period.month(day.year, day.month)
    return half_around(day)
