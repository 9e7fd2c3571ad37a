"""What happens to the city's calendar."""

from dataclasses import dataclass
from typing import Any, ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(Event):
    """Somebody wants the calendar to say something else, on some basis."""

    kind: ClassVar[str] = "calendars.change-proposed"

    basis: str
    reason: str
    recalculates: bool
    recalculation_reason: str
    days: list[dict[str, Any]]
    hours: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class ChangeApproved(Event):
    """A second person agreed: the calendar has a new edition."""

    kind: ClassVar[str] = "calendars.change-approved"

    change: int
    edition: int
    recalculates: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class ChangeRejected(Event):
    """A second person did not agree; the calendar stays."""

    kind: ClassVar[str] = "calendars.change-rejected"

    change: int
    reason: str
