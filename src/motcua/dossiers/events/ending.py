"""The applicant takes the request back: alone before acceptance, with the agency's leave after."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event

from .moves import DossierMoved


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierMoved):
    """The request was taken back; after acceptance an officer, the leader, is the actor."""

    kind: ClassVar[str] = "dossiers.withdrawn"

    reason: str  # the applicant's


@dataclass(frozen=True, kw_only=True)
class WithdrawalRequested(Event):
    """The applicant asked the agency to end an accepted dossier."""

    kind: ClassVar[str] = "dossiers.withdrawal-requested"

    reason: str


@dataclass(frozen=True, kw_only=True)
class WithdrawalDeclined(Event):
    """The leader goes on with the settlement, and says why."""

    kind: ClassVar[str] = "dossiers.withdrawal-declined"

    reason: str
