"""The officer's panel of the line: at the top of the counter's page, and on a page of its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.kernel.clock import day_of
from motcua.offices.models import PostRole
from motcua.queues import queries
from motcua.queues.lifecycle import TICKET_LIFECYCLE, TicketState
from motcua.queues.models import Ticket
from motcua.web.access import OfficerRequest, officer_required

from .acts import ACTS


@officer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the line of the counter at which the officer sits, or let them choose one."""
    return render(request, "desk/queue/show.html", panel_context(request))


def panel_context(request: OfficerRequest) -> dict[str, Any]:
    """
    Return what `desk/queue/_panel.html` shows, for any page of the desk to include it.

    `line` is None for an officer who receives nobody: then the panel is empty.
    """
    units = [post for post in request.mandate.posts if post.role == PostRole.RECEIVER]
    if not units:
        return {"line": None}
    on = day_of(clock.now())
    counter = queries.seat_of(request.mandate.officer_id, on)
    line: dict[str, Any] = {"counter": counter, "units": units, "back": request.get_full_path()}
    if counter is not None:
        panel = queries.panel_of(counter, on)
        line |= {
            "panel": panel,
            "acts": _acts_for(panel.current),
            "missed": [(ticket, _href("readmit", ticket)) for ticket in panel.missed],
            # While somebody was called and nothing came of it, the next must wait.
            "may_call": panel.current is None or not _is_unanswered(panel.current),
            "may_send_on": panel.current is not None,
            "screen": reverse("kiosk:screen", args=[counter.unit_id]),
        }
    return {"line": line}


def _acts_for(ticket: Ticket | None) -> list[dict[str, Any]]:
    if ticket is None:
        return []
    verbs = TICKET_LIFECYCLE.verbs_from(TicketState(ticket.state))
    return [
        {"act": ACTS[verb], "href": _href(verb, ticket)}
        for verb in ACTS
        if verb in verbs and ACTS[verb].key
    ]


def _href(verb: str, ticket: Ticket) -> str:
    return reverse("desk:ticket-act", args=[ticket.pk, ACTS[verb].noun])


def _is_unanswered(ticket: Ticket) -> bool:
    return "start" in TICKET_LIFECYCLE.verbs_from(TicketState(ticket.state))
