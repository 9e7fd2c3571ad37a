"""Reads for the screens of a line: who is called, who is next, how long it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from motcua.kernel import numbers
from motcua.kernel.clock import day_of
from motcua.offices.models import Unit, UnitRole
from motcua.offices.queries import NoSuchUnit

from .definitions import SERVED_MOST, in_calling_order, minutes_to_wait
from .lifecycle import AT_COUNTER, OPEN_STATES, TicketState
from .models import Counter, QueueDay, Ticket

LAST_CALLS = 6
# A counter that has called nobody for so long is not counted on.
AT_WORK = timedelta(minutes=30)


class NoSuchTicket(Exception):
    """No ticket has this secret."""


class NoSuchCounter(Exception):
    """The unit has no such counter."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A number on the calling screen."""

    number: int
    counter: int
    announced_at: datetime
    is_current: bool  # called or being served; otherwise it was called before


@dataclass(frozen=True, kw_only=True)
class Line:
    """The line of a unit at one moment."""

    current: tuple[Call, ...]  # by counter
    last_calls: tuple[Call, ...]  # the latest first
    waiting: tuple[int, ...]  # numbers, in the order in which they will be called


@dataclass(frozen=True, kw_only=True)
class PlaceInLine:
    """How many are called before a ticket, and about how long that takes."""

    ahead: int
    minutes: int | None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What an officer at a counter sees of the line."""

    current: Ticket | None
    waiting: int
    next_number: int | None
    missed: tuple[Ticket, ...]  # called in vain, and may be let in again


def one_stop_unit(unit_id: int) -> Unit:
    """
    Return a unit where people stand in line, with its agency, open or not.

    :raises NoSuchUnit: if there is none of that id, or nobody is received there
    """
    unit = Unit.objects.filter(pk=unit_id, role=UnitRole.ONE_STOP).select_related("agency").first()
    if unit is None:
        raise NoSuchUnit(_("Không có bộ phận này."))
    return unit


def ticket_by_secret(secret: str) -> Ticket:
    """
    Return the ticket that a secret opens, with its unit and counter.

    :raises NoSuchTicket: if there is none
    """
    try:
        read = numbers.read_secret(secret)
    except numbers.NotASecret:
        raise NoSuchTicket(secret) from None
    ticket = (
        Ticket.objects.filter(secret=read)
        .select_related("unit__agency", "counter", "successor__unit__agency")
        .first()
    )
    if ticket is None:
        raise NoSuchTicket(secret)
    return ticket


def ticket_with_id(ticket_id: int) -> Ticket:
    """
    Return a ticket, with its counter.

    :raises NoSuchTicket: if there is none
    """
    ticket = Ticket.objects.filter(pk=ticket_id).select_related("unit__agency", "counter").first()
    if ticket is None:
        raise NoSuchTicket(_("Không có số này."))
    return ticket


def line_of(unit_id: int, on: date) -> Line:
    """Return a unit's line as the calling screen shows it, in three statements."""
    tickets = Ticket.objects.filter(unit_id=unit_id, on=on).select_related("counter")
    called = tickets.filter(announced_at__isnull=False, counter__isnull=False)
    current = called.filter(state__in=AT_COUNTER).order_by("counter__number")
    last = called.order_by("-announced_at", "-pk")[:LAST_CALLS]
    return Line(
        current=tuple(_call(ticket) for ticket in current),
        last_calls=tuple(_call(ticket) for ticket in last),
        waiting=tuple(ticket.number for ticket in _waiting(unit_id, on)),
    )


def place_of(ticket: Ticket, at: datetime) -> PlaceInLine:
    """Return how many are called before this waiting ticket, and about how long it waits."""
    order = _waiting(ticket.unit_id, ticket.on)
    places = [waiting.pk for waiting in order]
    ahead = places.index(ticket.pk) if ticket.pk in places else 0
    return PlaceInLine(
        ahead=ahead,
        minutes=minutes_to_wait(
            _service_times(ticket.unit_id, ticket.on),
            ahead=ahead,
            counters=_counters_at_work(ticket.unit_id, ticket.on, at),
        ),
    )


def seat_of(officer_id: int, on: date) -> Counter | None:
    """Return the counter that the officer took today; None before."""
    counter = Counter.objects.filter(officer_id=officer_id).select_related("unit__agency").first()
    if counter is None or counter.seated_at is None or day_of(counter.seated_at) != on:
        return None
    return counter


def counters_of(unit_id: int) -> list[Counter]:
    """Return the counters that the unit has used, with who sits at them."""
    return list(
        Counter.objects.filter(unit_id=unit_id).select_related("officer").order_by("number")
    )


def panel_of(counter: Counter, on: date) -> Panel:
    """Return what the officer at a counter sees of the line."""
    today = Ticket.objects.filter(unit_id=counter.unit_id, on=on)
    waiting = [
        ticket
        for ticket in _waiting(counter.unit_id, on)
        if ticket.wanted_counter_id in (None, counter.pk)
    ]
    mine = [ticket for ticket in waiting if ticket.wanted_counter_id == counter.pk]
    following = (mine or waiting)[:1]
    return Panel(
        current=today.filter(counter=counter, state__in=AT_COUNTER).first(),
        waiting=len(waiting),
        next_number=following[0].number if following else None,
        missed=tuple(
            today.filter(state=TicketState.NO_SHOW, readmitted_at__isnull=True).order_by(
                "-ended_at"
            )[:LAST_CALLS]
        ),
    )


def kiosk_mark(address: str) -> str:
    """Return what is kept of the address that a ticket came from: a keyed hash."""
    return salted_hmac("queues.kiosk", address, algorithm="sha256").hexdigest()


def _waiting(unit_id: int, on: date) -> list[Ticket]:
    waiting = Ticket.objects.filter(unit_id=unit_id, on=on, state=TicketState.WAITING)
    day = QueueDay.objects.filter(unit_id=unit_id, on=on).first()
    return _in_order(
        # Named as the index knows them: the waiting are some of the open ones.
        waiting.filter(state__in=OPEN_STATES).order_by("queued_at", "number"),
        last_was_priority=day is not None and day.last_call_was_priority,
    )


def _in_order(waiting: Iterable[Ticket], *, last_was_priority: bool) -> list[Ticket]:
    return in_calling_order(
        waiting,
        has_priority=lambda ticket: ticket.has_priority,
        last_was_priority=last_was_priority,
    )


def _service_times(unit_id: int, on: date) -> list[timedelta]:
    served = Ticket.objects.filter(unit_id=unit_id, on=on, state=TicketState.SERVED)
    moments = served.order_by("-ended_at").values_list("called_at", "ended_at")[:SERVED_MOST]
    return [ended - called for called, ended in reversed(moments) if called and ended]


def _counters_at_work(unit_id: int, on: date, at: datetime) -> int:
    lately = Ticket.objects.filter(unit_id=unit_id, on=on, announced_at__gte=at - AT_WORK)
    return lately.exclude(counter=None).values("counter").distinct().count()


def _call(ticket: Ticket) -> Call:
    assert ticket.counter is not None
    assert ticket.announced_at is not None
    return Call(
        number=ticket.number,
        counter=ticket.counter.number,
        announced_at=ticket.announced_at,
        is_current=ticket.state in AT_COUNTER,
    )
