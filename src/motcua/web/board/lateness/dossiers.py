"""The dossiers behind a number of the board of lateness."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.queries import Behind
from motcua.kernel import clock
from motcua.offices.models import Agency
from motcua.offices.queries import officer_names, unit_names
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest
from motcua.web.board.access import agencies_seen, overseer_required
from motcua.web.pages import page_read

from .asked import asked_of
from .shown import BY_NAMES, STAND_NAMES, UNKNOWN, names_of

PAGE_ROWS = 50


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the dossiers behind a number."""
    now = clock.now()
    asked = asked_of(request, agencies_seen(request.mandate), clock.day_of(now))
    page, found = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: queries.behind(
            asked.agency_ids,
            by=asked.by,
            keys=None if asked.key is None else [asked.key],
            stand=asked.stand,
            month=asked.month,
            at=now,
            start=start,
            stop=stop,
        ),
    )
    names = names_of(asked.by, [asked.key] if asked.key else [], asked.agencies)
    key_words = ""
    if asked.key is not None:
        key_words = names.get(asked.key, ("", ""))[0] or str(UNKNOWN[asked.by])
    query = asked.query(**{"cot": asked.stand.value, "gia-tri": asked.key or ""})
    if asked.key == "":
        query += "&gia-tri="
    return render(
        request,
        "board/lateness/dossiers.html",
        {
            "asked": asked,
            "stand": STAND_NAMES[asked.stand],
            "key_words": key_words,
            "by_name": BY_NAMES[asked.by],
            "back": f"{reverse('board:lateness')}?{asked.query()}",
            "page": page,
            "query": query + "&",
            "lines": _lines(found, asked.agencies, request.mandate.agency_ids),
        },
    )


def _lines(
    found: Sequence[Behind], agencies: Sequence[Agency], own: frozenset[int]
) -> list[dict[str, Any]]:
    units = unit_names({each.unit_id for each in found if each.unit_id is not None})
    officers = officer_names({each.officer_id for each in found if each.officer_id is not None})
    names = {agency.pk: agency.name for agency in agencies}
    lines = []
    for each in found:
        version = compiled(each.version_id)
        step = version.steps.get(each.step_key) if each.step_key else None
        lines.append(
            {
                "code": each.code,
                # What another agency settles is counted here, and read there.
                "href": reverse("desk:dossier", args=[each.code]) if each.agency_id in own else "",
                "procedure": version.name,
                "agency": names.get(each.agency_id, ""),
                "unit": units[each.unit_id][0] if each.unit_id in units else "",
                "officer": officers.get(each.officer_id or 0, ""),
                "step": step.name if step else "",
                "cause": CauseClass(each.cause).label if each.cause else "",
                "due_at": each.due_at,
                "completed_at": each.completed_at,
                "promised_at": each.promised_at,
            }
        )
    return lines
