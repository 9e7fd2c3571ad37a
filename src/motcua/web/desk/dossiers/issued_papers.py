"""The statutory papers of a dossier, as PDF: the same bytes whoever prints them, and when."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.web import papers
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404


@officer_required
@require_safe
def show(request: OfficerRequest, code: str, paper_id: UUID) -> HttpResponse:
    """Send one issued paper, to look at or to keep (`?tai-ve`)."""
    dossier = dossier_or_404(request, code)
    try:
        issued = queries.issued_paper_of(dossier, paper_id)
    except queries.NoSuchPaper:
        raise Http404 from None
    file = papers.printed(request, dossier, issued)
    return papers.file_response(file, as_attachment="tai-ve" in request.GET)
