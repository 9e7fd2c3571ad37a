"""The control sheet: which unit had the dossier when, and whether it kept its time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.documents.definitions import typeset
from motcua.dossiers import queries
from motcua.dossiers.definitions import form_on, page_of
from motcua.dossiers.lifecycle import CLOSED_STATES, Paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Passing
from motcua.kernel import clock
from motcua.offices.queries import officer_names
from motcua.procedures.queries import compiled
from motcua.web import papers, spreadsheets
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404


@officer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the sheet as it stands now; as a file with `?format=pdf` or `xlsx`."""
    dossier = dossier_or_404(request, code)
    if dossier.accepted_at is None:
        raise Http404
    now = clock.now()
    asked_for = request.GET.get("format", "")
    if asked_for == "pdf":
        # Official papers are in Vietnamese, whatever language the officer reads.
        with translation.override("vi"):
            content = _pdf(request, dossier, _passings(dossier), now)
        return papers.pdf_response(content, "phieu-kiem-soat.pdf", as_attachment=False)
    passings = _passings(dossier)
    if asked_for == "xlsx":
        return spreadsheets.xlsx_response("phieu-kiem-soat", _heading(), _rows(passings))
    return render(
        request,
        "desk/dossiers/control_sheet.html",
        {
            "dossier": dossier,
            "version": compiled(dossier.version_id),
            "passings": passings,
            "form": form_on(Paper.CONTROL_SHEET, clock.day_of(now)),
            "now": now,
        },
    )


def _passings(dossier: Dossier) -> list[Passing]:
    history = list(queries.history_of(dossier))
    unit_ids = {event.data["unit"] for event in history if event.data.get("unit")}
    officers = {
        int(event.actor.partition(":")[2])
        for event in history
        if event.actor.startswith("officer:")
    }
    return queries.passings_of(
        dossier,
        compiled(dossier.version_id),
        units=queries.units_named(unit_ids | {dossier.receiving_unit_id}),
        officers=officer_names(officers) if officers else {},
        history=history,
    )


def _pdf(
    request: OfficerRequest, dossier: Dossier, passings: list[Passing], now: datetime
) -> bytes:
    form = form_on(Paper.CONTROL_SHEET, clock.day_of(now))
    agency = dossier.settling_agency
    facts = {
        "code": dossier.code,
        "agency": agency.name,
        "parent_agency": agency.parent.name if agency.parent else None,
        "place": queries.place_of_issue(agency),
        "owner": dossier.owner_name,
        "procedure": compiled(dossier.version_id).name,
        "settling_agency": agency.name,
        "accepted_at": dossier.accepted_at,
        "due_at": dossier.due_at,
        "finished": dossier.state in CLOSED_STATES,
        "rows": [
            {
                "giver": each.giver,
                "giver_name": each.giver_name,
                "taker": each.taker,
                "taker_name": each.taker_name,
                "handed_at": each.handed_at,
                "result": each.result,
                "note": each.note,
            }
            for each in passings
        ],
    }
    page = page_of(form, facts, at=now)
    return typeset(form.path, page, at=now, link=papers.link_to(request, dossier))


def _heading() -> list[str]:
    return [
        _("Bên giao"),
        _("Người giao"),
        _("Bên nhận"),
        _("Thời gian giao, nhận"),
        _("Hạn của bước"),
        _("Kết quả"),
        _("Ghi chú"),
    ]


def _rows(passings: list[Passing]) -> Iterator[list[Any]]:
    for each in passings:
        yield [
            each.giver,
            each.giver_name,
            each.taker,
            each.handed_at,
            each.due_at,
            each.result,
            each.note,
        ]
