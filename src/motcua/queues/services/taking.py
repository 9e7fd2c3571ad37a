"""Taking a place in line, and giving it up."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.queues.events import TicketCancelled
from motcua.queues.models import Priority, Purpose, Ticket
from motcua.queues.policies import NotAllowed, check_is_of_day
from motcua.queues.queries import kiosk_mark

from ._acts import check_serves_now, locked, locked_day, move, stand_in_line


class TooManyToday(NotAllowed):
    """The unit gives out no more numbers today."""


class TooManyAtOnce(NotAllowed):
    """This kiosk has given out many numbers within a minute."""


@transaction.atomic
def take_ticket(
    *,
    unit_id: int,
    purpose: Purpose,
    priority: Priority,
    key: UUID,
    address: str,
    at: datetime,
) -> Ticket:
    """
    Stand in a unit's line. The same key again, as by a second press, is the same ticket.

    :raises NoSuchUnit: if people are not received there at all
    :raises UnitIsClosed: if the unit takes nothing new today
    :raises OutsideServiceHours: if the counters are closed now
    :raises TooLateToday: if they close within minutes
    :raises TooManyToday: if the unit's numbers of the day are used up
    :raises TooManyAtOnce: if the kiosk at this address gave out too many within a minute
    """
    on = day_of(at)
    check_serves_now(unit_id, at)
    day = locked_day(unit_id, on)
    # Behind the lock: of two presses at once, the later one sees the ticket of the earlier.
    if known := Ticket.objects.filter(key=key).first():
        return known
    if 0 < settings.QUEUE_TICKETS_A_DAY <= day.last_number:
        raise TooManyToday(_("Hôm nay đã phát hết số. Ông/Bà vui lòng đến vào ngày làm việc sau."))
    mark = kiosk_mark(address)
    lately = Ticket.objects.filter(
        unit_id=unit_id, on=on, kiosk_mark=mark, taken_at__gt=at - timedelta(minutes=1)
    )
    if 0 < settings.KIOSK_TICKETS_A_MINUTE <= lately.count():
        raise TooManyAtOnce(_("Vừa có nhiều người lấy số. Ông/Bà vui lòng thử lại sau một phút."))
    ticket = Ticket(purpose=purpose, priority=priority, key=key, kiosk_mark=mark)
    return stand_in_line(day, ticket, actor="visitor", at=at)


@transaction.atomic
def cancel_ticket(*, ticket_id: int, at: datetime, actor: str = "visitor") -> Ticket:
    """
    Give up one's place.

    :raises NoSuchTicket: if there is none
    :raises TicketIsOfAnotherDay: on any other day
    :raises TicketHasMovedOn: if it is not in line any more
    """
    ticket = locked(ticket_id)
    check_is_of_day(ticket, day_of(at))
    move(ticket, "cancel", tell=TicketCancelled, actor=actor, at=at)
    return ticket
