"""When procedures are announced and published in time: criteria 1.1 and 1.2, from day to day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from motcua.calendars.working import WorkingCalendar
from motcua.steering.definitions import Period

_DAY = timedelta(days=1)


class Announced(NamedTuple):
    """A procedure in a decision, and the days that it is judged by."""

    code: str
    agency_id: int  # that proposed the decision
    announcement_id: int
    number: str
    signed_on: date
    effective_on: date  # of the legal basis
    published_on: date | None
    sign_by: date  # the last day on which signing is in time
    publish_by: date  # and publishing

    @property
    def is_signed_in_time(self) -> bool:
        """Whether it was announced in time."""
        return self.signed_on <= self.sign_by

    @property
    def is_published_in_time(self) -> bool:
        """Whether it was published, and in time."""
        return self.published_on is not None and self.published_on <= self.publish_by


@dataclass(frozen=True, kw_only=True)
class Announcements:
    """What was announced and was to be published in a period. A procedure counts once."""

    announced: int = 0
    announced_on_time: int = 0
    due: int = 0  # for publication
    updated_on_time: int = 0


def working_days_before(calendar: WorkingCalendar, day: date, number: int) -> date:
    """Return the working day that lies so many before a day, the first being the last before it."""
    return _stepped(calendar, day, number, -_DAY)


def working_days_after(calendar: WorkingCalendar, day: date, number: int) -> date:
    """Return the working day that lies so many after a day, which itself does not count."""
    return _stepped(calendar, day, number, _DAY)


def announced_in(rows: Iterable[Announced], days: Period) -> dict[str, list[Announced]]:
    """Return, by procedure, the decisions signed in these days."""
    return _by_code(row for row in rows if days.first <= row.signed_on <= days.last)


def due_in(rows: Iterable[Announced], days: Period, *, over: date) -> dict[str, list[Announced]]:
    """
    Return, by procedure, the decisions whose last day for publishing lies in these days.

    `over` is the last day that is over: what may still be published in time is not due.
    """
    return _by_code(
        row
        for row in rows
        if days.first <= row.publish_by <= days.last
        and (row.published_on is not None or row.publish_by <= over)
    )


def announcements_of(rows: Iterable[Announced], days: Period, *, over: date) -> Announcements:
    """Return how many procedures were announced and due in these days, and how many in time."""
    known = list(rows)
    announced, due = announced_in(known, days), due_in(known, days, over=over)
    return Announcements(
        announced=len(announced),
        announced_on_time=_wholly(announced, lambda row: row.is_signed_in_time),
        due=len(due),
        updated_on_time=_wholly(due, lambda row: row.is_published_in_time),
    )


def _wholly(of: dict[str, list[Announced]], is_in_time: Callable[[Announced], bool]) -> int:
    # In several decisions it counts once, and late once is late.
    return sum(all(map(is_in_time, rows)) for rows in of.values())


def _by_code(rows: Iterable[Announced]) -> dict[str, list[Announced]]:
    found: dict[str, list[Announced]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return found


def _stepped(calendar: WorkingCalendar, day: date, number: int, step: timedelta) -> date:
    for _each in range(number):
        day += step
        while not calendar.is_working_day(day):
            day += step
    return day
