"""
The working calendar and the statutory clock on whole seconds, for a million dossiers.

Says what `calendars.working` and `dossiers.clock` say, from tables instead of walks; the tests hold
it to them, and so does `motcua demo --verify` for every dossier that was made with it.
"""

from bisect import bisect_left
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import assert_never

from motcua.calendars.limits import (
    AfterHours,
    Counting,
    FirstDay,
    Limit,
    LimitUnit,
    PausePolicy,
    Rounding,
)
from motcua.calendars.working import NotAWholeNumber, WorkingCalendar
from motcua.kernel.clock import CITY_TIME

DAY = 86_400
MICROSECONDS = 1_000_000
_EPOCH = date(1970, 1, 1)


def seconds_of(at: datetime) -> int:
    """Return a moment as whole seconds since 1970; what is below a second is dropped."""
    return int(at.timestamp())


def day_number(on: date) -> int:
    """Return a day as its number since 1970."""
    return (on - _EPOCH).days


def date_of(number: int) -> date:
    """Return the day of that number."""
    return _EPOCH + timedelta(days=number)


class SecondsCalendar:
    """A working calendar over some years. Moments are seconds since 1970, days are city days."""

    def __init__(self, calendar: WorkingCalendar, *, first: date, last: date) -> None:
        offset = datetime.combine(first, time(), CITY_TIME).utcoffset()
        assert offset is not None
        assert offset == datetime.combine(last, time(), CITY_TIME).utcoffset()
        self.offset = int(offset.total_seconds())
        self.first = day_number(first)
        [period] = calendar.hours  # the city that is shown has had the same hours all along
        assert not period.by_weekday
        self.sessions = [(_second(s.opens), _second(s.closes)) for s in period.sessions]
        # Of a working day: its seconds at which the office works, and how many there were before
        # each second. Asked for a dozen times a dossier.
        self.second_at = [each for session in self.sessions for each in range(*session)]
        self.worked_by = [bisect_left(self.second_at, second) for second in range(DAY)]
        self.length = len(self.second_at)
        self.opening, self.closing_second = self.sessions[0][0], self.sessions[-1][1]
        days = range(self.first, day_number(last) + 1)
        self.is_working = [calendar.is_working_day(date_of(day)) for day in days]
        self.working_days = [day for day in days if self.is_working[day - self.first]]
        # How many working days there are before each day.
        self.index = []
        count = 0
        for works in self.is_working:
            self.index.append(count)
            count += works

    def midnight(self, day: int) -> int:
        """Return when a city day begins."""
        return day * DAY - self.offset

    def day_of(self, at: int) -> int:
        """Return the city day of a moment."""
        return (at + self.offset) // DAY

    def works_on(self, day: int) -> bool:
        """Return whether it is a working day."""
        return self.is_working[day - self.first]

    def worked(self, at: int) -> int:
        """Return how many seconds the office has worked up to a moment."""
        day, second = divmod(at + self.offset, DAY)
        total = self.index[day - self.first] * self.length
        return total + self.worked_by[second] if self.is_working[day - self.first] else total

    def moment(self, worked: int) -> int:
        """Return the working moment at which the office has worked so long."""
        number, rest = divmod(worked, self.length)
        return self.working_days[number] * DAY - self.offset + self.second_at[rest]

    def next_working(self, at: int) -> int:
        """Return `at` if the office works then, else when it next opens."""
        return self.moment(self.worked(at))

    def add_worked(self, start: int, seconds: int) -> int:
        """Return when the office will have worked so long since; an end is an end of a session."""
        if seconds == 0:
            return self.next_working(start)
        number, rest = divmod(self.worked(start) + seconds - 1, self.length)
        return self.moment(number * self.length + rest) + 1

    def working_day_from(self, day: int) -> int:
        """Return this day if it is a working day, else the next that is."""
        return self.working_days[bisect_left(self.working_days, day)]

    def closing(self, day: int) -> int:
        """Return when a working day ends."""
        return self.midnight(day) + self.closing_second

    def due(self, start: int, limit: Limit) -> int:
        """Return when a limit ends that begins with a receipt at `start`."""
        return self.rounded(self.end(start, limit), limit)

    def rounded(self, end: int, limit: Limit) -> int:
        """Return the end of a limit, moved on as far as its counting says."""
        rounding = limit.counting.rounding
        if rounding is Rounding.EXACT:
            return end
        day, second = divmod(end + self.offset, DAY)
        if rounding is Rounding.DAY_END:
            return self.closing(day)
        closes = next(closes for _opens, closes in self.sessions if second <= closes)
        return self.midnight(day) + closes

    def end(self, start: int, limit: Limit) -> int:
        """Return when a limit ends that begins with a receipt at `start`, before it is rounded."""
        begins = self._counted_from(start, limit.counting)
        day, second = divmod(begins + self.offset, DAY)
        if limit.same_day_until is not None:
            in_time = second <= _second(limit.same_day_until)
            return self.closing(day if in_time else self._later(day, 1))
        if limit.counting.first_day is FirstDay.INCLUDED and limit.unit is not LimitUnit.HOUR:
            return self._end_with_first_day(begins, day, limit)
        return self._later_by(begins, limit)

    def _later_by(self, begins: int, limit: Limit) -> int:
        day, second = divmod(begins + self.offset, DAY)
        match limit.unit:
            case LimitUnit.HOUR:
                return self.add_worked(begins, limit.hours_worked // MICROSECONDS)
            case LimitUnit.WORKING_DAY:
                later = self.midnight(self._later(day, limit.whole)) + second
                # A working day again, at the same time of day.
                rest = self._rest_of_a_day(limit)
                return self.add_worked(later, rest) if rest else later
            case LimitUnit.DAY:
                last = day + _whole(limit)
                return self.midnight(self.working_day_from(last)) + second
            case LimitUnit.MONTH:
                last = _months_later(day, _whole(limit))
                return self.midnight(self.working_day_from(last)) + second
        assert_never(limit.unit)

    def after_pause(
        self, end: int, paused: int, resumed: int, limit: Limit, policy: PausePolicy
    ) -> int:
        """Return when the limit ends once a pause has ended, before it is rounded."""
        if paused >= self.rounded(end, limit) or resumed // 60 <= paused // 60:
            return end
        if policy is PausePolicy.RESTART:
            return max(end, self.end(resumed, limit))
        if limit.unit in (LimitUnit.DAY, LimitUnit.MONTH):
            last, second = divmod(end + resumed - paused + self.offset, DAY)
            return self.next_working(self.midnight(self.working_day_from(last)) + second)
        left = max(self.worked(end) - self.worked(paused), 0)
        return max(end, self.add_worked(resumed, left))

    def _counted_from(self, received: int, counting: Counting) -> int:
        begins = self.next_working(received)
        if begins == received or counting.after_hours is AfterHours.NEXT_SESSION:
            return begins
        day, second = divmod(begins + self.offset, DAY)
        if second == self.opening:
            return begins
        return self.midnight(self._later(day, 1)) + self.opening

    def _end_with_first_day(self, begins: int, day: int, limit: Limit) -> int:
        if limit.unit is LimitUnit.WORKING_DAY:
            if not limit.whole:
                return self._later_by(begins, limit)
            closing = self.closing(self._later(day, limit.whole - 1))
            return self.add_worked(closing, self._rest_of_a_day(limit)) if limit.rest else closing
        whole = limit.whole
        last = day + whole if limit.unit is LimitUnit.DAY else _months_later(day, whole)
        return self.closing(self.working_day_from(last - 1))

    def _rest_of_a_day(self, limit: Limit) -> int:
        # Nearly always nothing: fractions are slow to calculate with.
        return int(limit.rest * self.length) if limit.rest else 0

    def _later(self, day: int, working_days: int) -> int:
        # `day` is a working day: what is due begins when the office works.
        return self.working_days[self.index[day - self.first] + working_days]


def _second(of_day: time) -> int:
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second


def _whole(limit: Limit) -> int:
    if limit.rest:
        raise NotAWholeNumber(f"{limit.amount} is no whole number")
    return limit.whole


def _months_later(day: int, months: int) -> int:
    on = date_of(day)
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return day_number(date(year, month + 1, min(on.day, monthrange(year, month + 1)[1])))
