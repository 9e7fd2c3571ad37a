"""What a dossier tells. Together these are its history."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierOpened(Event):
    kind: ClassVar[str] = "dossiers.opened"

    code: str
    procedure: str
    version: int
    case: str
    channel: str
    receiving_unit: int
    settling_agency: int
    answers_digest: str  # SHA-256 of the answers, so that altering them later shows


@dataclass(frozen=True, kw_only=True)
class DossierMoved(Event):
    """What every later act tells: the verb of the lifecycle, and where it led."""

    verb: str
    from_state: str
    to_state: str
    step: str | None  # where on the route the dossier stands after the act
    unit: int | None  # the unit that must act next


@dataclass(frozen=True, kw_only=True)
class DossierAccepted(DossierMoved):
    kind: ClassVar[str] = "dossiers.accepted"

    due_at: str


@dataclass(frozen=True, kw_only=True)
class DossierRefused(DossierMoved):
    kind: ClassVar[str] = "dossiers.refused"

    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(DossierMoved):
    kind: ClassVar[str] = "dossiers.supplement-requested"

    round: int
    reason: str
    items: list[dict[str, str]]  # component key → what is needed


@dataclass(frozen=True, kw_only=True)
class Supplemented(DossierMoved):
    kind: ClassVar[str] = "dossiers.supplemented"

    round: int
    files: list[str]
    due_at: str | None


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierMoved):
    kind: ClassVar[str] = "dossiers.withdrawn"

    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierTakenUp(DossierMoved):
    kind: ClassVar[str] = "dossiers.taken-up"

    holder: int


@dataclass(frozen=True, kw_only=True)
class DossierAssigned(DossierMoved):
    kind: ClassVar[str] = "dossiers.assigned"

    holder: int


@dataclass(frozen=True, kw_only=True)
class OutcomeProposed(DossierMoved):
    kind: ClassVar[str] = "dossiers.outcome-proposed"

    outcome: str
    opinion: str


@dataclass(frozen=True, kw_only=True)
class DossierSentBack(DossierMoved):
    kind: ClassVar[str] = "dossiers.sent-back"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ObligationImposed(DossierMoved):
    kind: ClassVar[str] = "dossiers.obligation-imposed"

    notice: str
    amount_dong: int


@dataclass(frozen=True, kw_only=True)
class ObligationDischarged(DossierMoved):
    kind: ClassVar[str] = "dossiers.obligation-discharged"

    proof: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class DossierDecided(DossierMoved):
    kind: ClassVar[str] = "dossiers.decided"

    outcome: str
    number: str
    file: str | None


@dataclass(frozen=True, kw_only=True)
class DossierStopped(DossierMoved):
    kind: ClassVar[str] = "dossiers.stopped"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultReturned(DossierMoved):
    kind: ClassVar[str] = "dossiers.result-returned"

    method: str
    receiver: str
