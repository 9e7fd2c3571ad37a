"""
What others learn of a dossier and put on its record: the room that learns it tells it here.

Nothing but these events says that a paper was digitised, a fee paid, a service liked. Where they
are missing, figures say that there are no data.
"""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierFact(Event):
    """A fact about a dossier that moves nothing."""


@dataclass(frozen=True, kw_only=True)
class FilingHelped(DossierFact):
    """Somebody else sat at the keyboard, or beside it."""

    kind: ClassVar[str] = "dossiers.filing-helped"

    manner: str  # at_home, by_officer


@dataclass(frozen=True, kw_only=True)
class IdentityVerified(DossierFact):
    """The applicant's identity came from an e-identity account or the population database."""

    kind: ClassVar[str] = "dossiers.identity-verified"

    source: str  # vneid, population


@dataclass(frozen=True, kw_only=True)
class DossierSigned(DossierFact):
    """The applicant signed digitally."""

    kind: ClassVar[str] = "dossiers.signed"

    signature: str  # mobile, enterprise, government


@dataclass(frozen=True, kw_only=True)
class ComponentsDigitised(DossierFact):
    """The papers of the dossier stand as signed copies with their data read out (107/2021)."""

    kind: ClassVar[str] = "dossiers.components-digitised"

    components: list[str]


@dataclass(frozen=True, kw_only=True)
class ResultIssuedElectronically(DossierFact):
    """The result exists as an electronic document under the agency's signature."""

    kind: ClassVar[str] = "dossiers.result-issued-electronically"

    document: str  # by which the vault knows it


@dataclass(frozen=True, kw_only=True)
class DataReused(DossierFact):
    """Papers or data that a store held already were taken, and not asked for."""

    kind: ClassVar[str] = "dossiers.data-reused"

    source: str  # city_store, national_store
    components: list[str]


@dataclass(frozen=True, kw_only=True)
class FeeFixed(DossierFact):
    """What is to be paid for the dossier; zero for whom the law exempts."""

    kind: ClassVar[str] = "dossiers.fee-fixed"

    amount_dong: int


@dataclass(frozen=True, kw_only=True)
class FeePaid(DossierFact):
    """The fee was paid."""

    kind: ClassVar[str] = "dossiers.fee-paid"

    amount_dong: int
    online: bool


@dataclass(frozen=True, kw_only=True)
class DossierRated(DossierFact):
    """The applicant said how it was."""

    kind: ClassVar[str] = "dossiers.rated"

    liked: bool


@dataclass(frozen=True, kw_only=True)
class PetitionReceived(DossierFact):
    """Somebody complained about how the dossier was dealt with (phản ánh, kiến nghị)."""

    kind: ClassVar[str] = "dossiers.petition-received"

    number: str
    due_at: str


@dataclass(frozen=True, kw_only=True)
class PetitionAnswered(DossierFact):
    """The complaint was answered, and how the answer was taken."""

    kind: ClassVar[str] = "dossiers.petition-answered"

    number: str
    satisfied: bool


@dataclass(frozen=True, kw_only=True)
class DossierSynchronised(DossierFact):
    """The national portal has the dossier as it stands here."""

    kind: ClassVar[str] = "dossiers.synchronised"

    national_status: int
