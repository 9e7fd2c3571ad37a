"""The files of a dossier, shown in the browser as what they were found to be."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from motcua.documents.definitions import PDF
from motcua.documents.models import StoredFile
from motcua.documents.queries import content_of
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.papers import PDF_POLICY

from .access import dossier_or_404

# The file may be looked at inside our own page and do nothing else.
PICTURE_POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"


@officer_required
@require_safe
def show(request: OfficerRequest, code: str, file_id: UUID) -> HttpResponse:
    """Send one file of the dossier, under the type that its content was checked to be."""
    file = _file_of(dossier_or_404(request, code), file_id)
    return HttpResponse(
        content_of(file),
        headers={
            "Content-Type": file.media_type,
            "Content-Disposition": str(
                content_disposition_header(as_attachment=False, filename=file.name)
            ),
            "Content-Security-Policy": PDF_POLICY if file.media_type == PDF else PICTURE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Cache-Control": "private, no-store",
        },
    )


def _file_of(dossier: Dossier, file_id: UUID) -> StoredFile:
    for paper in queries.papers_of(dossier):
        if paper.file_id == file_id:
            return paper.file
    result = queries.result_of(dossier)
    if result is not None and result.file is not None and result.file_id == file_id:
        return result.file
    raise Http404
