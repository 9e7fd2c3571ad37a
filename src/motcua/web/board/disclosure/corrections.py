"""Corrections of what is public: proposed on a page of their own, decided beside the month."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.disclosure import queries, services
from motcua.disclosure.definitions import RESTATABLE, Change, lists_of, name_of
from motcua.disclosure.models import Publication, PublicationState
from motcua.disclosure.queries import NoSuchPublication
from motcua.kernel import clock
from motcua.web.access import OfficerRequest
from motcua.web.board.access import office_required
from motcua.web.disclosed import FIELD_NAMES, month_words
from motcua.web.words import Words

from .access import publication_or_404
from .acting import attempt
from .publications import correction_verb, sheet_page

LISTS: Mapping[str, Words] = {
    "agencies": gettext_lazy("Cơ quan"),
    "units": gettext_lazy("Đơn vị"),
    "persons": gettext_lazy("Cá nhân"),
    "excused": gettext_lazy("Nguyên nhân khách quan"),
    "index": gettext_lazy("Bộ chỉ số 766"),
    "online": gettext_lazy("Hồ sơ trực tuyến"),
}


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, publication_id: int) -> HttpResponse:
    """Ask what is wrong with what was published, and why; take the proposal in."""
    publication = publication_or_404(publication_id)
    if publication.state != PublicationState.PUBLISHED:
        raise Http404
    if request.method != "POST":
        return _page(request, publication)
    said = {
        name: request.POST.get(name, "") for name in ("change", "target", "field", "new", "reason")
    }
    return attempt(
        request,
        lambda: services.propose_correction(
            publication_id=publication.pk, mandate=request.mandate, at=clock.now(), **said
        ),
        told=_("Đã đề nghị đính chính. Cần hai người khác phê duyệt."),
        then=reverse("board:publication", args=[publication.pk]),
        again=lambda problem: _page(request, publication, problem=problem),
    )


@office_required
@require_POST
def decide(request: OfficerRequest, publication_id: int, correction_id: int) -> HttpResponse:
    """Approve a correction, or turn it down for a reason."""
    asked: dict[str, Any] = {
        "publication_id": publication_id,
        "correction_id": correction_id,
        "mandate": request.mandate,
        "at": clock.now(),
    }
    approves = request.POST.get("decision") == "approve"
    then = reverse("board:publication", args=[publication_id])
    try:
        return attempt(
            request,
            lambda: (
                services.approve_correction(**asked)
                if approves
                else services.reject_correction(**asked, reason=request.POST.get("reason", ""))
            ),
            told=_("Đã ghi nhận phê duyệt của Ông/Bà.") if approves else _("Đã ghi không duyệt."),
            then=then,
            again=lambda problem: sheet_page(
                request,
                publication_or_404(publication_id),
                verb=correction_verb(correction_id),
                problem=problem,
            ),
        )
    except NoSuchPublication as missing:
        raise Http404 from missing


def _page(request: OfficerRequest, publication: Publication, *, problem: str = "") -> HttpResponse:
    view = queries.published(publication).view
    fields = dict.fromkeys(field for names in RESTATABLE.values() for field in names)
    context = {
        "publication": publication,
        "month": month_words(publication.month),
        "changes": [{"value": each.value, "label": each.label} for each in Change],
        "targets": [
            (LISTS[name], [(row["key"], f"{row['key']}. {name_of(row)}") for row in rows])
            for name, rows in lists_of(view)
            if rows
        ],
        "fields": [{"value": field, "label": FIELD_NAMES[field]} for field in fields],
        "values": request.POST,
        "problem": problem,
        "problems": [{"key": "change", "message": problem}] if problem else [],
    }
    return render(
        request, "board/disclosure/correction_new.html", context, status=422 if problem else 200
    )
