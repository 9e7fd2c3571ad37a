"""The leader signs the result."""

from datetime import datetime

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.documents.definitions import PDF
from motcua.documents.services import store_file
from motcua.dossiers import queries, services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import DecisionForm
from .workspace import proposal_of

PAGE = ActPage(
    verb="decide",
    title=_("Ký quyết định"),
    lead=_("Kết quả ký xong được chuyển về Bộ phận Một cửa để trả cho người dân."),
    button=_("Ký và chuyển trả kết quả"),
    told=_("Đã ký. Hồ sơ chuyển về Bộ phận Một cửa để trả kết quả."),
    template="desk/dossiers/decision_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the proposal, ask for the result, and decide."""
    dossier = dossier_or_404(request, code)
    proposal = proposal_of(queries.history_of(dossier))
    form = DecisionForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        initial={"outcome": proposal.outcome} if proposal else {},
    )

    # Together, so that a decision that came too late leaves no file behind.
    @transaction.atomic
    def act(at: datetime) -> None:
        given = form.cleaned_data
        file = given["file"] and store_file(
            content=given["file"].read(),
            name=given["file"].name,
            accepts=frozenset({PDF}),
            by=request.user,
            at=at,
        )
        services.decide_dossier(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            outcome=given["outcome"],
            number=given["number"],
            summary=given["summary"],
            file=file or None,
            at=at,
        )

    return perform(request, dossier, PAGE, form, act, proposal=proposal)
