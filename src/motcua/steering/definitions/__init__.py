"""What is counted, over which stretch of days, and what a row of figures holds."""

from .measures import EVENTS, LEARNED, OF_PETITIONS, STOCKS, Counted, Measure
from .periods import NotAPeriod, Period, PeriodKind, parse_period

__all__ = [
    "EVENTS",
    "LEARNED",
    "OF_PETITIONS",
    "STOCKS",
    "Counted",
    "Measure",
    "NotAPeriod",
    "Period",
    "PeriodKind",
    "parse_period",
]
