"""The plan as its clauses, and as a matrix of agencies and tasks; and one task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.offices.models import Agency
from motcua.plans import policies, queries
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.queries import Tally, TaskRow
from motcua.web.words import Words

from . import shown
from .access import PlanRequest, plan_required

ALL, OVERDUE, MINE, WAITING = "", "qua-han", "cua-toi", "cho-xac-nhan"
_VIEWS: dict[str, Words] = {
    ALL: gettext_lazy("Tất cả"),
    OVERDUE: gettext_lazy("Quá hạn"),
    WAITING: gettext_lazy("Chờ xác nhận"),
    MINE: gettext_lazy("Của cơ quan tôi"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A task as a line of the list."""

    clause: str
    words: str
    owners: str
    rhythm: Words
    due_on: date | None
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading of the plan with its tasks."""

    key: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """An owner, and how it stands with each task."""

    name: str
    code: str
    cells: list[shown.Cell | None]


@plan_required
@require_safe
def index(request: PlanRequest) -> HttpResponse:
    """Show every clause with its tasks, and who is how far with each."""
    today = clock.today()
    view = request.GET.get("xem", ALL)
    view = view if view in _VIEWS else ALL
    own = agencies_acted_for(request.mandate)
    agencies = queries.annex_agencies(today) if request.sees_all else []
    agency = next((a for a in agencies if a.code == request.GET.get("co-quan")), None)
    asked = _asked_for(request, view, agency, own)
    rows = queries.task_rows(
        request.plan,
        agency_ids=asked,
        outsiders=asked is None
        or (agency is None and policies.keeps(request.mandate, request.plan)),
    )
    kept = [row for row in rows if _is_asked(row, view, today, whole=asked is None)]
    everything = [duty for row in rows for duty in row.duties]
    return render(
        request,
        "board/plan/tasks.html",
        {
            "plan": request.plan,
            "tally": Tally.of(everything, today),
            "tabs": [
                {
                    "label": words,
                    "href": f"?xem={each}" if each else "?",
                    "current": each == view and agency is None,
                    "count": _count(rows, each, today),
                    "tone": "overdue" if each == OVERDUE else "",
                }
                for each, words in _VIEWS.items()
                if request.sees_all or each != MINE
            ],
            "agencies": agencies,
            "agency": agency,
            "parts": _parts(request, kept, today),
            "columns": [row.task.clause for row in kept],
            "matrix": _matrix(request, kept, agencies, today) if agencies and not agency else [],
            "keeps": policies.keeps(request.mandate, request.plan),
            "sees_all": request.sees_all,
        },
    )


@plan_required
@require_safe
def show(request: PlanRequest, clause: str) -> HttpResponse:
    """Show a task: its wording now and before, and the duties that the visitor may see."""
    today = clock.today()
    try:
        task, versions = queries.task_with(request.plan, clause)
    except queries.NoSuchTask as missing:
        raise Http404 from missing
    current = versions[0]
    own = None if request.sees_all else agencies_acted_for(request.mandate)
    duties = [
        duty
        for duty in queries.duties_of(request.plan, agency_ids=own, outsiders=own is None)
        if duty.task_id == task.pk
    ]
    if own is not None and not duties:
        raise Http404
    title = next((words for key, words in request.plan.parts if key == task.part), "")
    return render(
        request,
        "board/plan/task.html",
        {
            "plan": request.plan,
            "task": task,
            "part": title,
            "version": current,
            "earlier": versions[1:],
            "owners": queries.owners_in_words(request.plan, current),
            "rhythm": shown.RHYTHMS[current.rhythm],
            "tally": Tally.of(duties, today),
            "lines": [
                {
                    "duty": duty,
                    "owner": shown.owner_words(request.plan, duty),
                    "period": shown.period_words(duty, current.rhythm),
                    "badge": shown.duty_badge(duty, today),
                }
                for duty in duties
            ],
        },
    )


def _asked_for(
    request: PlanRequest, view: str, agency: Agency | None, own: frozenset[int]
) -> Sequence[int] | frozenset[int] | None:
    """Return whose duties are looked at; None for everybody's."""
    if agency is not None:
        return [agency.pk]
    return None if request.sees_all and view != MINE else own


def _is_asked(row: TaskRow, view: str, today: date, *, whole: bool) -> bool:
    tally = row.tally(today)
    if view == OVERDUE:
        return tally.overdue > 0
    if view == WAITING:
        return tally.waiting > 0
    return whole or tally.duties > 0


def _count(rows: Sequence[TaskRow], view: str, today: date) -> int | None:
    """Return how many tasks the tab opens, where that says something."""
    if view not in (OVERDUE, WAITING):
        return None
    return sum(_is_asked(row, view, today, whole=False) for row in rows)


def _parts(request: PlanRequest, rows: Sequence[TaskRow], today: date) -> list[Part]:
    parts = [
        Part(
            key=key,
            title=title,
            lines=[
                Line(
                    clause=row.task.clause,
                    words=shown.shortened(row.version.wording),
                    owners=queries.owners_in_words(request.plan, row.version),
                    rhythm=shown.RHYTHMS[row.version.rhythm],
                    due_on=row.version.due_on,
                    tally=row.tally(today),
                )
                for row in rows
                if row.task.part == key
            ],
        )
        for key, title in request.plan.parts
    ]
    return [part for part in parts if part.lines]


def _matrix(
    request: PlanRequest, rows: Sequence[TaskRow], agencies: Sequence[Agency], today: date
) -> list[MatrixRow]:
    by_owner = [row.by_owner() for row in rows]
    lines = [
        MatrixRow(
            name=agency.name,
            code=agency.code,
            cells=[shown.cell(owners.get(agency.pk, []), today) for owners in by_owner],
        )
        for agency in agencies
    ]
    known = {agency.pk for agency in agencies}
    others: dict[int | str, str] = {
        key: shown.owner_words(request.plan, duties[0])
        for owners in by_owner
        for key, duties in owners.items()
        if key not in known
    }
    return lines + [
        MatrixRow(
            name=name,
            code="",
            cells=[shown.cell(owners.get(key, []), today) for owners in by_owner],
        )
        for key, name in others.items()
    ]
