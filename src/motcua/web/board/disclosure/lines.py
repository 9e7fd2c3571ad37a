"""One line of a draft: the evidence, what those named say, and what the office makes of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.disclosure import policies, queries, services
from motcua.disclosure.definitions import LineKind, Naming
from motcua.disclosure.lifecycle import PublicationState
from motcua.disclosure.queries import LineSheet, NoSuchPublication
from motcua.kernel import clock
from motcua.web.access import OfficerRequest
from motcua.web.board.access import office_required
from motcua.web.disclosed import month_words
from motcua.web.numbers import whole

from .acting import attempt

_FIELDS = {"strike": "strike-reason", "amend": "amend-reason", "name": "naming-reason"}


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OfficerRequest, publication_id: int, line_id: int) -> HttpResponse:
    """Show the line; strike it, amend it, or decide whether its person is named."""
    sheet = _sheet_or_404(publication_id, line_id)
    if request.method != "POST":
        return _page(request, sheet)
    post, verb = request.POST, request.POST.get("verb", "")
    if verb not in _FIELDS:
        raise Http404
    asked: dict[str, Any] = {
        "publication_id": publication_id,
        "line_id": line_id,
        "mandate": request.mandate,
        "reason": post.get(_FIELDS[verb], ""),
        "at": clock.now(),
    }
    do = {
        "strike": lambda: services.strike_line(**asked),
        "amend": lambda: services.amend_line(
            **asked, late=whole(post.get("late", ""), digits_max=8) or 0
        ),
        "name": lambda: services.decide_naming(**asked, decision=post.get("decision", "")),
    }[verb]
    return attempt(
        request,
        do,
        told=_("Đã ghi nhận."),
        then=reverse("board:publication-line", args=[publication_id, line_id]),
        again=lambda problem: _page(request, sheet, verb=verb, problem=problem),
    )


def _sheet_or_404(publication_id: int, line_id: int) -> LineSheet:
    try:
        return queries.line_with(publication_id, line_id)
    except NoSuchPublication as missing:
        raise Http404 from missing


def _page(
    request: OfficerRequest, sheet: LineSheet, *, verb: str = "", problem: str = ""
) -> HttpResponse:
    line = sheet.line
    publication = line.publication
    is_open = publication.state == PublicationState.REPLYING
    is_person = line.kind == LineKind.OFFICER
    context = {
        "sheet": sheet,
        "line": line,
        "publication": publication,
        "month": month_words(publication.month),
        "evidence": queries.dossiers_behind(line),
        "is_person": is_person,
        "is_open": is_open,
        "may_name": is_open and is_person and policies.may_decide_naming(request.mandate),
        "namings": [{"value": each.value, "label": each.label} for each in Naming],
        "values": request.POST if verb else {},
        "errors": {_FIELDS[verb]: problem} if verb else {},
        "problems": [{"key": _FIELDS[verb], "message": problem}] if verb else [],
    }
    return render(request, "board/disclosure/line.html", context, status=422 if verb else 200)
