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
from .facts import (
    ComponentsDigitised,
    DataReused,
    DossierFact,
    DossierRated,
    DossierSigned,
    DossierSynchronised,
    FeeFixed,
    FeePaid,
    FilingHelped,
    IdentityVerified,
    PetitionAnswered,
    PetitionReceived,
    ResultIssuedElectronically,
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
    "ComponentsDigitised",
    "DataReused",
    "DelayExplained",
    "DossierAccepted",
    "DossierAssigned",
    "DossierDecided",
    "DossierExtended",
    "DossierFact",
    "DossierMoved",
    "DossierOpened",
    "DossierRated",
    "DossierRecalibrated",
    "DossierRefused",
    "DossierSentBack",
    "DossierSigned",
    "DossierStopped",
    "DossierSynchronised",
    "DossierTakenUp",
    "DossierWithdrawn",
    "FeeFixed",
    "FeePaid",
    "FilingHelped",
    "FurtherRoundApproved",
    "FurtherRoundAsked",
    "FurtherRoundDeclined",
    "IdentityVerified",
    "IntakeRecalibrated",
    "ListExported",
    "ObligationDischarged",
    "ObligationImposed",
    "OfficersReminded",
    "OutcomeProposed",
    "PapersPresented",
    "PartHandedOn",
    "PartOpened",
    "PetitionAnswered",
    "PetitionReceived",
    "ResultIssuedElectronically",
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
