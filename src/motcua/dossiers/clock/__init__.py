"""The statutory clock, computed from what happened. Nothing is counted down."""

from .explanation import ClockState, Explanation, Interval, Skip, explain
from .happenings import Calendars, ClockEvent, PauseReason
from .reckoning import due_at
from .words import (
    Line,
    conclusion,
    counting_in_words,
    left_in_words,
    limit_in_words,
    line_in_words,
    lines_of,
    paused_in_words,
    time_in_words,
    why_skipped,
)

__all__ = [
    "Calendars",
    "ClockEvent",
    "ClockState",
    "Explanation",
    "Interval",
    "Line",
    "PauseReason",
    "Skip",
    "conclusion",
    "counting_in_words",
    "due_at",
    "explain",
    "left_in_words",
    "limit_in_words",
    "line_in_words",
    "lines_of",
    "paused_in_words",
    "time_in_words",
    "why_skipped",
]
