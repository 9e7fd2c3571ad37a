"""What a dossier tells. Together these are its history."""

from .counter import (
    ListExported,
    PapersPresented,
    ShiftHandedOver,
)
from .intake import (
    DossierAccepted,
    DossierRefused,
    ObligationDischarged,
    ResultReturned,
)
from .lateness import ApologySigned, DelayExplained, DossierExtended, OfficersReminded
from .moves import (
    DossierMoved,
)
from .opening import (
    DossierOpened,
)
from .settlement import (
    DossierAssigned,
    DossierDecided,
    DossierSentBack,
    DossierStopped,
    DossierTakenUp,
    ObligationImposed,
    OutcomeProposed,
)
from .supplements import (
    DossierWithdrawn,
    Supplemented,
    SupplementRequested,
)

__all__ = [
    "ApologySigned",
    "DelayExplained",
    "DossierAccepted",
    "DossierAssigned",
    "DossierDecided",
    "DossierExtended",
    "DossierMoved",
    "DossierOpened",
    "DossierRefused",
    "DossierSentBack",
    "DossierStopped",
    "DossierTakenUp",
    "DossierWithdrawn",
    "ListExported",
    "ObligationDischarged",
    "ObligationImposed",
    "OfficersReminded",
    "OutcomeProposed",
    "PapersPresented",
    "ResultReturned",
    "ShiftHandedOver",
    "SupplementRequested",
    "Supplemented",
]
