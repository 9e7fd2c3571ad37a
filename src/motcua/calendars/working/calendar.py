"""When an office works: by periods the sessions of a day, and which days are worked."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Self, TypeVar

from motcua.calendars.limits import moment_of_day
from motcua.kernel.clock import CITY_TIME

from .timeline import Timeline, TooShort, date_of, day_number

_ONE_DAY = timedelta(days=1)
_FIRST_DAY, _LAST_DAY = day_number(date(1900, 1, 1)), day_number(date(2500, 12, 31))
_A_YEAR = 366  # days
_THURSDAY = 3  # day 0, as date.weekday() numbers it

T = TypeVar("T")


class BeyondTheCalendar(ValueError):
    """The count runs out of the years that are laid out, 1900 to 2500."""


@dataclass(frozen=True, kw_only=True, order=True)
class Session:
    """A stretch of the day in which the office works. At `closes` it no longer does."""

    opens: time
    closes: time


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The sessions of a working day, from a day on; some weekdays may have their own."""

    since: date
    sessions: tuple[Session, ...]
    by_weekday: tuple[tuple[int, tuple[Session, ...]], ...] = ()  # as date.weekday() numbers them

    def of_week(self) -> list[tuple[Session, ...]]:
        """Return the sessions of each weekday, should it be worked."""
        own = dict(self.by_weekday)
        return [own.get(weekday, self.sessions) for weekday in range(7)]


@dataclass(frozen=True)
class WorkingCalendar:
    """
    When an office works: the sessions of a working day by periods, and which days are such.

    A day that is worked only in the morning is a period of one day.

    :raises ValueError: if no time would be working time, or a time in no period
    """

    hours: tuple[Hours, ...]
    weekend: frozenset[int]  # as date.weekday() numbers them
    off: frozenset[date]
    working: frozenset[date]  # made up for a swapped day: wins over both of the above
    names: Mapping[date, str] = field(default_factory=dict, hash=False, kw_only=True)
    _laid_out: list[Timeline] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.hours or self.hours[0].since != date.min:
            raise ValueError("hours must be told from the first day on")
        if any(a.since >= b.since for a, b in pairwise(self.hours)):
            raise ValueError("periods of hours must follow each other")
        for period in self.hours:
            for sessions in period.of_week():
                moments = [moment for s in sessions for moment in (s.opens, s.closes)]
                if not moments or any(a >= b for a, b in pairwise(moments)):
                    raise ValueError("sessions must follow each other within the day")
        if self.weekend >= set(range(7)):
            raise ValueError("somebody has to work")

    @classmethod
    def of(
        cls,
        *,
        sessions: Iterable[Session],
        weekend: Iterable[int] = (5, 6),
        off: Iterable[date] = (),
        working: Iterable[date] = (),
        names: Mapping[date, str] | None = None,
        by_weekday: Mapping[int, Iterable[Session]] | None = None,
    ) -> Self:
        """
        Return a calendar whose weeks have had the same sessions at all times.

        :raises ValueError: if no time would be working time
        """
        return cls(
            hours=(
                Hours(
                    since=date.min,
                    sessions=tuple(sessions),
                    by_weekday=tuple(
                        (weekday, tuple(own)) for weekday, own in sorted((by_weekday or {}).items())
                    ),
                ),
            ),
            weekend=frozenset(weekend),
            off=frozenset(off),
            working=frozenset(working),
            names=names or {},
        )

    @cached_property
    def day_length(self) -> timedelta:
        """How long a working day works by the hours that hold from the last period on; most do."""
        return sum((_length(session) for session in self.hours[-1].sessions), timedelta())

    def is_working_day(self, on: date) -> bool:
        """Return whether people work on this day."""
        return on in self.working or (on.weekday() not in self.weekend and on not in self.off)

    def sessions_on(self, on: date) -> tuple[Session, ...]:
        """Return the sessions of the day; none if it is not a working day."""
        return self._period_of(on).of_week()[on.weekday()] if self.is_working_day(on) else ()

    def next_working_day(self, after: date) -> date:
        """Return the first working day after this one."""
        return self.working_day_from(after + _ONE_DAY)

    def working_day_from(self, on: date) -> date:
        """Return this day if it is a working day, else the next that is."""
        day = day_number(on)
        return date_of(self.look(day, day, lambda timeline: timeline.working_day_from(day)))

    def closing(self, on: date) -> datetime:
        """Return the moment at which a working day ends, in city time."""
        return datetime.combine(on, self.sessions_on(on)[-1].closes, CITY_TIME)

    def look(self, first: int, last: int, answer: Callable[[Timeline], T]) -> T:
        """
        Return the answer found in a timeline that runs from the first to the last day and on.

        :raises BeyondTheCalendar: if it would be before or after all years that are laid out
        """
        timeline = self._laid_out[-1] if self._laid_out else None
        if timeline is None or first < timeline.first_day or timeline.last_day < last:
            timeline = self._lay_out(first, last, timeline)
        while True:
            try:
                return answer(timeline)
            except TooShort:
                more = timeline.last_day - timeline.first_day
                timeline = self._lay_out(first, timeline.last_day + more, timeline)

    def _lay_out(self, first: int, last: int, known: Timeline | None) -> Timeline:
        # A year more than asked for: most limits end in it. What is known stays in.
        if first < _FIRST_DAY or last > _LAST_DAY:
            raise BeyondTheCalendar("no limit of the law runs through so many years")
        if known is not None:
            first, last = min(first, known.first_day), max(last, known.last_day)
        begins, ends = max(first - _A_YEAR, _FIRST_DAY), min(last + _A_YEAR, _LAST_DAY)
        timeline = Timeline(
            self._sessions_of(begins, ends),
            first_day=begins,
            is_even=len({each for period in self.hours for each in period.of_week()}) == 1,
        )
        # Replaced whole: whoever reads the shorter one at this moment reads it to the end.
        self._laid_out[:] = [timeline]
        return timeline

    def _sessions_of(self, first: int, last: int) -> Iterator[Sequence[tuple[int, int]]]:
        off, working = set(map(day_number, self.off)), set(map(day_number, self.working))
        worked_weekdays = [weekday not in self.weekend for weekday in range(7)]
        periods = [
            (
                day_number(period.since),
                [
                    [(moment_of_day(s.opens), moment_of_day(s.closes)) for s in sessions]
                    for sessions in period.of_week()
                ],
            )
            for period in self.hours
        ]
        number = bisect_right(self._since, date_of(first)) - 1
        week = periods[number][1]
        for day in range(first, last + 1):
            if number + 1 < len(periods) and periods[number + 1][0] <= day:
                number += 1
                week = periods[number][1]
            weekday = (day + _THURSDAY) % 7
            works = day in working or (worked_weekdays[weekday] and day not in off)
            yield week[weekday] if works else ()

    def _period_of(self, on: date) -> Hours:
        return self.hours[bisect_right(self._since, on) - 1]

    @cached_property
    def _since(self) -> list[date]:
        return [period.since for period in self.hours]


def _length(session: Session) -> timedelta:
    return datetime.combine(date.min, session.closes) - datetime.combine(date.min, session.opens)
