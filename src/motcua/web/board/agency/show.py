"""An agency's own page: its gap, its months, its communes, what is late, what was explained."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.offices.models import Agency, AgencyKind, PostRole
from motcua.offices.queries import Mandate, agencies_led, leads_city
from motcua.plans.queries import unanswered_duties
from motcua.steering.definitions.targets import moved_online, tenths_of
from motcua.steering.queries.targets import (
    Board,
    Row,
    commune_rows,
    explanations_of,
    history_of,
    procedure_rows,
    row_of,
)
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required, seen_ids, sees_all
from motcua.web.board.targets import shown, words
from motcua.web.board.targets.asking import Asked, asked_of, row_or_404

from . import standing

PROCEDURES_SHOWN = 15
MOVED = (10, 20, 30, 50, 100)  # of what would not come online, in percent


@overseer_required
@require_safe
def own(request: OfficerRequest) -> HttpResponse:
    """Lead to the page of the agency that the officer leads; who leads the city to the board."""
    if not sees_all(request.mandate):
        own_ids = {post.agency_id for post in request.mandate.posts if post.role == PostRole.LEADER}
        for agency in agencies_led(request.mandate):
            if agency.pk in own_ids and row_of(agency.code, at=clock.now()) is not None:
                return redirect("board:agency", code=agency.code)
    return redirect("board:targets")


@overseer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show where the agency stands as of the day, and what follows for its head."""
    now = clock.now()
    asked = asked_of(request, now=now)
    whole, row = row_or_404(request, code, asked, now=now)
    problems = [{"key": "den-ngay", "message": asked.problem}] if asked.problem else []
    return render(
        request,
        "board/agency/show.html",
        {
            "problems": problems,
            "asked": asked,
            "typed": asked.typed or whole.until.isoformat(),
            "today": clock.day_of(now),
            "whole": whole,
            "seen": whole.seen_until,
            "row": row,
            "told": shown.told_of(row, whole, asked, seen=frozenset()),
            "head": standing.head_of(row.agency_id, whole.until),
            "chart": shown.line_chart(row.name, row.progress, whole, key="bieu-do-thang"),
            "months": _months(row),
            "procedures": _procedures(row, whole, asked),
            "communes": _communes(request, row, whole, asked, now),
            "late": standing.late_now(row, at=now, month=whole.until),
            "moved": _moved(row),
            "duties": unanswered_duties(row.agency_ids, whole.until),
            "all_href": f"{reverse('board:agency-dossiers', args=[row.code])}?{asked.here}",
            **_of_targets(request, row, whole),
        },
        status=422 if problems else 200,
    )


def _months(row: Row) -> list[dict[str, str]]:
    return [
        {
            "name": words.month_name(month),
            "counted": words.counted(share),
            "percent": words.percent(share.tenths),
        }
        for month, share in row.progress.months
    ]


def _communes(
    request: OfficerRequest, row: Row, whole: Board, asked: Asked, now: datetime
) -> list[dict[str, Any]]:
    """Return the communes of a district, with the way to set their targets for who does so."""
    if row.kind != AgencyKind.DISTRICT:
        return []
    mandate = request.mandate
    sets_targets = not whole.is_past and (leads_city(mandate) or _leads(mandate, row.agency_id))
    return [
        {
            "told": shown.told_of(each, whole, asked, seen=seen_ids(mandate)),
            "set_href": reverse("board:target-new", args=[each.code]) if sets_targets else "",
        }
        for each in commune_rows(row, whole, at=now)
    ]


def _of_targets(request: OfficerRequest, row: Row, whole: Board) -> dict[str, Any]:
    """Return the agency's targets and explanations, and what the visitor may add to them."""
    mandate = request.mandate
    why_not = standing.why_not_explained(mandate, row.agency_id, row.progress)
    may_set = not whole.is_past and _may_set_own(mandate, row)
    return {
        "target": standing.targets_told([row.target])[0] if row.target else None,
        "history": standing.targets_told(history_of(row.agency_id)),
        "explanations": standing.explanations_told(
            explanations_of(row.agency_id), may_answer=sees_all(mandate)
        ),
        "may_explain": why_not == "" and not whole.is_past,
        "why_not_explained": why_not or "",
        "set_href": reverse("board:target-new", args=[row.code]) if may_set else "",
    }


def _may_set_own(mandate: Mandate, row: Row) -> bool:
    if leads_city(mandate):
        return True
    if row.kind != AgencyKind.COMMUNE:
        return False
    parent = Agency.objects.filter(pk=row.agency_id).values_list("parent_id", flat=True).first()
    return _leads(mandate, parent)


def _leads(mandate: Mandate, agency_id: int | None) -> bool:
    return any(
        post.role == PostRole.LEADER and post.agency_id == agency_id for post in mandate.posts
    )


def _procedures(row: Row, whole: Board, asked: Asked) -> list[dict[str, Any]]:
    base = reverse("board:agency-dossiers", args=[row.code])
    received = row.progress.actual.received
    lines = []
    for each in procedure_rows(row.agency_ids, whole)[:PROCEDURES_SHOWN]:
        otherwise = each.share.received - each.share.online

        def tail(kind: str, code: str = each.procedure) -> str:
            return asked.query(sap="", chieu="", **{"thu-tuc": code, "kenh": kind})

        lines.append(
            {
                "name": shown.procedure_name(each.procedure, whole.until),
                "code": each.procedure,
                "online": words.count(each.share.online),
                "otherwise": words.count(otherwise),
                "percent": words.percent(each.share.tenths),
                "gain": words.points_of(Fraction(otherwise, received))
                if each.is_offered_online and otherwise and received
                else "",
                "is_offered": each.is_offered_online,
                "online_href": f"{base}?{tail('truc-tuyen')}",
                "otherwise_href": f"{base}?{tail('khac')}",
            }
        )
    return lines


def _moved(row: Row) -> list[dict[str, str]]:
    """Return what the year would end with if so many of the dossiers to come moved online."""
    if row.progress.is_over:
        return []
    lines = []
    for percent in MOVED:
        ratio = moved_online(row.progress, Fraction(percent, 100))
        if ratio is None:
            return []
        reached = row.progress.target is not None and ratio >= row.progress.target
        lines.append(
            {
                "moved": f"{percent} %",
                "percent": words.percent(tenths_of(ratio)),
                "verdict": ""
                if row.progress.target is None
                else _("đạt")
                if reached
                else _("chưa đạt"),
            }
        )
    return lines
