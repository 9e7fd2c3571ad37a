"""The one-stop officer turns a dossier away at the door (form 03)."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ReasonForm

PAGE = ActPage(
    verb="refuse",
    title=_("Từ chối tiếp nhận"),
    lead=_("Hồ sơ kết thúc ở đây. Nếu chỉ thiếu giấy tờ, hãy yêu cầu bổ sung thay vì từ chối."),
    button=_("Từ chối tiếp nhận"),
    told=_("Đã từ chối tiếp nhận. Người nộp thấy lý do trên trang hồ sơ."),
    is_final=True,
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the reason, and refuse."""
    dossier = dossier_or_404(request, code)
    form = ReasonForm(
        posted(request),
        label=_("Lý do từ chối"),
        hint=_("Người nộp đọc nguyên văn. Nêu căn cứ và nơi có thể nộp đúng, nếu có."),
        missing=_("Hãy ghi rõ lý do từ chối."),
    )

    def act(at: datetime) -> None:
        services.refuse_dossier(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            reason=form.cleaned_data["reason"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act)
