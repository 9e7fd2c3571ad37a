"""Finding a procedure and reading what it takes."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.procedures import queries
from motcua.procedures.queries import UnknownProcedure

from . import shown

ON_HOME = 6
LONGEST_SEARCH = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search, the procedures asked for most, and one's own dossiers."""
    versions = queries.published(_today())
    return render(
        request,
        "portal/home.html",
        {
            "tiles": [shown.tile(version) for version in versions[:ON_HOME]],
            "words": [version.keywords[0] for version in versions[:ON_HOME] if version.keywords],
            "how_many": len(versions),
        },
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All procedures by field, or those that the words may mean."""
    words = " ".join(request.GET.get("q", "")[:LONGEST_SEARCH].split())
    found = queries.search(words, _today()) if words else queries.published(_today())
    return render(
        request,
        "portal/procedures.html",
        {
            "q": words,
            "how_many": len(found),
            "fields": [] if words else shown.by_field(found),
            "found": [shown.tile(version) for version in found] if words else [],
            "suggestions": []
            if found
            else [shown.tile(version) for version in queries.published(_today())[:ON_HOME]],
        },
    )


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What one procedure is, who may ask for it, and what it takes."""
    try:
        version = queries.version_in_force(code, _today())
    except UnknownProcedure:
        raise Http404 from None
    crumbs = [
        (_("Trang chủ"), reverse("portal:home")),
        (_("Thủ tục"), reverse("portal:procedures")),
    ]
    return render(
        request, "portal/procedure.html", {**shown.procedure_page(version), "crumbs": crumbs}
    )


def _today() -> date:
    return clock.now().astimezone(clock.CITY_TIME).date()
