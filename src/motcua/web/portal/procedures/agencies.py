"""The city's agencies, and what each of them settles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.kernel.clock import today
from motcua.offices.models import Agency, AgencyKind
from motcua.offices.queries import settling_agencies
from motcua.procedures.definitions import Version
from motcua.procedures.queries import published

from . import entries, finding

# As people look for them: the nearest first.
_ORDER = (AgencyKind.DISTRICT, AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.VERTICAL)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every agency of the city; communes stand on the page of their district."""
    on = today()
    return render(
        request,
        "portal/agencies.html",
        {
            "kinds": [
                (kind.label, agencies)
                for kind in _ORDER
                if (agencies := list(settling_agencies(kind, on)))
            ],
            "levels": [(value, words) for value, words in finding.LEVELS.items()],
            "level_name": finding.LEVEL,
            "crumbs": finding.crumbs(),
        },
    )


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What one agency settles; of a district, its communes too."""
    on = today()
    agency = Agency.objects.in_force(on).select_related("place", "parent").filter(code=code).first()
    if agency is None:
        raise Http404
    below = (
        [each for each in settling_agencies(AgencyKind.COMMUNE, on) if each.parent_id == agency.pk]
        if agency.kind == AgencyKind.DISTRICT
        else []
    )
    settled = [version for version in published(on) if settles(agency, version)]
    return render(
        request,
        "portal/agency.html",
        {
            "agency": agency,
            "settled": entries.tiles(settled),
            "below": below,
            "crumbs": [*finding.crumbs(), (_("Theo cơ quan"), reverse("portal:agencies"))],
        },
    )


def settles(agency: Agency, version: Version) -> bool:
    """Return whether the procedure is settled there: by the agency itself, or by its kind."""
    if version.settling_agency:
        return version.settling_agency in {agency.name, *agency.aliases}
    return agency.kind in version.settled_by
