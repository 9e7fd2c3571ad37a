"""The processing officer closes the examination and proposes an outcome to the leader."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ProposalForm

PAGE = ActPage(
    verb="propose",
    title=_("Trình ký"),
    lead=_("Lãnh đạo đọc ý kiến này trước khi ký. Người nộp không đọc được."),
    button=_("Trình lãnh đạo"),
    told=_("Đã trình lãnh đạo."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the outcome and the opinion, and propose."""
    dossier = dossier_or_404(request, code)
    form = ProposalForm(
        posted(request),
        asks_what_is_owed=queries.obligation_is_unsettled(dossier, compiled(dossier.version_id)),
    )

    def act(at: datetime) -> None:
        services.propose_outcome(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            outcome=form.cleaned_data["outcome"],
            opinion=form.cleaned_data["opinion"],
            no_obligation=form.cleaned_data.get("no_obligation", ""),
            at=at,
        )

    return perform(request, dossier, PAGE, form, act)
