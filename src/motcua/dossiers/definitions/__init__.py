"""What lateness is made of: the occasions that time alone brings, and the classes of causes."""

from .lateness import NOT_THE_OFFICERS, CauseClass
from .occasions import (
    ESCALATED,
    Leads,
    Occasion,
    OccasionKind,
    Timed,
    occasions_of,
    worked_before,
)

__all__ = [
    "ESCALATED",
    "NOT_THE_OFFICERS",
    "CauseClass",
    "Leads",
    "Occasion",
    "OccasionKind",
    "Timed",
    "occasions_of",
    "worked_before",
]
