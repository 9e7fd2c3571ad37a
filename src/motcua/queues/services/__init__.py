"""Everything that changes a line: taking a number, calling it, and what comes of it."""

from motcua.queues.policies import (
    NotAllowed,
    NotAtThisUnit,
    NotSeatedThere,
    TicketHasMovedOn,
    TicketIsOfAnotherDay,
)
from motcua.queues.queries import NoSuchCounter, NoSuchTicket

from ._acts import OutsideServiceHours, TooLateToday
from .calling import (
    AnotherUnitsCounter,
    CounterIsBusy,
    NobodyWaits,
    ReadmittedBefore,
    call_next,
    finish_serving,
    miss_call,
    readmit_ticket,
    recall_ticket,
    redirect_ticket,
    start_serving,
    transfer_ticket,
)
from .counters import (
    CounterIsTaken,
    NoSuchCounterNumber,
    StillServing,
    leave_counter,
    take_counter,
)
from .expiring import expire_tickets
from .taking import TooManyAtOnce, TooManyToday, cancel_ticket, take_ticket

__all__ = [
    "AnotherUnitsCounter",
    "CounterIsBusy",
    "CounterIsTaken",
    "NoSuchCounter",
    "NoSuchCounterNumber",
    "NoSuchTicket",
    "NobodyWaits",
    "NotAllowed",
    "NotAtThisUnit",
    "NotSeatedThere",
    "OutsideServiceHours",
    "ReadmittedBefore",
    "StillServing",
    "TicketHasMovedOn",
    "TicketIsOfAnotherDay",
    "TooLateToday",
    "TooManyAtOnce",
    "TooManyToday",
    "call_next",
    "cancel_ticket",
    "expire_tickets",
    "finish_serving",
    "leave_counter",
    "miss_call",
    "readmit_ticket",
    "recall_ticket",
    "redirect_ticket",
    "start_serving",
    "take_counter",
    "take_ticket",
    "transfer_ticket",
]
