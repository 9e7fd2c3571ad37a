"""Reading what a procedure is and takes, on its page and on a sheet of paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.kernel.clock import today
from motcua.procedures.definitions import Version
from motcua.procedures.definitions.national import NationalProcedure
from motcua.procedures.queries import (
    UnknownProcedure,
    national_original,
    national_procedure,
    version_in_force,
)

from . import finding, national, shown
from .leaflet import leaflet_of


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What one procedure is, who may ask for it, and what it takes."""
    procedure = _procedure(code)
    if isinstance(procedure, Version):
        template, page = "portal/procedure.html", shown.procedure_page(procedure)
    else:
        template = "portal/national_procedure.html"
        original = national_original(code) if procedure.gaps else {}
        page = national.procedure_page(procedure, original)
    return render(request, template, {**page, "crumbs": finding.crumbs()})


@require_safe
def leaflet(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet of paper that says what to bring and where, with a code that opens the page."""
    procedure = _procedure(code)
    sheet = (
        leaflet_of(procedure) if isinstance(procedure, Version) else national.leaflet_of(procedure)
    )
    path = reverse("portal:procedure", args=[code])
    return render(
        request,
        "portal/leaflet.html",
        {
            "leaflet": sheet,
            "url": request.build_absolute_uri(path),
            "host": request.get_host(),
            "path": path,
        },
    )


def _procedure(code: str) -> Version | NationalProcedure:
    """Return what is settled here, or else what the national portal says of it."""
    try:
        return version_in_force(code, today())
    except UnknownProcedure:
        pass
    try:
        return national_procedure(code)
    except UnknownProcedure:
        raise Http404 from None
