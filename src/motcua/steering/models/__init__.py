"""Read models out of the ledger, and what the city sets itself."""

from .counts import CohortCount, DayCount, MonthCount, YearCount
from .facts import Fact, Petition, Source
from .targets import Target, TargetExplanation

__all__ = [
    "CohortCount",
    "DayCount",
    "Fact",
    "MonthCount",
    "Petition",
    "Source",
    "Target",
    "TargetExplanation",
    "YearCount",
]
