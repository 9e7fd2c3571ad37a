"""The very dossiers that a number of the index counts."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.offices.queries import agency_names, officer_names
from motcua.procedures.queries import published
from motcua.steering.definitions.index766 import Quantity
from motcua.steering.queries import Behind, dossiers_behind
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required
from motcua.web.pages import page_read

from .asked import Asked, Refused, asked_of
from .shown import LISTED

PAGE_ROWS = 50


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the dossiers behind a number, the oldest first."""
    try:
        asked = asked_of(request)
    except Refused:
        # The screen of the index says what is wrong with the address.
        return redirect(f"{reverse('board:index766')}?{request.GET.urlencode()}")
    told = request.GET.get("so-lieu", "")
    if told not in set(Quantity) or Quantity(told) not in LISTED:
        raise Http404
    quantity = Quantity(told)
    name, measure, with_parts = LISTED[quantity]
    page, found = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: dossiers_behind(
            measure,
            asked.figures.period,
            as_of=asked.figures.as_of,
            at=asked.figures.at,
            agency_ids=asked.subject.agency_ids,
            is_part=None if with_parts else False,
            start=start,
            stop=stop,
        ),
    )
    return render(
        request,
        "board/index766/dossiers.html",
        {
            "asked": asked,
            "name": name,
            "page": page,
            "query": asked.query(**{"so-lieu": quantity.value}) + "&",
            "back": f"{reverse('board:index766')}?{asked.query()}",
            "lines": _lines(found, asked, own=request.mandate.agency_ids),
        },
    )


def _lines(found: Iterable[Behind], asked: Asked, *, own: frozenset[int]) -> list[dict[str, Any]]:
    rows = list(found)
    agencies = agency_names({row.agency_id for row in rows})
    officers = officer_names({row.officer_id for row in rows if row.officer_id is not None})
    procedures = {version.code: version.name for version in published(clock.today())}
    return [
        {
            "code": row.code,
            # What another agency settles is counted here, and read there.
            "href": reverse("desk:dossier", args=[row.code])
            if row.code and row.agency_id in own
            else "",
            "procedure": procedures.get(row.procedure, row.procedure),
            "agency": agencies.get(row.agency_id, ""),
            "officer": officers.get(row.officer_id or 0, ""),
            "received_at": row.received_at,
            "due_at": row.due_at,
            "ended_at": row.ended_at,
        }
        for row in rows
    ]
