"""Working time: when an office works, and when a limit that began at a moment ends. All pure."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import assert_never

from motcua.kernel.clock import CITY_TIME

from .limits import Limit, LimitUnit

ONE_DAY = timedelta(days=1)


class NotAWholeNumber(ValueError):
    """Calendar days and months are counted whole."""


@dataclass(frozen=True, kw_only=True, order=True)
class Session:
    """A stretch of the day in which the office works. At `closes` it no longer does."""

    opens: time
    closes: time


@dataclass(frozen=True)
class WorkingCalendar:
    """
    When an office works: the sessions of a working day, and which days are such.

    :raises ValueError: if no time would be working time
    """

    sessions: tuple[Session, ...]
    weekend: frozenset[int]  # as date.weekday() numbers them
    off: frozenset[date]
    working: frozenset[date]  # made up for a swapped day: wins over both of the above

    def __post_init__(self) -> None:
        moments = [moment for s in self.sessions for moment in (s.opens, s.closes)]
        if not moments or any(a >= b for a, b in pairwise(moments)):
            raise ValueError("sessions must follow each other within the day")
        if self.weekend >= set(range(7)):
            raise ValueError("somebody has to work")

    @cached_property
    def day_length(self) -> timedelta:
        """How long a working day works."""
        return sum((_length(session) for session in self.sessions), timedelta())

    def is_working_day(self, on: date) -> bool:
        return on in self.working or (on.weekday() not in self.weekend and on not in self.off)

    def working_days_before(self, on: date) -> int:
        """Return how many working days lie between the first day of all and this one."""
        weeks, rest = divmod(on.toordinal() - 1, 7)  # the first day of all was a Monday
        days = weeks * (7 - len(self.weekend)) + sum(day not in self.weekend for day in range(rest))
        return days - bisect_left(self._taken_off, on) + bisect_left(self._made_up, on)

    @cached_property
    def _taken_off(self) -> list[date]:
        return sorted(day for day in self.off - self.working if day.weekday() not in self.weekend)

    @cached_property
    def _made_up(self) -> list[date]:
        return sorted(day for day in self.working if day.weekday() in self.weekend)

    def next_working_day(self, after: date) -> date:
        """Return the first working day after this one."""
        return self.working_day_from(after + ONE_DAY)

    def working_day_from(self, on: date) -> date:
        """Return this day if it is a working day, else the next that is."""
        while not self.is_working_day(on):
            on += ONE_DAY
        return on

    def closing(self, on: date) -> datetime:
        """Return the moment at which a working day ends, in city time."""
        return datetime.combine(on, self.sessions[-1].closes, CITY_TIME)

    def stretches_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield what is left of each session from this moment on, for ever, in city time."""
        at = at.astimezone(CITY_TIME)
        day = self.working_day_from(at.date())
        while True:
            for session in self.sessions:
                opens = datetime.combine(day, session.opens, CITY_TIME)
                closes = datetime.combine(day, session.closes, CITY_TIME)
                if at < closes:
                    yield max(at, opens), closes
            day = self.next_working_day(day)


def due_at(calendar: WorkingCalendar, start: datetime, limit: Limit) -> datetime:
    """
    Return when a limit ends that begins with a receipt at `start`, in UTC.

    What is received outside the sessions counts from the start of the next one.

    :raises NotAWholeNumber: if the limit is a fraction of a calendar day or month
    """
    begins = next_working_moment(calendar, start).astimezone(CITY_TIME)
    return _end(calendar, begins, limit).astimezone(UTC)


def next_working_moment(calendar: WorkingCalendar, at: datetime) -> datetime:
    """Return `at` if the office works then, else the start of its next session, in UTC."""
    moment, _ = next(calendar.stretches_from(at))
    return moment.astimezone(UTC)


def add_worked(calendar: WorkingCalendar, start: datetime, worked: timedelta) -> datetime:
    """
    Return when the office will have worked this long since `start`, in UTC.

    Time that runs out as a session closes ends there, not when the next one opens.
    """
    assert worked >= timedelta(), "working time is not counted backwards"
    for begins, closes in calendar.stretches_from(start):
        if begins + worked <= closes:
            return (begins + worked).astimezone(UTC)
        worked -= closes - begins
    raise AssertionError("stretches go on for ever")


def worked_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Return how long the office works from `start` to `end`; negative when `end` is earlier."""
    if end < start:
        return -worked_between(calendar, end, start)
    start, end = start.astimezone(CITY_TIME), end.astimezone(CITY_TIME)
    whole_days = calendar.working_days_before(end.date()) - calendar.working_days_before(
        start.date()
    )
    return (
        whole_days * calendar.day_length + _worked_by(calendar, end) - _worked_by(calendar, start)
    )


def _worked_by(calendar: WorkingCalendar, at: datetime) -> timedelta:
    """Return how long the office has worked by this moment of its day."""
    if not calendar.is_working_day(at.date()):
        return timedelta()
    worked = timedelta()
    for session in calendar.sessions:
        opens = datetime.combine(at.date(), session.opens, CITY_TIME)
        if at > opens:
            worked += min(at - opens, _length(session))
    return worked


def _end(calendar: WorkingCalendar, begins: datetime, limit: Limit) -> datetime:
    if limit.same_day_until is not None:
        is_in_time = begins.time() <= limit.same_day_until
        day = begins.date()
        return calendar.closing(day if is_in_time else calendar.next_working_day(day))
    match limit.unit:
        case LimitUnit.HOUR:
            return add_worked(calendar, begins, _part_of(timedelta(hours=1), limit.amount))
        case LimitUnit.WORKING_DAY:
            return _working_days_later(calendar, begins, limit.amount)
        case LimitUnit.DAY:
            return _moved_to_working_day(
                calendar, begins, begins.date() + _whole(limit.amount) * ONE_DAY
            )
        case LimitUnit.MONTH:
            return _moved_to_working_day(
                calendar, begins, _months_later(begins.date(), _whole(limit.amount))
            )
    assert_never(limit.unit)


def _working_days_later(calendar: WorkingCalendar, begins: datetime, amount: Fraction) -> datetime:
    # The day of receipt does not count (BLDS 2015, art. 147), so the same clock time
    # n working days later; half a day more is half of the sessions' time.
    whole, rest = divmod(amount, 1)
    day = begins.date()
    for _ in range(int(whole)):
        day = calendar.next_working_day(day)
    return add_worked(
        calendar,
        datetime.combine(day, begins.time(), CITY_TIME),
        _part_of(calendar.day_length, rest),
    )


def _moved_to_working_day(calendar: WorkingCalendar, begins: datetime, last_day: date) -> datetime:
    # A limit whose last day is a day off ends on the next that is not (BLDS 2015, art. 148).
    return datetime.combine(calendar.working_day_from(last_day), begins.time(), CITY_TIME)


def _months_later(on: date, months: int) -> date:
    # A month without such a day ends with its last one (BLDS 2015, art. 148).
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _length(session: Session) -> timedelta:
    return datetime.combine(date.min, session.closes) - datetime.combine(date.min, session.opens)


def _part_of(whole: timedelta, amount: Fraction) -> timedelta:
    return timedelta(microseconds=round(amount * (whole // timedelta(microseconds=1))))


def _whole(amount: Fraction) -> int:
    if amount.denominator != 1:
        raise NotAWholeNumber(f"{amount} is not a whole number of days or months")
    return int(amount)
