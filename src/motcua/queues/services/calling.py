"""Calling numbers, and what comes of each call."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.offices.queries import Mandate
from motcua.queues.events import (
    CallMissed,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketExpired,
    TicketReadmitted,
    TicketRecalled,
    TicketRedirected,
    TicketTransferred,
)
from motcua.queues.lifecycle import AT_COUNTER, TicketState
from motcua.queues.models import Counter, Priority, QueueDay, Ticket
from motcua.queues.policies import (
    NotAllowed,
    check_may_handle,
    check_sits_at,
    check_state_allows,
)
from motcua.queues.queries import NoSuchCounter

from ._acts import check_serves_now, locked, locked_day, move, stand_in_line


class NobodyWaits(NotAllowed):
    """There is nobody in line for this counter."""


class CounterIsBusy(NotAllowed):
    """A number was called to this counter and nothing has come of it yet."""


class ReadmittedBefore(NotAllowed):
    """Whoever misses a second call takes a new number."""


class AnotherUnitsCounter(NotAllowed):
    """A person is sent to a counter of the same unit, or to another unit."""


@transaction.atomic
def call_next(*, mandate: Mandate, counter_id: int, at: datetime) -> Ticket:
    """
    Call whoever is next in line to the counter; who was being served there is done.

    Who was sent to this very counter comes first. Then priority and the others are called in
    turn, one each, in the order in which they came. Counters that call at the same moment get
    different tickets.

    :raises NoSuchCounter: if there is none
    :raises NotAtThisUnit: if the officer is no receiver there
    :raises NotSeatedThere: if the officer does not sit there today
    :raises CounterIsBusy: if the number called last neither came nor was given up
    :raises NobodyWaits: if the line is empty; then nothing has changed
    """
    on = day_of(at)
    # Counter, ticket, day: every act locks in this order.
    counter = Counter.objects.select_for_update(of=("self",)).filter(pk=counter_id).first()
    if counter is None:
        raise NoSuchCounter(_("Không có quầy này."))
    check_sits_at(mandate, counter, on)
    _clear(counter, mandate, at)
    day = locked_day(counter.unit_id, on)
    ticket = _next_in_line(counter, day)
    if ticket is None:
        raise NobodyWaits(_("Chưa có ai chờ quầy này."))
    if ticket.wanted_counter_id is None and day.last_call_was_priority != ticket.has_priority:
        day.last_call_was_priority = ticket.has_priority
        day.save(update_fields=["last_call_was_priority"])
    ticket.counter = counter
    ticket.officer_id = mandate.officer_id
    ticket.called_at = ticket.announced_at = at
    move(ticket, "call", tell=TicketCalled, actor=mandate.actor, at=at)
    return ticket


def _clear(counter: Counter, mandate: Mandate, at: datetime) -> None:
    """Let the counter be done with whom it was serving."""
    current = (
        Ticket.objects.select_for_update(of=("self",), no_key=True)
        .filter(counter=counter, state__in=AT_COUNTER)
        .first()
    )
    if current is None:
        return
    current.counter = counter
    if current.on != day_of(at):
        # The nightly job has not come by yet.
        move(current, "expire", tell=TicketExpired, actor="system", at=at)
    elif current.state == TicketState.CALLED:
        raise CounterIsBusy(
            _("Số %(number)s vừa được gọi. Hãy bấm Bắt đầu hoặc Vắng mặt trước.")
            % {"number": current.number}
        )
    else:
        move(current, "finish", tell=ServiceFinished, actor=mandate.actor, at=at)


def _next_in_line(counter: Counter, day: QueueDay) -> Ticket | None:
    """Return the ticket to call, locked. The same order as definitions.in_calling_order."""
    favours_priority = not day.last_call_was_priority
    priority = Q(priority=Priority.NONE) if not favours_priority else ~Q(priority=Priority.NONE)
    return (
        Ticket.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(
            Q(wanted_counter=None) | Q(wanted_counter=counter),
            unit_id=day.unit_id,
            on=day.on,
            state=TicketState.WAITING,
        )
        .annotate(has_the_turn=priority)
        .order_by(
            F("wanted_counter").asc(nulls_last=True),
            F("has_the_turn").desc(),
            "queued_at",
            "number",
        )
        .first()
    )


@transaction.atomic
def recall_ticket(*, mandate: Mandate, ticket_id: int, at: datetime) -> Ticket:
    """
    Call the same number again.

    :raises NoSuchTicket: if there is none
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("recall", mandate, ticket_id, at)
    ticket.announced_at = at
    move(ticket, "recall", tell=TicketRecalled, actor=mandate.actor, at=at)
    return ticket


@transaction.atomic
def start_serving(*, mandate: Mandate, ticket_id: int, at: datetime) -> Ticket:
    """
    Note that the person called has come.

    :raises NoSuchTicket: if there is none
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("start", mandate, ticket_id, at)
    ticket.started_at = at
    move(ticket, "start", tell=ServiceStarted, actor=mandate.actor, at=at)
    return ticket


@transaction.atomic
def finish_serving(*, mandate: Mandate, ticket_id: int, at: datetime) -> Ticket:
    """
    Note that the person has been served.

    :raises NoSuchTicket: if there is none
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("finish", mandate, ticket_id, at)
    move(ticket, "finish", tell=ServiceFinished, actor=mandate.actor, at=at)
    return ticket


@transaction.atomic
def miss_call(*, mandate: Mandate, ticket_id: int, at: datetime) -> Ticket:
    """
    Note that nobody came. The person may be let into the line again, once.

    :raises NoSuchTicket: if there is none
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("miss", mandate, ticket_id, at)
    move(ticket, "miss", tell=CallMissed, actor=mandate.actor, at=at)
    return ticket


@transaction.atomic
def readmit_ticket(*, mandate: Mandate, ticket_id: int, at: datetime) -> Ticket:
    """
    Let somebody who missed the call stand at the end of the line, with the number they have.

    :raises NoSuchTicket: if there is none
    :raises ReadmittedBefore: the second time
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("readmit", mandate, ticket_id, at)
    if ticket.readmitted_at is not None:
        raise ReadmittedBefore(
            _("Số %(number)s đã được chờ lại một lần. Mời Ông/Bà lấy số mới.")
            % {"number": ticket.number}
        )
    ticket.readmitted_at = ticket.queued_at = at
    move(ticket, "readmit", tell=TicketReadmitted, actor=mandate.actor, at=at)
    return ticket


@transaction.atomic
def redirect_ticket(
    *, mandate: Mandate, ticket_id: int, counter_number: int, at: datetime
) -> Ticket:
    """
    Send the person to another counter of the unit, which calls them before anybody else.

    :raises NoSuchTicket: if there is none
    :raises AnotherUnitsCounter: if the unit has no such counter, or it is the same one
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("redirect", mandate, ticket_id, at)
    wanted = Counter.objects.filter(unit_id=ticket.unit_id, number=counter_number).first()
    if wanted is None or wanted.pk == ticket.counter_id:
        raise AnotherUnitsCounter(_("Hãy chọn một quầy khác của bộ phận này."))
    ticket.wanted_counter = wanted
    move(
        ticket,
        "redirect",
        tell=TicketRedirected,
        actor=mandate.actor,
        at=at,
        wanted_counter=wanted.number,
    )
    return ticket


@transaction.atomic
def transfer_ticket(*, mandate: Mandate, ticket_id: int, unit_id: int, at: datetime) -> Ticket:
    """
    Send the person to another unit, where they get that line's next number; return that ticket.

    :raises NoSuchTicket: if there is none
    :raises AnotherUnitsCounter: if it is the same unit
    :raises NoSuchUnit: if people are not received there at all
    :raises UnitIsClosed: if that unit takes nothing new today
    :raises OutsideServiceHours: if its counters are closed now
    :raises TooLateToday: if they close within minutes
    :raises NotAllowed: if the officer, the day or the ticket's state does not permit it
    """
    ticket = _handled("transfer", mandate, ticket_id, at)
    if unit_id == ticket.unit_id:
        raise AnotherUnitsCounter(_("Hãy chọn một bộ phận khác."))
    check_serves_now(unit_id, at)
    successor = stand_in_line(
        locked_day(unit_id, day_of(at)),
        Ticket(purpose=ticket.purpose, priority=ticket.priority, key=uuid4()),
        actor=mandate.actor,
        at=at,
    )
    ticket.successor = successor
    move(
        ticket,
        "transfer",
        tell=TicketTransferred,
        actor=mandate.actor,
        at=at,
        successor=successor.pk,
        to_unit=unit_id,
    )
    return successor


def _handled(verb: str, mandate: Mandate, ticket_id: int, at: datetime) -> Ticket:
    ticket = locked(ticket_id)
    check_may_handle(mandate, ticket, day_of(at))
    check_state_allows(verb, ticket)
    return ticket
