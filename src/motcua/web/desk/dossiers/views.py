"""The dossier's page: papers left, data right, the clock, the history and the acts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.security import CONTENT_SECURITY_POLICY

from .access import dossier_or_404
from .acting import SCREENS
from .workspace import Paper, workspace_of

# PDFs are shown inside this page, and inside no other.
VIEWER_POLICY = f"{CONTENT_SECURITY_POLICY}; object-src 'self'; frame-src 'self'"


@officer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show everything about one dossier, and what this officer may do with it."""
    now = clock.now()
    dossier = dossier_or_404(request, code)
    workspace = workspace_of(dossier, request.mandate, now=now)
    response = render(
        request,
        "desk/dossiers/show.html",
        {
            "workspace": workspace,
            "dossier": dossier,
            "paper": _open_paper(request, workspace.papers),
            "following": _following(request, dossier),
            "now": now,
        },
    )
    response.headers["Content-Security-Policy"] = VIEWER_POLICY
    return response


def _open_paper(request: OfficerRequest, papers: list[Paper]) -> Paper | None:
    asked_for = request.GET.get("giay-to", "")
    first = papers[0] if papers else None
    return next((paper for paper in papers if str(paper.pk) == asked_for), first)


def _following(request: OfficerRequest, dossier: Dossier) -> Dossier | None:
    """Return the next dossier of the list that the officer has just worked off."""
    _screen, tab = SCREENS.get(request.GET.get("sau", ""), (None, None))
    if tab is None:
        return None
    return queries.next_for(request.mandate, tab, after=dossier, at=clock.now())
