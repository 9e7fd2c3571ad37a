"""A time limit as the law writes it: an amount, a unit, a cut-off hour, and how it counts."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

_IN_DIGITS = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")
_HOUR = 3_600_000_000  # in microseconds


def moment_of_day(clock: time) -> int:
    """Return a clock time as microseconds since midnight."""
    return (
        clock.hour * _HOUR
        + clock.minute * 60_000_000
        + clock.second * 1_000_000
        + clock.microsecond
    )


class LimitUnit(StrEnum):
    """The units in which the law counts time."""

    HOUR = "hour"  # giờ làm việc
    WORKING_DAY = "working_day"  # ngày làm việc
    DAY = "day"  # ngày
    MONTH = "month"  # tháng


CALENDAR_UNITS = frozenset({LimitUnit.DAY, LimitUnit.MONTH})


def amount_written(words: str) -> Fraction | None:
    """Return the amount that somebody wrote in digits, 3, 0.5 or 0,5; None for anything else."""
    # Never more than these figures: 1e99999999 is a number, too, and takes hours to work out.
    told = words.strip()
    return Fraction(told.replace(",", ".")) if _IN_DIGITS.fullmatch(told) else None


def can_be_counted(amount: Fraction, unit: LimitUnit) -> bool:
    """Tell whether time can be so long: more than nothing, and days and months are whole."""
    return amount > 0 and (amount.denominator == 1 or unit not in CALENDAR_UNITS)


class PausePolicy(StrEnum):
    """What the clock does when a pause ends: go on, or begin again."""

    RESUME = "resume"
    RESTART = "restart"


class Rounding(StrEnum):
    """How far the end of a limit is moved on."""

    EXACT = "exact"  # not at all
    SESSION_END = "session_end"  # to the close of the session in which it lies
    DAY_END = "day_end"  # to the close of the working day


class FirstDay(StrEnum):
    """Whether the day of receipt is the first of the limit."""

    EXCLUDED = "excluded"
    INCLUDED = "included"  # n days then end with the n-th, at its close


class AfterHours(StrEnum):
    """From when counts what is received while nobody works."""

    NEXT_SESSION = "next_session"
    NEXT_DAY = "next_day"  # the opening of the next working day, also for what comes at lunch


@dataclass(frozen=True, kw_only=True)
class Counting:
    """
    How a limit is counted. As it stands here unless the law of a procedure says otherwise:

    rounding: no text moves the end, so it is the moment itself.
    first_day: the day of the event is not counted (BLDS 2015, điều 147 khoản 2).
    after_hours: working time is counted in sessions, so receipt counts from the next one
    (Nghị định 61/2018/NĐ-CP counts working days and hours; the moment itself is practice [K]).
    """

    rounding: Rounding = Rounding.EXACT
    first_day: FirstDay = FirstDay.EXCLUDED
    after_hours: AfterHours = AfterHours.NEXT_SESSION
    basis: str = ""  # the law that says otherwise


COUNTED_BY_LAW = Counting()


@dataclass(frozen=True, kw_only=True)
class Limit:
    """
    How long an agency has.

    With `same_day_until`, what arrives up to that hour is due at the close of the same working
    day, and what arrives later at the close of the next one; `amount` and `unit` then only
    name the limit (civil status: one working day, 15:00).
    """

    amount: Fraction
    unit: LimitUnit
    same_day_until: time | None = None
    counting: Counting = COUNTED_BY_LAW

    # What a count needs of a limit, in whole numbers: fractions are slow to calculate with.

    @cached_property
    def is_exact(self) -> bool:
        """Whether the end is not rounded."""
        return self.counting.rounding is Rounding.EXACT

    @cached_property
    def counts_by_law(self) -> bool:
        """Whether receipt and first day count as they do where no procedure says otherwise."""
        law, own = COUNTED_BY_LAW, self.counting
        return (own.first_day, own.after_hours) == (law.first_day, law.after_hours)

    @cached_property
    def whole(self) -> int:
        """The whole units of the amount."""
        return int(self.amount // 1)

    @cached_property
    def rest(self) -> Fraction:
        """What the amount is more than whole units."""
        return self.amount % 1

    @cached_property
    def hours_worked(self) -> int:
        """The amount as microseconds, when the unit is an hour."""
        return round(self.amount * _HOUR)

    @cached_property
    def same_day_until_moment(self) -> int:
        """The cut-off as microseconds of its day."""
        assert self.same_day_until is not None
        return moment_of_day(self.same_day_until)
