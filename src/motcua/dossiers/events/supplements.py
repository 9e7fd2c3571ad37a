"""Papers are asked for and handed in; the applicant takes the request back."""

from dataclasses import dataclass
from typing import ClassVar

from .moves import DossierMoved


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
