"""The acts between acceptance and result."""

from dataclasses import dataclass
from typing import ClassVar

from .moves import DossierMoved


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
    holder: int | None = None


@dataclass(frozen=True, kw_only=True)
class ObligationImposed(DossierMoved):
    """The applicant owes money before the dossier goes on."""

    kind: ClassVar[str] = "dossiers.obligation-imposed"

    notice: str
    amount_dong: int


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
