"""The processing officer tells the applicant of a financial obligation."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ObligationForm

PAGE = ActPage(
    verb="impose_obligation",
    title=_("Thông báo nghĩa vụ tài chính"),
    lead=_("Đồng hồ thời hạn tạm dừng đến khi người nộp thực hiện xong."),
    button=_("Gửi thông báo và tạm dừng thời hạn"),
    told=_("Đã thông báo nghĩa vụ tài chính. Đồng hồ thời hạn đang tạm dừng."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the notice and the amount, and tell the applicant."""
    dossier = dossier_or_404(request, code)
    form = ObligationForm(posted(request))

    def act(at: datetime) -> None:
        services.impose_obligation(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            notice=form.cleaned_data["notice"],
            amount_dong=form.cleaned_data["amount"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act)
