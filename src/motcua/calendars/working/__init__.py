"""Working time: when an office works, and when a limit that began at a moment ends. All pure."""

from .calendar import BeyondTheCalendar, Hours, Session, WorkingCalendar
from .counting import (
    NotAWholeNumber,
    add_worked,
    due_at,
    next_working_moment,
    worked_between,
)
from .timeline import MICROSECOND, ONE_DAY, Timeline, at_moment, moment_of

__all__ = [
    "MICROSECOND",
    "ONE_DAY",
    "BeyondTheCalendar",
    "Hours",
    "NotAWholeNumber",
    "Session",
    "Timeline",
    "WorkingCalendar",
    "add_worked",
    "at_moment",
    "due_at",
    "moment_of",
    "next_working_moment",
    "worked_between",
]
