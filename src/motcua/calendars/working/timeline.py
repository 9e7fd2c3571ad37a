"""The working time of some whole years, laid out so that every question is a look into a table."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

# Cần Thơ is seven hours ahead of Greenwich since 1975, summer and winter. The city's 1970 is told
# in UTC, as moments are: a difference within one time zone is ten times as fast to take.
_EPOCH = datetime(1969, 12, 31, 17, tzinfo=UTC)
_FIRST_DAY = date(1970, 1, 1).toordinal()

MICROSECOND = timedelta(microseconds=1)
ONE_DAY = 86_400_000_000  # in microseconds


class TooShort(Exception):
    """The answer lies beyond the years that were laid out."""


def moment_of(at: datetime) -> int:
    """Return a moment as microseconds since 1970 began in the city."""
    since = at - _EPOCH
    return since.days * ONE_DAY + since.seconds * 1_000_000 + since.microseconds


def at_moment(moment: int) -> datetime:
    """Return the moment of that number, in UTC."""
    return _EPOCH + moment * MICROSECOND


def day_number(on: date) -> int:
    """Return a day as its number since 1970."""
    return on.toordinal() - _FIRST_DAY


def date_of(number: int) -> date:
    """Return the day of that number."""
    return date.fromordinal(number + _FIRST_DAY)


class Timeline:
    """
    Every session of some whole years, in order.

    Moments are microseconds of the city's time since 1970, days are numbers since then, and time
    that was worked is microseconds as well: all whole numbers, so nothing is ever rounded.
    A table holds what was worked before each session and each day, and a question is answered
    by searching in it. It is never changed; who needs more years takes a longer one.
    """

    __slots__ = (
        "before",
        "closes",
        "first_day",
        "first_session",
        "idle",
        "is_even",
        "last_day",
        "opens",
        "working_days",
        "working_days_before",
    )

    def __init__(
        self,
        days: Iterable[Sequence[tuple[int, int]]],
        *,
        first_day: int,
        is_even: bool,
    ) -> None:
        """Lay out the sessions of consecutive days, each from and to a microsecond of its day."""
        self.first_day = first_day
        self.is_even = is_even  # whether all working days have the same sessions
        self.opens: list[int] = []
        self.closes: list[int] = []
        self.before: list[int] = []  # what was worked before each session, and in all
        self.idle: list[int] = []  # what was not worked before each session, since 1970
        self.working_days: list[int] = []
        self.working_days_before: list[int] = []  # before each day
        self.first_session: list[int] = []  # of each working day
        worked = 0
        day = first_day
        for sessions in days:
            self.working_days_before.append(len(self.working_days))
            if sessions:
                self.working_days.append(day)
                self.first_session.append(len(self.opens))
                midnight = day * ONE_DAY
                for opens, closes in sessions:
                    self.opens.append(midnight + opens)
                    self.closes.append(midnight + closes)
                    self.before.append(worked)
                    self.idle.append(midnight + opens - worked)
                    worked += closes - opens
            day += 1
        self.before.append(worked)
        self.first_session.append(len(self.opens))
        self.last_day = day - 1

    def worked_by(self, moment: int) -> int:
        """Return how long the office has worked up to a moment, since the years began."""
        session = bisect_right(self.opens, moment) - 1
        if session < 0:
            return 0
        closes = self.closes[session]
        return (moment if moment < closes else closes) - self.idle[session]

    def next_working(self, moment: int) -> int:
        """
        Return `moment` if the office works then, else when it next opens.

        :raises TooShort: if that is beyond these years
        """
        session = bisect_right(self.opens, moment) - 1
        if session >= 0 and moment < self.closes[session]:
            return moment
        try:
            return self.opens[session + 1]
        except IndexError:
            raise TooShort from None

    def after(self, moment: int, worked: int) -> int:
        """
        Return when the office will have worked this long since `moment`.

        Time that runs out as a session closes ends there, not when the next one opens.

        :raises TooShort: if that is beyond these years
        """
        if worked <= 0:
            return self.next_working(moment)
        return self.reached(self.worked_by(moment) + worked)

    def reached(self, worked: int) -> int:
        """
        Return the first moment by which the office has worked so long since the years began.

        :raises TooShort: if that is beyond these years
        """
        try:
            return worked + self.idle[bisect_left(self.before, worked) - 1]
        except IndexError:
            raise TooShort from None

    def working_days_later(self, moment: int, days: int) -> int:
        """
        Return the same clock time so many working days after a moment on a working day.

        :raises TooShort: if that is beyond these years
        """
        day = moment // ONE_DAY
        try:
            number = self.working_days_before[day - self.first_day] + days
            later = moment + (self.working_days[number] - day) * ONE_DAY
        except IndexError:
            raise TooShort from None
        return later if self.is_even else self.within_the_day(later)

    def on_working_day(self, moment: int) -> int:
        """
        Return `moment` if its day is a working day, else the same clock time on the next.

        :raises TooShort: if that is beyond these years
        """
        day = moment // ONE_DAY
        return moment + (self.working_day_from(day) - day) * ONE_DAY

    def working_day_from(self, day: int) -> int:
        """
        Return this day if it is a working day, else the next that is.

        :raises TooShort: if that is beyond these years
        """
        try:
            return self.working_days[self.working_days_before[day - self.first_day]]
        except IndexError:
            raise TooShort from None

    def within_the_day(self, moment: int) -> int:
        """
        Return the moment moved into the sessions of its working day.

        Before opening it is the opening; in a break and after closing, the close before it.
        """
        day = moment // ONE_DAY
        opening = self.first_session[self.working_days_before[day - self.first_day]]
        session = max(bisect_right(self.opens, moment) - 1, opening)
        return min(max(moment, self.opens[session]), self.closes[session])

    def opening(self, day: int) -> int:
        """Return when a working day begins."""
        return self.opens[self.first_session[self.working_days_before[day - self.first_day]]]

    def session_end(self, moment: int) -> int:
        """Return when the session closes in which, or at whose close, a moment lies."""
        return self.closes[bisect_left(self.closes, moment)]

    def closing(self, day: int) -> int:
        """Return when a working day ends."""
        return self.closes[self._next_day_session(day) - 1]

    def length(self, day: int) -> int:
        """Return how long a working day works."""
        number = self.working_days_before[day - self.first_day]
        return self.before[self._next_day_session(day)] - self.before[self.first_session[number]]

    def _next_day_session(self, day: int) -> int:
        return self.first_session[self.working_days_before[day - self.first_day] + 1]
