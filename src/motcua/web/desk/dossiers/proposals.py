"""The processing officer closes the examination and proposes an outcome to whoever is next."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.procedures.definitions import StepAct, Version
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
# Where another examination comes before the signature.
PASSED_ON = ActPage(
    verb="propose",
    title=_("Thẩm tra xong bước này"),
    lead=_("Cán bộ ở bước tiếp theo và lãnh đạo đọc ý kiến này. Người nộp không đọc được."),
    button=_("Chuyển bước tiếp theo"),
    told=_("Đã chuyển hồ sơ sang bước tiếp theo."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the outcome and the opinion, and propose."""
    dossier = dossier_or_404(request, code)
    version = compiled(dossier.version_id)
    form = ProposalForm(
        posted(request), asks_what_is_owed=queries.obligation_is_unsettled(dossier, version)
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

    page = PASSED_ON if _is_examined_again(dossier, version) else PAGE
    return perform(request, dossier, page, form, act)


def _is_examined_again(dossier: Dossier, version: Version) -> bool:
    step = version.steps.get(dossier.step_key or "")
    return step is not None and any(
        version.steps[following].act is StepAct.EXAMINE for following in step.next
    )
