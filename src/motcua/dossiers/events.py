"""What a dossier tells. Together these are its history."""

from dataclasses import dataclass
from typing import Any, ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierOpened(Event):
    """The city has received a request and given it a code."""

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
    """The one-stop unit took the dossier in; the statutory clock runs."""

    kind: ClassVar[str] = "dossiers.accepted"

    due_at: str


@dataclass(frozen=True, kw_only=True)
class DossierRefused(DossierMoved):
    """The one-stop unit turned the dossier away."""

    kind: ClassVar[str] = "dossiers.refused"

    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(DossierMoved):
    """The applicant was asked for papers."""

    kind: ClassVar[str] = "dossiers.supplement-requested"

    round: int
    reason: str
    items: list[dict[str, str]]  # component key → what is needed


@dataclass(frozen=True, kw_only=True)
class Supplemented(DossierMoved):
    """The applicant handed in what was asked for."""

    kind: ClassVar[str] = "dossiers.supplemented"

    round: int
    files: list[str]
    due_at: str | None


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierMoved):
    """The applicant took the request back."""

    kind: ClassVar[str] = "dossiers.withdrawn"

    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierTakenUp(DossierMoved):
    """An officer began to work on the dossier."""

    kind: ClassVar[str] = "dossiers.taken-up"

    holder: int


@dataclass(frozen=True, kw_only=True)
class DossierAssigned(DossierMoved):
    """A leader gave the dossier to an officer."""

    kind: ClassVar[str] = "dossiers.assigned"

    holder: int


@dataclass(frozen=True, kw_only=True)
class OutcomeProposed(DossierMoved):
    """The examination ended with a proposal."""

    kind: ClassVar[str] = "dossiers.outcome-proposed"

    outcome: str
    opinion: str
    no_obligation: str = ""  # why nothing is owed, at the step that settles what is


@dataclass(frozen=True, kw_only=True)
class DossierSentBack(DossierMoved):
    """The leader wants the examination done again."""

    kind: ClassVar[str] = "dossiers.sent-back"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ObligationImposed(DossierMoved):
    """The applicant owes money before the dossier goes on."""

    kind: ClassVar[str] = "dossiers.obligation-imposed"

    notice: str
    amount_dong: int


@dataclass(frozen=True, kw_only=True)
class ObligationDischarged(DossierMoved):
    """What the applicant owed was paid."""

    kind: ClassVar[str] = "dossiers.obligation-discharged"

    proof: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class DossierDecided(DossierMoved):
    """The result was signed."""

    kind: ClassVar[str] = "dossiers.decided"

    outcome: str
    number: str
    file: str | None


@dataclass(frozen=True, kw_only=True)
class DossierStopped(DossierMoved):
    """The settlement ended without a result."""

    kind: ClassVar[str] = "dossiers.stopped"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultReturned(DossierMoved):
    """The result was handed over."""

    kind: ClassVar[str] = "dossiers.result-returned"

    method: str
    receiver: str


@dataclass(frozen=True, kw_only=True)
class ListExported(Event):
    """An officer took a work list out of the system as a file."""

    kind: ClassVar[str] = "dossiers.list-exported"

    tab: str
    procedure: str  # the code that the list was narrowed to, if to any
    narrowed: bool  # whether it was narrowed by words; which words is nobody's business


@dataclass(frozen=True, kw_only=True)
class PapersPresented(Event):
    """What lay on the counter when the dossier was taken in, and what was noted of its fees."""

    kind: ClassVar[str] = "dossiers.papers-presented"

    relation: str
    papers: list[dict[str, Any]]  # key, originals, certified, copies
    fees: list[dict[str, Any]]  # key, quantity, amount_dong or null, collected_dong, receipt
    post_item: str
    arrived_on: str | None


@dataclass(frozen=True, kw_only=True)
class ShiftHandedOver(Event):
    """An officer closed a shift at a counter and counted what was collected."""

    kind: ClassVar[str] = "dossiers.shift-handed-over"

    unit: int
    dossiers: int
    noted_dong: int
    counted_dong: int
    reason: str
