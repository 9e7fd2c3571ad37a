"""The statutory papers that are addressed to the applicant, for keeping."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.web import papers
from motcua.web.access import CitizenRequest

from .access import own_dossier


@require_safe
@own_dossier
def show(request: CitizenRequest, dossier: Dossier, paper_id: UUID) -> HttpResponse:
    """Send one of the papers to the owner or the submitter."""
    try:
        issued = queries.issued_paper_of(dossier, paper_id)
    except queries.NoSuchPaper:
        raise Http404 from None
    if issued.paper not in queries.TO_THE_APPLICANT:
        raise Http404
    return papers.file_response(papers.printed(request, dossier, issued), as_attachment=True)


def addressed_to_the_applicant(dossier: Dossier) -> list[IssuedPaper]:
    """Return the papers of the dossier that its people may read."""
    return [
        issued
        for issued in queries.issued_papers_of(dossier)
        if issued.paper in queries.TO_THE_APPLICANT
    ]
