"""The one-stop officer takes a dossier in, and the city promises a day."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.kernel import clock
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .deadlines import limit_in_words
from .forms import AcceptanceForm
from .workspace import missing_papers

PAGE = ActPage(
    verb="accept",
    title=_("Tiếp nhận hồ sơ"),
    lead=_("Khi tiếp nhận, thời hạn bắt đầu tính và người nộp thấy ngày hẹn trả trên trang hồ sơ."),
    button=_("Tiếp nhận và hẹn trả"),
    told=_("Đã tiếp nhận hồ sơ."),
    template="desk/dossiers/acceptance_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show what will be promised, and accept."""
    dossier = dossier_or_404(request, code)
    version = compiled(dossier.version_id)
    papers = queries.papers_of(dossier)

    def act(at: datetime) -> None:
        services.accept_dossier(dossier_id=dossier.pk, mandate=request.mandate, at=at)

    return perform(
        request,
        dossier,
        PAGE,
        AcceptanceForm(posted(request)),
        act,
        promised_at=queries.promised_at(dossier, version, at=clock.now()),
        limit=limit_in_words(queries.limit_of(dossier, version)),
        papers=papers,
        missing=missing_papers(dossier, version, papers),
    )
