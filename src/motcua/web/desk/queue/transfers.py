"""Sending a person on: to another counter of the unit, or to another unit."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import clock
from motcua.offices.models import Unit
from motcua.offices.queries import NoSuchUnit, UnitIsClosed, one_stop_units
from motcua.queues import queries, services
from motcua.queues.lifecycle import TICKET_LIFECYCLE, TicketState
from motcua.queues.models import Ticket
from motcua.queues.policies import serves_at
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.language import safe_next
from motcua.web.numbers import whole

from .acts import back

COUNTER, UNIT = "counter", "unit"


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, ticket_id: int) -> HttpResponse:
    """Ask where to, and send the person there."""
    ticket = _ticket_or_404(request, ticket_id)
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _send(request, ticket))
        except (services.NotAllowed, NoSuchUnit, UnitIsClosed) as refused:
            refusal = str(refused)
        else:
            return back(request)
    now = clock.now()
    return render(
        request,
        "desk/queue/transfer_new.html",
        {
            "ticket": ticket,
            "may_send": "redirect" in TICKET_LIFECYCLE.verbs_from(TicketState(ticket.state)),
            "counters": [
                (str(counter.number), _("Quầy %(number)s") % {"number": counter.number})
                for counter in queries.counters_of(ticket.unit_id)
                if counter.pk != ticket.counter_id
            ],
            "units": [
                (str(unit.pk), _named(unit))
                for unit in one_stop_units(clock.day_of(now))
                if unit.pk != ticket.unit_id
            ],
            "refusal": refusal,
            "back": safe_next(request),
        },
        status=422 if refusal else 200,
    )


def _send(request: OfficerRequest, ticket: Ticket) -> str:
    now = clock.now()
    if request.POST.get("to") == UNIT:
        successor = services.transfer_ticket(
            mandate=request.mandate,
            ticket_id=ticket.pk,
            unit_id=whole(request.POST.get(UNIT, "")) or 0,
            at=now,
        )
        return _("Đã chuyển. Số mới ở bộ phận kia: %(number)s.") % {"number": successor.number}
    counter = whole(request.POST.get(COUNTER, "")) or 0
    sent = services.redirect_ticket(
        mandate=request.mandate, ticket_id=ticket.pk, counter_number=counter, at=now
    )
    return _("Số %(number)s chờ quầy %(counter)s.") % {"number": sent.number, "counter": counter}


def _ticket_or_404(request: OfficerRequest, ticket_id: int) -> Ticket:
    try:
        ticket = queries.ticket_with_id(ticket_id)
    except queries.NoSuchTicket:
        raise Http404 from None
    if not serves_at(request.mandate, ticket.unit_id):
        raise Http404
    return ticket


def _named(unit: Unit) -> str:
    return f"{unit.agency.short_name}: {unit.name}"
