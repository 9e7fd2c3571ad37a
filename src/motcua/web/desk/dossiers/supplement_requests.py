"""An officer asks the applicant for what is missing (form 02), before acceptance or after it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import SupplementRequestForm

AT_INTAKE = ActPage(
    verb="request_intake_supplement",
    title=_("Yêu cầu bổ sung trước khi tiếp nhận"),
    lead=_("Hãy yêu cầu đủ một lần. Thời hạn giải quyết chỉ tính từ khi hồ sơ được tiếp nhận."),
    button=_("Gửi yêu cầu bổ sung"),
    told=_("Đã gửi yêu cầu bổ sung cho người nộp."),
    template="desk/dossiers/supplement_request_new.html",
)
IN_PROGRESS = ActPage(
    verb="request_supplement",
    title=_("Yêu cầu bổ sung giấy tờ"),
    lead=_("Hãy yêu cầu đủ một lần. Đồng hồ thời hạn tạm dừng đến khi người nộp bổ sung."),
    button=_("Gửi yêu cầu và tạm dừng thời hạn"),
    told=_("Đã gửi yêu cầu bổ sung. Đồng hồ thời hạn đang tạm dừng."),
    template="desk/dossiers/supplement_request_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_at_intake(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for papers before the dossier is accepted."""
    return _new(request, code, AT_INTAKE, services.request_intake_supplement)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for papers while the dossier is examined; the clock pauses."""
    return _new(request, code, IN_PROGRESS, services.request_supplement)


def _new(
    request: OfficerRequest, code: str, page: ActPage, ask: Callable[..., Dossier]
) -> HttpResponse:
    dossier = dossier_or_404(request, code)
    case = compiled(dossier.version_id).cases[dossier.case_key]
    form = SupplementRequestForm(posted(request), components=case.components_for(dossier.answers))

    def act(at: datetime) -> None:
        ask(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            reason=form.cleaned_data["reason"],
            items=form.items(),
            at=at,
        )

    handed_in = {paper.key for paper in queries.papers_of(dossier)}
    return perform(request, dossier, page, form, act, handed_in=handed_in)
