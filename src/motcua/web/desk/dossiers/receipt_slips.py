"""The receipt slip with the promised day (form 01), as it goes over the counter."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Channel
from motcua.procedures.queries import compiled
from motcua.web import papers
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.navigation import path_to

from .access import dossier_or_404
from .views import VIEWER_POLICY


@officer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the slip of an accepted dossier, ready to print."""
    dossier = dossier_or_404(request, code)
    if dossier.accepted_at is None:
        raise Http404
    slip = queries.receipt_slip_of(dossier)
    response = render(
        request,
        "desk/dossiers/receipt_slip.html",
        {
            "dossier": dossier,
            "version": compiled(dossier.version_id),
            "slip": papers.line_of(slip) if slip else None,
            "intake": queries.intake_of(dossier),
            # Straight from the counter: the next person is waiting.
            "next_url": _next_url(request.GET.get("sau", "")),
        },
    )
    response.headers["Content-Security-Policy"] = VIEWER_POLICY
    return response


def _next_url(after: str) -> str:
    name = {Channel.DIRECT.value: "desk:counter", Channel.POST.value: "desk:post"}.get(after)
    return (path_to(name) or "") if name else ""
