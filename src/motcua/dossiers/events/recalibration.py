"""The calendar was changed, and open dossiers are counted by it anew."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DossierRecalibrated(Event):
    """
    From here on, and from the receipt on, the dossier is counted by this edition.

    Told of every dossier that was open, also where no date moves by it yet: what is counted
    later, after a pause or an extension, is counted by this edition too.
    """

    kind: ClassVar[str] = "dossiers.recalibrated"

    change: int
    edition: int
    reason: str
    due_before: str
    due_after: str
    step_due_after: str | None


@dataclass(frozen=True, kw_only=True)
class IntakeRecalibrated(Event):
    """The counter's answer to an online filing falls due at another moment by this edition."""

    kind: ClassVar[str] = "dossiers.intake-recalibrated"

    change: int
    edition: int
    reason: str
    due_before: str
    due_after: str
    step_due_after: str | None
