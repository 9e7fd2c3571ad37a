"""Criterion 2.2, for information: how long a procedure takes, one procedure at a time."""

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.procedures.queries import UnknownProcedure, names_of_procedures, version_in_force
from motcua.steering.definitions.index766 import rounded
from motcua.steering.queries import TooManyToAdd, decided_by_procedure, settling_time
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required
from motcua.web.words import so_much_time

from .asked import Asked, Refused, asked_of
from .shown import count

PROCEDURE = "thu-tuc"


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """List the procedures that were decided on; of the one chosen say how long it took."""
    try:
        asked = asked_of(request)
    except Refused:
        # The screen of the index says what is wrong with the address.
        return redirect(f"{reverse('board:index766')}?{request.GET.urlencode()}")
    figures, ids = asked.figures, asked.subject.agency_ids
    decided = decided_by_procedure(
        figures.period, as_of=figures.as_of, at=figures.at, agency_ids=ids
    )
    names = names_of_procedures(decided)
    code = request.GET.get(PROCEDURE, "")
    if code and code not in decided:
        raise Http404
    return render(
        request,
        "board/index766/times.html",
        {
            "asked": asked,
            "chosen": _chosen(asked, code, names.get(code, code)) if code else None,
            "rows": [
                {
                    "code": each,
                    "name": names.get(each, each),
                    "decided": count(number),
                    "href": f"?{asked.query(**{PROCEDURE: each})}",
                }
                for each, number in sorted(decided.items(), key=lambda of: (-of[1], of[0]))
            ],
            "back": f"{reverse('board:index766')}?{asked.query()}",
        },
    )


def _chosen(asked: Asked, code: str, name: str) -> dict[str, Any]:
    figures = asked.figures
    try:
        version = version_in_force(code, figures.until)
        found = settling_time(
            version,
            figures.period,
            as_of=figures.as_of,
            at=figures.at,
            agency_ids=asked.subject.agency_ids,
        )
    except UnknownProcedure as gone:
        raise Http404 from gone
    except TooManyToAdd as refused:
        return {"name": name, "code": code, "refusal": str(refused)}
    average = found.average
    limits = {limit for case in version.cases.values() for limit in case.limits.values()}
    return {
        "name": name,
        "code": code,
        "dossiers": count(found.dossiers),
        "average": "–" if average is None else so_much_time(Fraction(rounded(average)), found.unit),
        "limits": sorted({so_much_time(limit.amount, limit.unit) for limit in limits}),
    }
