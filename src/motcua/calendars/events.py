"""What happens to the city's calendar."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class DaySet(Event):
    """A day is said to be other than its weekday, or as its weekday after all, on some basis."""

    kind: ClassVar[str] = "calendars.day-set"

    day: str  # 2024-10-15
    said: str  # DayKind
    before: str  # what the city said of it until then; "" if nothing
    name: str
    basis: str
