"""The right of reply: what names one's agency or oneself, and answering to it in time."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.disclosure import policies, queries, services
from motcua.disclosure.models import DisclosedLine
from motcua.disclosure.queries import LineSheet, NoSuchPublication
from motcua.kernel import clock
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.disclosed import month_words

from .acting import attempt


@officer_required
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """Show every line that names the officer or an agency they head."""
    now = clock.now()
    lines = queries.lines_concerning(request.mandate)
    only_open = request.GET.get("xem") == "cho-phan-hoi"
    if only_open:
        open_ids = set(
            queries.lines_to_answer(request.mandate, at=now).values_list("pk", flat=True)
        )
        lines = [line for line in lines if line.pk in open_ids]
    return render(
        request,
        "board/disclosure/replies.html",
        {
            "only_open": only_open,
            "rows": [
                {
                    "line": line,
                    "month": month_words(line.publication.month),
                    "name": name_of(line),
                    "is_open": policies.takes_replies(line.publication, at=now),
                }
                for line in lines
            ],
        },
    )


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, publication_id: int, line_id: int) -> HttpResponse:
    """Show what is said of one, with the evidence; answer to it."""
    sheet = _own_or_404(request, publication_id, line_id)
    if request.method != "POST":
        return _page(request, sheet)
    return attempt(
        request,
        lambda: services.reply_to_line(
            publication_id=publication_id,
            line_id=line_id,
            mandate=request.mandate,
            words=request.POST.get("words", ""),
            at=clock.now(),
        ),
        told=_("Đã gửi phản hồi. Phản hồi được công khai bên cạnh dòng này."),
        then=reverse("board:replies"),
        again=lambda problem: _page(request, sheet, problem=problem),
    )


def name_of(line: DisclosedLine) -> str:
    """Return whom the line names."""
    return line.officer_name or line.unit_name or line.agency_name


def _own_or_404(request: OfficerRequest, publication_id: int, line_id: int) -> LineSheet:
    # A line about somebody else is not there at all.
    own = {line.pk for line in queries.lines_concerning(request.mandate)}
    try:
        sheet = queries.line_with(publication_id, line_id)
    except NoSuchPublication as missing:
        raise Http404 from missing
    if sheet.line.pk not in own:
        raise Http404
    return sheet


def _page(request: OfficerRequest, sheet: LineSheet, *, problem: str = "") -> HttpResponse:
    line = sheet.line
    replied = any(reply.officer_id == request.mandate.officer_id for reply in sheet.replies)
    context = {
        "sheet": sheet,
        "line": line,
        "name": name_of(line),
        "month": month_words(line.publication.month),
        "evidence": queries.dossiers_behind(line),
        "may_reply": not replied and policies.takes_replies(line.publication, at=clock.now()),
        "words": request.POST.get("words", ""),
        "problem": problem,
        "problems": [{"key": "words", "message": problem}] if problem else [],
    }
    return render(
        request, "board/disclosure/reply_new.html", context, status=422 if problem else 200
    )
