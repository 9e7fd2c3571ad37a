"""The dossier and what belongs to it; what a counter wrote down beside it; what time brought."""

from .counter import CounterIntake, FeeNoteLine, PresentedPaper, Relation, ShiftHandOver
from .dossiers import (
    Channel,
    CodeCounter,
    Dossier,
    DossierComponent,
    DossierQuerySet,
    HandOver,
    LookupFailure,
    Outcome,
    Result,
    ReturnMethod,
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
from .papers import IssuedPaper, PaperCounter
from .recalibrations import Recalibration
from .supplements import (
    ComponentReview,
    Phase,
    Plea,
    PleaAnswer,
    PleaKind,
    SupplementRequest,
    Verdict,
)

__all__ = [
    "Apology",
    "Channel",
    "CodeCounter",
    "ComponentReview",
    "CounterIntake",
    "Delay",
    "DelayCause",
    "Dossier",
    "DossierComponent",
    "DossierOccasion",
    "DossierQuerySet",
    "Extension",
    "FeeNoteLine",
    "HandOver",
    "Heartbeat",
    "IssuedPaper",
    "LookupFailure",
    "Notice",
    "Outcome",
    "PaperCounter",
    "Phase",
    "Plea",
    "PleaAnswer",
    "PleaKind",
    "PresentedPaper",
    "Recalibration",
    "Relation",
    "Result",
    "ReturnMethod",
    "ShiftHandOver",
    "SupplementRequest",
    "Verdict",
    "WakingFailure",
]
