"""The one-stop officer notes that a financial obligation was met."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ObligationDischargeForm

PAGE = ActPage(
    verb="discharge_obligation",
    title=_("Xác nhận đã thực hiện nghĩa vụ tài chính"),
    lead=_("Đồng hồ thời hạn chạy tiếp ngay sau khi xác nhận."),
    button=_("Xác nhận"),
    told=_("Đã xác nhận. Đồng hồ thời hạn chạy tiếp."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the proof of payment, and let the clock run on."""
    dossier = dossier_or_404(request, code)
    form = ObligationDischargeForm(posted(request))

    def act(at: datetime) -> None:
        services.discharge_obligation(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            proof=form.cleaned_data["proof"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act)
