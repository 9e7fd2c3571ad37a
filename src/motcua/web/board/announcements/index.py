"""The register: every decision, the last signed first, and how to add one."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import clock
from motcua.offices.queries import agencies
from motcua.procedures import queries, services
from motcua.procedures.models import AnnouncedKind, Announcement
from motcua.web.access import OfficerRequest
from motcua.web.board.access import office_required
from motcua.web.days import NoSuchDay, required_day, typed_day
from motcua.web.numbers import whole
from motcua.web.pages import page_asked

from . import shown

PAGE_ROWS = 20

# Which box each refusal is about.
_BOXES: dict[type[services.AnnouncementRefused], str] = {
    services.NotANumberOfADecision: "number",
    services.NumberIsTaken: "number",
    services.DayCannotBe: "signed_on",
    services.EffectCannotBe: "effective_on",
    services.NeedsABasis: "basis",
    services.NoSuchProposer: "agency",
}


@office_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the register, of one year or of all."""
    today = clock.today()
    years = queries.announcement_years()
    asked = request.GET.get("nam", "")
    year = next((each for each in years if str(each) == asked), None)
    found = queries.announcements(year=year)
    page = Paginator(found, PAGE_ROWS).get_page(page_asked(request))
    procedures = queries.procedures_of([each.pk for each in page])
    known = queries.names_of_procedures({row.code for rows in procedures.values() for row in rows})
    return render(
        request,
        "board/announcements/index.html",
        {
            "page": page,
            "years": [{"value": str(each), "label": str(each)} for each in years],
            "year": str(year or ""),
            "query": f"nam={year}&" if year else "",
            "rows": [_row(each, procedures[each.pk], known, today=today) for each in page],
        },
    )


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest) -> HttpResponse:
    """Ask for a signed decision and what it announces, and record it; a refusal says why (422)."""
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        announcement, problems = _record(request)
        if announcement is not None:
            messages.success(request, _("Đã ghi quyết định vào sổ."))
            return redirect("board:announcement", announcement_id=announcement.pk)
    data = request.POST
    offered = agencies(clock.today()).order_by("kind", "sort_key")
    errors: dict[str, str] = {}
    for each in problems:  # several of one box stand there together
        errors[each["key"]] = " ".join((errors.get(each["key"], ""), each["message"])).strip()
    return render(
        request,
        "board/announcements/new.html",
        {
            "agencies": [{"value": str(each.pk), "label": each.name} for each in offered],
            "values": {key: data.get(key, "") for key in ("number", "basis", "agency")}
            | {key: typed_day(data, key) for key in ("signed_on", "effective_on")},
            "kinds": [
                {
                    "box": _box(kind),
                    "label": kind.label,
                    "value": data.get(_box(kind), ""),
                    "error": errors.get(_box(kind), ""),
                }
                for kind in AnnouncedKind
            ],
            "problems": problems,
            "errors": errors,
        },
        status=422 if problems else 200,
    )


def _record(request: OfficerRequest) -> tuple[Announcement | None, list[dict[str, str]]]:
    data: QueryDict = request.POST
    days, problems = {}, []
    for key in ("signed_on", "effective_on"):
        try:
            days[key] = required_day(data, key)
        except NoSuchDay as lacking:
            problems.append(_problem(key, str(lacking)))
    if problems:
        return None, problems
    try:
        announcement = services.record_announcement(
            mandate=request.mandate,
            number=data.get("number", ""),
            signed_on=days["signed_on"],
            basis=data.get("basis", ""),
            effective_on=days["effective_on"],
            agency_id=whole(data.get("agency", "")) or 0,
            codes={kind: _codes_in(data.get(_box(kind), "")) for kind in AnnouncedKind},
            at=clock.now(),
        )
    except services.NotCodesOfProcedures as refused:
        return None, [_problem(_box(kind), message) for kind, message in refused.faults]
    except services.AnnouncementRefused as refused:
        return None, [_problem(_BOXES[type(refused)], str(refused))]
    return announcement, []


def _codes_in(typed: str) -> list[str]:
    """Return the codes in a box, one a line or parted by commas, semicolons or spaces."""
    return typed.replace(",", " ").replace(";", " ").split()


def _box(kind: AnnouncedKind) -> str:
    return f"codes-{kind.value}"


def _problem(key: str, message: str) -> dict[str, str]:
    return {"key": key, "message": message}


def _row(
    announcement: Announcement,
    procedures: Sequence[queries.Announced],
    known: Collection[str],
    *,
    today: date,
) -> dict[str, Any]:
    rows = shown.judged_today(procedures, today=today)
    published, late = shown.publication_words(rows, today=today)
    in_time = rows[0].is_signed_in_time
    badge = shown.SIGNED_IN_TIME if in_time else shown.SIGNED_LATE
    return {
        "announcement": announcement,
        "badge": shown.STRUCK if announcement.struck_at else badge,
        "published": published,
        "late": "" if announcement.struck_at else late,
        "unknown": "" if announcement.struck_at else shown.unknown_words(rows, known),
    }
