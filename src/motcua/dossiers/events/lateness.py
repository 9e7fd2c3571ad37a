"""What time brought: officers reminded, causes stated, apologies, more time."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class OfficersReminded(Event):
    """Officers were told that an end is near or has passed."""

    kind: ClassVar[str] = "dossiers.officers-reminded"

    occasion: str
    due_at: str
    officers: list[int]
    escalated: list[int]  # the heads among them


@dataclass(frozen=True, kw_only=True)
class DelayExplained(Event):
    """Somebody said whose doing a delay is, or why what was said first is wrong."""

    kind: ClassVar[str] = "dossiers.delay-explained"

    cause: str
    words: str
    correction: str


@dataclass(frozen=True, kw_only=True)
class ApologySigned(Event):
    """The agency apologised for a delay and promised a new date, once."""

    kind: ClassVar[str] = "dossiers.apology-signed"

    cause: str
    reason: str  # in the words that the applicant reads
    due_at: str
    promised_at: str


@dataclass(frozen=True, kw_only=True)
class DossierExtended(Event):
    """The agency took more time, as the version of the procedure allows."""

    kind: ClassVar[str] = "dossiers.extended"

    number: int
    amount: str
    unit: str
    basis: str
    reason: str
    due_before: str
    due_at: str
