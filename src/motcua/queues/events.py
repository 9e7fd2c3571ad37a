"""What a ticket tells. No event names the person who holds it: nobody knows who that is."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    """Somebody stands in line."""

    kind: ClassVar[str] = "queues.ticket-taken"

    unit: int
    on: str  # 2024-10-15
    number: int
    purpose: str
    priority: str


@dataclass(frozen=True, kw_only=True)
class TicketMoved(Event):
    """What every later act tells: the verb of the lifecycle, and where it led."""

    verb: str
    from_state: str
    to_state: str
    unit: int
    on: str  # 2024-10-15
    number: int
    counter: int | None  # its number, where one had called


@dataclass(frozen=True, kw_only=True)
class TicketCalled(TicketMoved):
    """A counter called the number."""

    kind: ClassVar[str] = "queues.ticket-called"


@dataclass(frozen=True, kw_only=True)
class TicketRecalled(TicketMoved):
    """The counter called again."""

    kind: ClassVar[str] = "queues.ticket-recalled"


@dataclass(frozen=True, kw_only=True)
class ServiceStarted(TicketMoved):
    """The person came to the counter."""

    kind: ClassVar[str] = "queues.service-started"


@dataclass(frozen=True, kw_only=True)
class ServiceFinished(TicketMoved):
    """The person has been served."""

    kind: ClassVar[str] = "queues.service-finished"


@dataclass(frozen=True, kw_only=True)
class CallMissed(TicketMoved):
    """Nobody came to the counter."""

    kind: ClassVar[str] = "queues.call-missed"


@dataclass(frozen=True, kw_only=True)
class TicketReadmitted(TicketMoved):
    """Who missed the call stands in line again."""

    kind: ClassVar[str] = "queues.ticket-readmitted"


@dataclass(frozen=True, kw_only=True)
class TicketRedirected(TicketMoved):
    """The person waits for a certain counter of the same unit."""

    kind: ClassVar[str] = "queues.ticket-redirected"

    wanted_counter: int


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(TicketMoved):
    """The person waits at another unit, under a number of its own."""

    kind: ClassVar[str] = "queues.ticket-transferred"

    successor: int
    to_unit: int


@dataclass(frozen=True, kw_only=True)
class TicketCancelled(TicketMoved):
    """The person does not want to wait."""

    kind: ClassVar[str] = "queues.ticket-cancelled"


@dataclass(frozen=True, kw_only=True)
class TicketExpired(TicketMoved):
    """The day ended first."""

    kind: ClassVar[str] = "queues.ticket-expired"


@dataclass(frozen=True, kw_only=True)
class CounterTaken(Event):
    """An officer sat down at a counter."""

    kind: ClassVar[str] = "queues.counter-taken"

    unit: int
    number: int


@dataclass(frozen=True, kw_only=True)
class CounterLeft(Event):
    """An officer left the counter."""

    kind: ClassVar[str] = "queues.counter-left"

    unit: int
    number: int
