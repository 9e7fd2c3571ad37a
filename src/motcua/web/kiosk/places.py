"""One's place in line, opened by the QR code of one's ticket."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.kernel import clock
from motcua.queues import queries, services
from motcua.queues.lifecycle import TICKET_LIFECYCLE, TicketState
from motcua.queues.models import Ticket
from motcua.web.redirects import see_other

from .access import untraceable


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell how many come before; let the person give the place up."""
    try:
        ticket = queries.ticket_by_secret(secret)
    except queries.NoSuchTicket:
        return untraceable(render(request, "kiosk/place_unknown.html", status=404))
    refusal = ""
    if request.method == "POST":
        try:
            services.cancel_ticket(ticket_id=ticket.pk, at=clock.now())
        except services.NotAllowed as refused:
            refusal = str(refused)
        else:
            return untraceable(see_other("kiosk:place", secret=ticket.secret))
    return untraceable(
        render(
            request,
            "kiosk/place.html",
            {**place_context(ticket), "refusal": refusal},
            status=422 if refusal else 200,
        )
    )


def place_context(ticket: Ticket) -> dict[str, object]:
    """Return what a page tells of a ticket: only today's still stands anywhere."""
    now = clock.now()
    state = TicketState(ticket.state)
    is_today = ticket.on == clock.day_of(now)
    waits = is_today and state is TicketState.WAITING
    return {
        "ticket": ticket,
        "state_words": state.label,
        "is_today": is_today,
        "place": queries.place_of(ticket, now) if waits else None,
        "is_called": is_today and state is TicketState.CALLED,
        "was_missed": is_today and state is TicketState.NO_SHOW,
        "goes_on_as": ticket.successor,
        "may_give_up": waits and "cancel" in TICKET_LIFECYCLE.verbs_from(state),
    }
