"""What lies on the counter, leaves it as a file, and is counted at the end of a shift."""

from dataclasses import dataclass
from typing import Any, ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ListExported(Event):
    """An officer took a work list out of the system as a file."""

    kind: ClassVar[str] = "dossiers.list-exported"

    tab: str
    procedure: str  # the code that the list was narrowed to, if to any
    narrowed: bool  # whether it was narrowed by words; which words is nobody's business


@dataclass(frozen=True, kw_only=True)
class PapersPresented(Event):
    """What lay on the counter when the dossier was taken in, and what was noted of its fees."""

    kind: ClassVar[str] = "dossiers.papers-presented"

    relation: str
    papers: list[dict[str, Any]]  # key, originals, certified, copies
    fees: list[dict[str, Any]]  # key, quantity, amount_dong or null, collected_dong, receipt
    post_item: str
    arrived_on: str | None


@dataclass(frozen=True, kw_only=True)
class ShiftHandedOver(Event):
    """An officer closed a shift at a counter and counted what was collected."""

    kind: ClassVar[str] = "dossiers.shift-handed-over"

    unit: int
    dossiers: int
    noted_dong: int
    counted_dong: int
    reason: str
