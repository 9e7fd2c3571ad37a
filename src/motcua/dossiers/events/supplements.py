"""Papers are asked for and handed in, once more if the head agrees."""

from dataclasses import dataclass, field
from typing import ClassVar

from motcua.kernel.ledger.events import Event

from .moves import DossierMoved


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(DossierMoved):
    """The applicant was asked for papers."""

    kind: ClassVar[str] = "dossiers.supplement-requested"

    round: int
    reason: str
    items: list[dict[str, str]]  # key, needed; since reviews are kept also why and example
    phase: str = ""
    fine: list[str] = field(default_factory=list)  # the papers that were found in order
    not_applicable: list[str] = field(default_factory=list)
    answer_due_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class Supplemented(DossierMoved):
    """The applicant handed in what was asked for."""

    kind: ClassVar[str] = "dossiers.supplemented"

    round: int
    files: list[str]
    due_at: str | None


@dataclass(frozen=True, kw_only=True)
class FurtherRoundAsked(Event):
    """An officer asked the head for leave to ask the applicant once more."""

    kind: ClassVar[str] = "dossiers.further-round-asked"

    phase: str
    round: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class FurtherRoundApproved(Event):
    """The head gave leave for one further round."""

    kind: ClassVar[str] = "dossiers.further-round-approved"

    phase: str
    round: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class FurtherRoundDeclined(Event):
    """The head wants the dossier settled with what is there."""

    kind: ClassVar[str] = "dossiers.further-round-declined"

    phase: str
    round: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SilenceWarned(Event):
    """The applicant was told that the time for the answer is running out."""

    kind: ClassVar[str] = "dossiers.silence-warned"

    round: int
    answer_due_at: str
