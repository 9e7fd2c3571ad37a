"""The receipt slip with the promised day (form 01 of Circular 01/2018/TT-VPCP), for printing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.navigation import path_to

from .access import dossier_or_404
from .deadlines import limit_in_words


@officer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the slip of an accepted dossier."""
    dossier = dossier_or_404(request, code)
    if dossier.accepted_at is None:
        raise Http404
    version = compiled(dossier.version_id)
    lookup = path_to("portal:lookup") or "/"
    return render(
        request,
        "desk/dossiers/receipt_slip.html",
        {
            "dossier": dossier,
            "version": version,
            "papers": _papers(dossier, version),
            "limit": limit_in_words(queries.limit_of(dossier, version)),
            # The page asks for the code and the secret; both stand beside the square, not in it.
            "lookup_url": request.build_absolute_uri(lookup),
        },
    )


def _papers(dossier: Dossier, version: Version) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for paper in queries.papers_of(dossier):
        counts[paper.key] = counts.get(paper.key, 0) + 1
    components = version.cases[dossier.case_key].components
    return [(c.name, counts[c.key]) for c in components if c.key in counts]
