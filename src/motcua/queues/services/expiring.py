"""What becomes of a line when its day is over."""

from datetime import date, datetime

from django.db import transaction

from motcua.kernel.ledger import events as ledger
from motcua.queues.events import TicketExpired
from motcua.queues.lifecycle import OPEN_STATES
from motcua.queues.models import Ticket

from ._acts import moved


@transaction.atomic
def expire_tickets(*, before: date, at: datetime) -> int:
    """
    End what was left in the lines of earlier days, and forget from where tickets were taken.

    Returns how many tickets it ended; a second time there are none.
    """
    left = list(
        Ticket.objects.select_for_update(of=("self",), no_key=True)
        .filter(on__lt=before, state__in=OPEN_STATES)
        .select_related("counter")
        .order_by("pk")
    )
    told = [(ticket, moved(ticket, "expire", tell=TicketExpired, at=at)) for ticket in left]
    Ticket.objects.bulk_update(left, ["state", "ended_at", "wanted_counter"])
    ledger.record_all(
        ledger.Entry(event=event, subject=ticket.subject, actor="system", at=at)
        for ticket, event in told
    )
    Ticket.objects.filter(on__lt=before).exclude(kiosk_mark="").update(kiosk_mark="")
    return len(left)
