"""Figures as they are known now or were on a past day, and the dossiers behind them."""

from .behind import Behind, NoListBehindIt, counted_of_officers, dossiers_behind
from .counts import (
    TheFutureIsNotKnown,
    check_has_come,
    check_known,
    counted,
    moment_seen,
    sources,
    sums,
)
from .late_causes import (
    CauseCount,
    LateDossier,
    causes_told,
    end_of,
    late_causes,
    late_dossiers,
)
from .petitions import PetitionBehind, petitions_behind
from .settling_times import TooManyToAdd, decided_by_procedure, settling_time

__all__ = [
    "Behind",
    "CauseCount",
    "LateDossier",
    "NoListBehindIt",
    "PetitionBehind",
    "TheFutureIsNotKnown",
    "TooManyToAdd",
    "causes_told",
    "check_has_come",
    "check_known",
    "counted",
    "counted_of_officers",
    "decided_by_procedure",
    "dossiers_behind",
    "end_of",
    "late_causes",
    "late_dossiers",
    "moment_seen",
    "petitions_behind",
    "settling_time",
    "sources",
    "sums",
]
