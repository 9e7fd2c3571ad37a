"""What the acts on a ticket have in common: the locks, and the one place that moves a state."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of
from motcua.kernel.ledger import events as ledger
from motcua.kernel.numbers import random_secret
from motcua.offices.definitions import is_within
from motcua.offices.queries import check_unit_open, next_opening, service_hours
from motcua.queues.events import TicketMoved, TicketTaken
from motcua.queues.lifecycle import ENDED_STATES, TICKET_LIFECYCLE, TicketState
from motcua.queues.models import QueueDay, Ticket
from motcua.queues.policies import NotAllowed, check_state_allows
from motcua.queues.queries import NoSuchTicket, one_stop_unit

_SECRET_LENGTH = 10


class OutsideServiceHours(NotAllowed):
    """The counters do not serve now; the message says when they do next."""


class TooLateToday(NotAllowed):
    """Whoever takes a number now would not be called before the counters close."""


def locked(ticket_id: int) -> Ticket:
    """
    Return the ticket, held against every other writer until the transaction ends.

    :raises NoSuchTicket: if there is none
    """
    ticket = (
        Ticket.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=ticket_id)
        .select_related("counter")
        .first()
    )
    if ticket is None:
        raise NoSuchTicket(_("Không có số này."))
    return ticket


def locked_day(unit_id: int, on: date) -> QueueDay:
    """Return the unit's line of that day, begun if it was not, held until the commit."""
    # Never two at once: the line is where numbers are given and turns are taken.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO queue_day (unit_id, "on", last_number, last_call_was_priority)
            VALUES (%s, %s, 0, false)
            ON CONFLICT (unit_id, "on") DO NOTHING
            """,
            [unit_id, on],
        )
    return QueueDay.objects.select_for_update(of=("self",)).get(unit_id=unit_id, on=on)


def check_serves_now(unit_id: int, at: datetime) -> None:
    """
    Refuse a place in a line that nobody serves.

    :raises NoSuchUnit: if people are not received there at all
    :raises UnitIsClosed: if the unit takes nothing new on that day
    :raises OutsideServiceHours: if the counters are closed at that moment
    :raises TooLateToday: if they close within minutes
    """
    on = day_of(at)
    one_stop_unit(unit_id)
    check_unit_open(unit_id, on)
    spans = service_hours(unit_id, on)
    if not is_within(spans, at):
        opens = next_opening(unit_id, at)
        if opens is None:
            raise OutsideServiceHours(_("Bộ phận này chưa có lịch phục vụ sắp tới."))
        raise OutsideServiceHours(
            _("Ngoài giờ phục vụ. Ông/Bà lấy số từ %(moment)s.")
            % {"moment": opens.astimezone(CITY_TIME).strftime("%H:%M, %d/%m/%Y")}
        )
    closing = datetime.combine(on, spans[-1].closes, CITY_TIME)
    left = (closing - at).total_seconds() / 60
    if left < settings.QUEUE_LAST_TICKET_MINUTES:
        raise TooLateToday(
            _("Hôm nay đã ngừng phát số. Các quầy đóng lúc %(moment)s.")
            % {"moment": closing.strftime("%H:%M")}
        )


def stand_in_line(day: QueueDay, ticket: Ticket, *, actor: str, at: datetime) -> Ticket:
    """Give the ticket the day's next number and put it on record. The caller holds the day."""
    day.last_number += 1
    day.save(update_fields=["last_number"])
    ticket.unit_id, ticket.on, ticket.number = day.unit_id, day.on, day.last_number
    ticket.secret = random_secret(_SECRET_LENGTH)
    ticket.taken_at = ticket.queued_at = at
    ticket.save(force_insert=True)
    ledger.record(
        TicketTaken(
            unit=ticket.unit_id,
            on=ticket.on.isoformat(),
            number=ticket.number,
            purpose=str(ticket.purpose),
            priority=str(ticket.priority),
        ),
        subject=ticket.subject,
        actor=actor,
        at=at,
    )
    return ticket


def move(
    ticket: Ticket,
    verb: str,
    *,
    tell: Callable[..., TicketMoved],
    actor: str,
    at: datetime,
    **details: Any,
) -> None:
    """
    Take the ticket to where the verb leads, save it, and put that on record.

    The only place that assigns `state`. Whatever the constraints tie to it is set before.

    :raises TicketHasMovedOn: if its state does not allow that
    """
    event = moved(ticket, verb, tell=tell, at=at, **details)
    ticket.save()
    ledger.record(event, subject=ticket.subject, actor=actor, at=at)


def moved(
    ticket: Ticket, verb: str, *, tell: Callable[..., TicketMoved], at: datetime, **details: Any
) -> TicketMoved:
    """Take the ticket to where the verb leads, unsaved, and return what is to be told."""
    check_state_allows(verb, ticket)
    before = TicketState(ticket.state)
    after = TICKET_LIFECYCLE.target_of(verb, state=before)
    event = tell(
        verb=verb,
        from_state=before.value,
        to_state=after.value,
        unit=ticket.unit_id,
        on=ticket.on.isoformat(),
        number=ticket.number,
        counter=ticket.counter.number if ticket.counter else None,
        **details,
    )
    ticket.state = after
    ticket.ended_at = at if after in ENDED_STATES else None
    if after is TicketState.WAITING:
        # Back in line: no counter has it any more.
        ticket.counter = ticket.officer = None
        ticket.called_at = ticket.announced_at = ticket.started_at = None
    else:
        ticket.wanted_counter = None
    return event
