"""What a dossier tells. Together these are its history."""

from .counter import (
    ListExported,
    PapersPresented,
    ShiftHandedOver,
)
from .ending import (
    DossierWithdrawn,
    WithdrawalDeclined,
    WithdrawalRequested,
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
from .parts import (
    PartHandedOn,
    PartOpened,
    WholeDueMoved,
)
from .recalibration import (
    DossierRecalibrated,
    IntakeRecalibrated,
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
    FurtherRoundApproved,
    FurtherRoundAsked,
    FurtherRoundDeclined,
    SilenceWarned,
    Supplemented,
    SupplementRequested,
)
from .waiting import (
    AgencyConsulted,
    AgencyHeard,
    SettlementResumed,
    SettlementSuspended,
)

__all__ = [
    "AgencyConsulted",
    "AgencyHeard",
    "ApologySigned",
    "DelayExplained",
    "DossierAccepted",
    "DossierAssigned",
    "DossierDecided",
    "DossierExtended",
    "DossierMoved",
    "DossierOpened",
    "DossierRecalibrated",
    "DossierRefused",
    "DossierSentBack",
    "DossierStopped",
    "DossierTakenUp",
    "DossierWithdrawn",
    "FurtherRoundApproved",
    "FurtherRoundAsked",
    "FurtherRoundDeclined",
    "IntakeRecalibrated",
    "ListExported",
    "ObligationDischarged",
    "ObligationImposed",
    "OfficersReminded",
    "OutcomeProposed",
    "PapersPresented",
    "PartHandedOn",
    "PartOpened",
    "ResultReturned",
    "SettlementResumed",
    "SettlementSuspended",
    "ShiftHandedOver",
    "SilenceWarned",
    "SupplementRequested",
    "Supplemented",
    "WholeDueMoved",
    "WithdrawalDeclined",
    "WithdrawalRequested",
]
