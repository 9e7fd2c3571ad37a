"""Read models out of the ledger, and what the city sets itself."""

from .counts import (
    COUNTS,
    TOTALS,
    AnyCount,
    CohortCount,
    CohortTotal,
    DayCount,
    DayTotal,
    MonthCount,
    MonthTotal,
    YearCount,
    YearTotal,
)
from .facts import Fact, Petition, Source
from .targets import Target, TargetExplanation

__all__ = [
    "COUNTS",
    "TOTALS",
    "AnyCount",
    "CohortCount",
    "CohortTotal",
    "DayCount",
    "DayTotal",
    "Fact",
    "MonthCount",
    "MonthTotal",
    "Petition",
    "Source",
    "Target",
    "TargetExplanation",
    "YearCount",
    "YearTotal",
]
