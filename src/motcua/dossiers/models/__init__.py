"""The dossier and what belongs to it; what a counter wrote down beside it."""

from .counter import CounterIntake, FeeNoteLine, PresentedPaper, Relation, ShiftHandOver
from .dossiers import (
    Channel,
    CodeCounter,
    DailyCount,
    Dossier,
    DossierComponent,
    HandOver,
    LookupFailure,
    Outcome,
    Result,
    ReturnMethod,
    SupplementRequest,
)

__all__ = [
    "Channel",
    "CodeCounter",
    "CounterIntake",
    "DailyCount",
    "Dossier",
    "DossierComponent",
    "FeeNoteLine",
    "HandOver",
    "LookupFailure",
    "Outcome",
    "PresentedPaper",
    "Relation",
    "Result",
    "ReturnMethod",
    "ShiftHandOver",
    "SupplementRequest",
]
