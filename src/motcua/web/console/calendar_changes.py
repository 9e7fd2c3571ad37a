"""A change of the calendar: proposed after a look at its effect, decided by a second person."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.calendars import queries, services
from motcua.calendars.definitions import WEEKDAYS, InvalidChange
from motcua.calendars.seeds import DayKind
from motcua.dossiers.queries import (
    Move,
    Preview,
    all_moves,
    preview_of,
    recalibrations_of,
    visible_to,
)
from motcua.kernel import clock
from motcua.offices.queries import agencies, agency_names
from motcua.web import spreadsheets
from motcua.web.access import OfficerRequest, administrator_required
from motcua.web.acting import Refusals, attempt, errors_of
from motcua.web.numbers import whole

from . import calendar_forms
from .calendar_forms import TITLES, Typed
from .calendar_words import KINDS, actor_names, hours_row, line_row, sheet_title

PROPOSE = "propose"

_REFUSALS = Refusals(
    to_mend=(services.NeedsAReason,),
    not_theirs=(services.NotASecondPerson,),
    not_now=(services.AlreadyDecided, services.TheCalendarMovedOn),
    layout="layouts/console.html",
)


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, kind: str) -> HttpResponse:
    """Ask what the calendar shall say; show what that would do; take the proposal in."""
    if kind not in TITLES:
        raise Http404
    known = {str(agency.pk): agency for agency in agencies(clock.today())}
    offered = [{"value": pk, "label": agency.name} for pk, agency in known.items()]
    if request.method != "POST":
        return _form(request, calendar_forms.empty(kind), offered)
    typed = calendar_forms.read(kind, request.POST, known)
    faults = typed.faults or queries.faults_of(days=typed.days, hours=typed.hours, **typed.words)
    if faults:
        return _form(request, typed, offered, problems=typed.problems(faults))
    # Nobody proposes what they have not seen the effect of.
    if request.POST.get("act") != PROPOSE or request.POST.get("seen") != typed.digest:
        preview = preview_of(typed.days, typed.hours, at=clock.now())
        return _form(
            request,
            typed,
            offered,
            preview=preview,
            visible=_visible(request, preview),
            seen=typed.digest,
        )
    try:
        change = services.propose_change(
            days=typed.days,
            hours=typed.hours,
            actor=request.mandate.actor,
            at=clock.now(),
            **typed.words,
        )
    except InvalidChange as invalid:  # somebody proposed the same day meanwhile
        return _form(request, typed, offered, problems=typed.problems(list(invalid.faults)))
    messages.success(request, _("Đã gửi đề nghị. Lịch chỉ đổi khi người thứ hai duyệt."))
    return redirect("console:calendar-change", change_id=change.pk)


def _form(
    request: OfficerRequest,
    typed: Typed,
    offered: list[dict[str, Any]],
    *,
    problems: list[dict[str, str]] | None = None,
    **shown: Any,
) -> HttpResponse:
    problems = problems or []
    context = {
        "kind": typed.kind,
        "is_days": typed.kind == calendar_forms.DAYS,
        "is_swap": typed.kind == calendar_forms.SWAP,
        "is_hours": typed.kind == calendar_forms.HOURS,
        "title": TITLES[typed.kind],
        "values": typed.values,
        "errors": errors_of(problems),
        "problems": problems,
        "day_kinds": [{"value": each.value, "label": KINDS[each].words} for each in DayKind],
        "agencies": offered,
        "weekdays": [
            {"value": str(number), "label": words} for number, words in enumerate(WEEKDAYS)
        ],
        "recalculation": [
            {
                "value": "no",
                "label": _("Không. Chỉ hồ sơ tiếp nhận từ khi duyệt tính theo lịch mới"),
                "hint": "",
            },
            {
                "value": "yes",
                "label": _("Có. Tính lại cả hồ sơ đang giải quyết"),
                "hint": _("Người nộp và cán bộ thấy hạn cũ, hạn mới và lý do."),
            },
        ],
        **shown,
    }
    return render(request, "console/calendar/new.html", context, status=422 if problems else 200)


@administrator_required
@require_safe
def show(request: OfficerRequest, change_id: int) -> HttpResponse:
    """Show what is proposed and what it would do, or what was decided and how far it has come."""
    return _sheet(request, change_id)


@administrator_required
@require_POST
def decide(request: OfficerRequest, change_id: int) -> HttpResponse:
    """Approve or reject as a second person; pressed twice, it happens once."""
    change = _sheet_or_404(change_id).change
    reason, decision = request.POST.get("reason", ""), request.POST.get("decision")
    if decision not in ("approve", "reject"):
        raise Http404
    said: dict[str, Any] = {
        "change_id": change.pk,
        "actor": request.mandate.actor,
        "at": clock.now(),
        "reason": reason,
    }

    def act() -> str:
        if decision == "reject":
            services.reject_change(**said)
            return _("Đã ghi không duyệt. Lịch giữ nguyên.")
        seen = whole(request.POST.get("edition", ""))
        approved = services.approve_change(seen_edition=seen, **said)
        return _("Đã duyệt. Lịch có ấn bản số %(edition)s.") % {"edition": approved.edition}

    return attempt(
        request,
        act,
        refusals=_REFUSALS,
        then=reverse("console:calendar-change", args=[change_id]),
        again=lambda lacking: _sheet(request, change_id, problem=str(lacking), reason=reason),
        typed=reason,
    )


@administrator_required
@require_safe
def effect(request: OfficerRequest, change_id: int) -> HttpResponse:
    """Send every open dossier that a proposal would move, as XLSX or CSV, read piece by piece."""
    sheet = _sheet_or_404(change_id)
    if not sheet.change.is_open:
        raise Http404
    now = clock.now()
    rows = (
        (
            move.code,
            move.agency,
            move.before,
            move.after,
            _("Lùi lại") if move.after > move.before else _("Sớm hơn"),
            _turned(move, now),
        )
        for move in all_moves(sheet.days, sheet.hours, at=now)
    )
    heading = [
        _("Mã hồ sơ"),
        _("Cơ quan giải quyết"),
        _("Hạn trả hiện tại"),
        _("Hạn trả mới"),
        _("Thay đổi"),
        _("Ghi chú"),
    ]
    as_csv = request.GET.get("format") == "csv"
    send = spreadsheets.csv_response if as_csv else spreadsheets.xlsx_response
    return send(f"tac-dong-lich-{change_id}", heading, rows)


def _turned(move: Move, now: datetime) -> str:
    if move.after < now <= move.before:
        return _("Thành quá hạn")
    return _("Không còn quá hạn") if move.before < now <= move.after else ""


def _sheet_or_404(change_id: int) -> queries.ChangeSheet:
    try:
        return queries.change_with(change_id)
    except queries.NoSuchChange as missing:
        raise Http404 from missing


def _sheet(
    request: OfficerRequest, change_id: int, *, problem: str = "", reason: str = ""
) -> HttpResponse:
    sheet = _sheet_or_404(change_id)
    change = sheet.change
    preview = preview_of(sheet.days, sheet.hours, at=clock.now()) if change.is_open else None
    names = actor_names([change])
    told_of = agency_names(line.agency_id for line in sheet.hours if line.agency_id is not None)
    context = {
        "change": change,
        "title": sheet_title(sheet),
        "days": [line_row(line) for line in sheet.days],
        "hours": [hours_row(line, told_of) for line in sheet.hours],
        "proposed_by": names[change.proposed_by],
        "decided_by": names[change.decided_by or ""],
        "progress": recalibrations_of([change.pk]).get(change.pk),
        "is_mine": change.proposed_by == request.mandate.actor,
        "preview": preview,
        "visible": _visible(request, preview) if preview else set(),
        "edition": queries.newest_edition(),
        "reason": reason,
        "reason_error": problem,
        "problems": [{"key": "reason", "message": problem}] if problem else [],
    }
    return render(request, "console/calendar/change.html", context, status=422 if problem else 200)


def _visible(request: OfficerRequest, preview: Preview) -> set[str]:
    """Return which of the shown dossiers the visitor may open: who runs the system may see none."""
    codes = [move.code for move in preview.moves]
    return set(visible_to(request.mandate).filter(code__in=codes).values_list("code", flat=True))
