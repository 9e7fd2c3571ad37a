"""The dossiers that stand still, behind a number of the board of lateness."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.lifecycle import CLOCK_PAUSED_IN, DossierState
from motcua.kernel import clock
from motcua.offices.queries import unit_names
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest
from motcua.web.board.access import agencies_seen, overseer_required
from motcua.web.pages import page_read

from .asked import asked_of

PAGE_ROWS = 50


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the dossiers behind a number of pauses."""
    asked = asked_of(request, agencies_seen(request.mandate), clock.today())
    state = request.GET.get("cho", "")
    if state not in CLOCK_PAUSED_IN:
        raise Http404
    only_late = "tre" in request.GET
    page, found = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: queries.paused_dossiers(
            asked.agency_ids, state=state, only_late=only_late, start=start, stop=stop
        ),
    )
    units = unit_names({each.unit_id for each in found if each.unit_id is not None})
    names = {agency.pk: agency.name for agency in asked.agencies}
    own = request.mandate.agency_ids
    query = asked.query(cho=state) + ("&tre=1" if only_late else "")
    return render(
        request,
        "board/lateness/paused.html",
        {
            "asked": asked,
            "name": DossierState(state).label,
            "only_late": only_late,
            "names_whom": state == DossierState.AWAITING_AGENCY,
            "back": f"{reverse('board:lateness')}?{asked.query()}",
            "page": page,
            "query": query + "&",
            "lines": [
                {
                    "code": each.code,
                    "href": reverse("desk:dossier", args=[each.code])
                    if each.agency_id in own
                    else "",
                    "procedure": compiled(each.version_id).name,
                    "agency": names.get(each.agency_id, ""),
                    "unit": units[each.unit_id][0] if each.unit_id in units else "",
                    "waits_for": each.waits_for or "",
                    "paused_at": each.paused_at,
                    "due_at": each.due_at,
                    "was_late": each.was_late,
                }
                for each in found
            ],
        },
    )
