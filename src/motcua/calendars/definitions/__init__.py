"""What can be said of the calendar, and the table in which an office writes days down."""

from .changes import (
    WEEKDAYS,
    DayLine,
    Fault,
    HoursLine,
    InvalidChange,
    hours_faults,
    reason_faults,
    swap_faults,
    told_sessions,
    told_week,
)
from .laying import calendar_of, hours_on
from .tables import CALENDAR_TABLE

__all__ = [
    "CALENDAR_TABLE",
    "WEEKDAYS",
    "DayLine",
    "Fault",
    "HoursLine",
    "InvalidChange",
    "calendar_of",
    "hours_faults",
    "hours_on",
    "reason_faults",
    "swap_faults",
    "told_sessions",
    "told_week",
]
