"""The dossier waits for somebody who is not the applicant."""

from dataclasses import dataclass
from typing import ClassVar

from .moves import DossierMoved


@dataclass(frozen=True, kw_only=True)
class AgencyConsulted(DossierMoved):
    """Another agency was asked for what the settlement needs."""

    kind: ClassVar[str] = "dossiers.agency-consulted"

    agency: str
    question: str


@dataclass(frozen=True, kw_only=True)
class AgencyHeard(DossierMoved):
    """The other agency's answer came."""

    kind: ClassVar[str] = "dossiers.agency-heard"

    agency: str
    answer: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class SettlementSuspended(DossierMoved):
    """Force majeure: nobody can work on the dossier."""

    kind: ClassVar[str] = "dossiers.suspended"

    reason: str


@dataclass(frozen=True, kw_only=True)
class SettlementResumed(DossierMoved):
    """The force majeure is over."""

    kind: ClassVar[str] = "dossiers.settlement-resumed"

    reason: str
    due_at: str
