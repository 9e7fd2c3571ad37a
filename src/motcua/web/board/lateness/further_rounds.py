"""When officers wished to ask an applicant once more, and what the head said."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Plea
from motcua.dossiers.queries import FurtherRoundStand
from motcua.kernel import clock
from motcua.offices.queries import unit_names
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest
from motcua.web.board.access import agencies_seen, overseer_required
from motcua.web.numbers import whole
from motcua.web.pages import page_read

from .asked import asked_of
from .shown import FURTHER_ROUND_NAMES, month_words

PAGE_ROWS = 50


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the wishes behind a number, with both reasons for those whose work it is."""
    asked = asked_of(request, agencies_seen(request.mandate), clock.today())
    told = request.GET.get("ket-qua", "")
    stand = FurtherRoundStand(told) if told in set(FurtherRoundStand) else FurtherRoundStand.ASKED
    unit_id = whole(request.GET.get("don-vi", ""))
    page, found = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: queries.further_rounds(
            asked.agency_ids,
            month=asked.month,
            unit_id=unit_id,
            stand=stand,
            start=start,
            stop=stop,
        ),
    )
    query = asked.query(
        theo="", **{"don-vi": "" if unit_id is None else str(unit_id), "ket-qua": stand.value}
    )
    names = {agency.pk: agency.name for agency in asked.agencies}
    unit_name, unit_agency = unit_names([unit_id or 0]).get(unit_id or 0, ("", 0))
    return render(
        request,
        "board/lateness/further_rounds.html",
        {
            "asked": asked,
            "month": month_words(asked.month),
            "stand": FURTHER_ROUND_NAMES[stand],
            "unit": unit_name if unit_agency in names else "",
            "back": f"{reverse('board:lateness')}?{asked.query()}",
            "page": page,
            "query": query + "&",
            "lines": [_line(plea, names, own=request.mandate.agency_ids) for plea in found],
        },
    )


def _line(plea: Plea, agencies: dict[int, str], *, own: frozenset[int]) -> dict[str, Any]:
    # What is another agency's is counted here, and read there.
    is_own = plea.dossier.settling_agency_id in own
    return {
        "code": plea.dossier.code,
        "href": reverse("desk:dossier", args=[plea.dossier.code]) if is_own else "",
        "procedure": compiled(plea.dossier.version_id).name,
        "unit": plea.unit.name,
        "agency": agencies[plea.unit.agency_id],
        "asked_at": plea.asked_at,
        "reason": plea.reason if is_own else "",
        "outcome": plea.get_outcome_display() if plea.outcome else "",
        "answered_at": plea.answered_at,
        "answer": plea.answer if is_own else "",
    }
