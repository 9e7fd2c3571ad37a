"""Working time, first cut."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.kernel.clock import CITY_TIME

from .limits import Limit, LimitUnit


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    sessions: tuple[tuple[time, time], ...]
    weekend: frozenset[int]
    off: frozenset[date]
    working: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        return day in self.working or (day.weekday() not in self.weekend and day not in self.off)


def _sessions(calendar: WorkingCalendar, day: date) -> list[tuple[datetime, datetime]]:
    if not calendar.is_working_day(day):
        return []
    return [
        (datetime.combine(day, a, CITY_TIME), datetime.combine(day, b, CITY_TIME))
        for a, b in calendar.sessions
    ]


def next_working_moment(calendar: WorkingCalendar, at: datetime) -> datetime:
    at = at.astimezone(CITY_TIME)
    day = at.date()
    while True:
        for start, end in _sessions(calendar, day):
            if at < end:
                return max(at, start)
        day += timedelta(days=1)


def add_worked(calendar: WorkingCalendar, start: datetime, worked: timedelta) -> datetime:
    at = next_working_moment(calendar, start)
    while True:
        for _, end in [s for s in _sessions(calendar, at.date()) if s[0] <= at <= s[1]][:1]:
            if at + worked <= end:
                return at + worked
            worked -= end - at
            at = next_working_moment(calendar, end)


def worked_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    total = timedelta()
    day = start.astimezone(CITY_TIME).date()
    while day <= end.astimezone(CITY_TIME).date():
        for a, b in _sessions(calendar, day):
            total += max(timedelta(), min(b, end) - max(a, start))
        day += timedelta(days=1)
    return total


def due_at(calendar: WorkingCalendar, start: datetime, limit: Limit) -> datetime:
    at = next_working_moment(calendar, start)
    if limit.unit is LimitUnit.HOUR:
        return add_worked(calendar, at, timedelta(hours=float(limit.amount)))
    day = at.date()
    if limit.same_day_until is not None:
        if at.time() > limit.same_day_until:
            day += timedelta(days=1)
            while not calendar.is_working_day(day):
                day += timedelta(days=1)
        return _sessions(calendar, day)[-1][1]
    left = int(limit.amount)
    while left:
        day += timedelta(days=1)
        if limit.unit is not LimitUnit.WORKING_DAY or calendar.is_working_day(day):
            left -= 1
    return next_working_moment(calendar, datetime.combine(day, at.time(), CITY_TIME))
