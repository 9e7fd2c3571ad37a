"""The one-stop unit answers a request, takes payments, and hands results over."""

from dataclasses import dataclass
from typing import ClassVar

from .moves import DossierMoved


@dataclass(frozen=True, kw_only=True)
class DossierAccepted(DossierMoved):
    """The one-stop unit took the dossier in; the statutory clock runs."""

    kind: ClassVar[str] = "dossiers.accepted"

    due_at: str
    edition: int | None = None  # of the calendar by which it was counted


@dataclass(frozen=True, kw_only=True)
class DossierRefused(DossierMoved):
    """The one-stop unit turned the dossier away."""

    kind: ClassVar[str] = "dossiers.refused"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ObligationDischarged(DossierMoved):
    """What the applicant owed was paid."""

    kind: ClassVar[str] = "dossiers.obligation-discharged"

    proof: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ResultReturned(DossierMoved):
    """The result was handed over."""

    kind: ClassVar[str] = "dossiers.result-returned"

    method: str
    receiver: str
