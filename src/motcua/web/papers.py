"""The statutory papers as files: printed for whoever may read them, wherever that is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from motcua.documents.definitions import PDF
from motcua.documents.models import StoredFile
from motcua.documents.queries import content_of
from motcua.dossiers import services
from motcua.dossiers.definitions import form_with
from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.kernel import clock

from . import lookup_links

# The file may be looked at inside our own page and do nothing else. Browsers show no PDF in a
# sandbox; it has no scripts of ours to reach, and none of its own run without script-src.
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """An issued paper as lists show it."""

    id: UUID
    name: str
    number: str
    form: str
    issued_at: datetime
    issued_by: str


def line_of(issued: IssuedPaper) -> Line:
    """Return what a list says of the paper."""
    paper = Paper(issued.paper)
    form = form_with(issued.circular, paper, issued.template)
    return Line(
        id=issued.pk,
        name=str(paper.label),
        number=form.numbered(issued.number, issued.year),
        form=form.title,
        issued_at=issued.issued_at,
        issued_by=issued.issued_by.full_name if issued.issued_by else "",
    )


def printed(request: HttpRequest, dossier: Dossier, issued: IssuedPaper) -> StoredFile:
    """Return the bytes of the paper, made at this moment if nobody has read it before."""
    return services.print_paper(
        paper_id=issued.pk,
        lookup=address_of(request, reverse("portal:lookup")).partition("://")[2].rstrip("/"),
        link=link_to(request, dossier),
        at=clock.now(),
    )


def link_to(request: HttpRequest, dossier: Dossier) -> str:
    """Return the address behind the paper's QR code: opaque, and signed."""
    token = lookup_links.token_of(dossier)
    return address_of(request, reverse("portal:lookup-result", args=[token]))


def address_of(request: HttpRequest, path: str) -> str:
    """Return the path as citizens reach it from outside."""
    if settings.PUBLIC_ADDRESS:
        return f"{settings.PUBLIC_ADDRESS}{path}"
    return request.build_absolute_uri(path)


def file_response(file: StoredFile, *, as_attachment: bool) -> HttpResponse:
    """Send a paper that was printed before."""
    return pdf_response(content_of(file), file.name, as_attachment=as_attachment)


def pdf_response(content: bytes, name: str, *, as_attachment: bool) -> HttpResponse:
    """Send a PDF that nobody but this reader keeps."""
    return HttpResponse(
        content,
        headers={
            "Content-Type": PDF,
            "Content-Disposition": str(
                content_disposition_header(as_attachment=as_attachment, filename=name)
            ),
            "Content-Security-Policy": PDF_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Cache-Control": "private, no-store",
        },
    )
