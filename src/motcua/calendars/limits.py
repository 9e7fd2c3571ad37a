"""A time limit as the law writes it: an amount, a unit, and sometimes a cut-off hour."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

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


class PausePolicy(StrEnum):
    """What the clock does when a pause ends: go on, or begin again."""

    RESUME = "resume"
    RESTART = "restart"


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

    # What a count needs of a limit, in whole numbers: fractions are slow to calculate with.

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
