"""Figures as they are known now or were on a past day, and the dossiers behind them."""

from .behind import Behind, NoListBehindIt, counted_of_officers, dossiers_behind
from .counts import TheFutureIsNotKnown, check_known, counted, counted_by_month, sources
from .petitions import Petitions, petitions

__all__ = [
    "Behind",
    "NoListBehindIt",
    "Petitions",
    "TheFutureIsNotKnown",
    "check_known",
    "counted",
    "counted_by_month",
    "counted_of_officers",
    "dossiers_behind",
    "petitions",
    "sources",
]
