"""The dossier and what belongs to it; what a counter wrote down beside it; what time brought."""

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
from .lateness import (
    Apology,
    Delay,
    DelayCause,
    DossierOccasion,
    Extension,
    Heartbeat,
    Notice,
    WakingFailure,
)

__all__ = [
    "Apology",
    "Channel",
    "CodeCounter",
    "CounterIntake",
    "DailyCount",
    "Delay",
    "DelayCause",
    "Dossier",
    "DossierComponent",
    "DossierOccasion",
    "Extension",
    "FeeNoteLine",
    "HandOver",
    "Heartbeat",
    "LookupFailure",
    "Notice",
    "Outcome",
    "PresentedPaper",
    "Relation",
    "Result",
    "ReturnMethod",
    "ShiftHandOver",
    "SupplementRequest",
    "WakingFailure",
]
