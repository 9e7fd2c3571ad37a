"""Procedures at the kiosk: which papers to bring, and a QR code to take the rest along."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.kernel import clock, text
from motcua.kernel.clock import day_of
from motcua.offices.models import Unit
from motcua.procedures.queries import UnknownProcedure, published, version_in_force
from motcua.web.navigation import path_to

from .access import in_the_hall, named


@in_the_hall
@require_safe
def index(request: HttpRequest, unit: Unit) -> HttpResponse:
    """List the procedures by field: to be pressed, not typed."""
    versions = sorted(
        published(day_of(clock.now())),
        key=lambda version: (text.sort_key(version.field_name), text.sort_key(version.name)),
    )
    fields = [
        (name, list(inside)) for name, inside in groupby(versions, key=lambda v: v.field_name)
    ]
    return render(request, "kiosk/procedures.html", {**named(unit), "fields": fields})


@in_the_hall
@require_safe
def show(request: HttpRequest, unit: Unit, code: str) -> HttpResponse:
    """Tell which papers a procedure takes, in each of its cases."""
    try:
        version = version_in_force(code, day_of(clock.now()))
    except UnknownProcedure:
        raise Http404 from None
    path = path_to("portal:leaflet", version.code) or reverse(
        "portal:procedure", args=[version.code]
    )
    return render(
        request,
        "kiosk/procedure.html",
        {
            **named(unit),
            "version": version,
            "cases": list(version.cases.values()),
            "address": request.build_absolute_uri(path),
        },
    )
