"""A time limit as the law writes it: an amount, a unit, and sometimes a cut-off hour."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from fractions import Fraction


class LimitUnit(StrEnum):
    """The units in which the law counts time."""

    HOUR = "hour"  # giờ làm việc
    WORKING_DAY = "working_day"  # ngày làm việc
    DAY = "day"  # ngày
    MONTH = "month"  # tháng


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
