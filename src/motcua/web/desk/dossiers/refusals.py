"""The one-stop officer turns a dossier away at the door (form 03)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .acting import ActPage
from .reasons import Asked, act_with_a_reason

PAGE = ActPage(
    verb="refuse",
    title=_("Từ chối tiếp nhận"),
    lead=_("Hồ sơ kết thúc ở đây. Nếu chỉ thiếu giấy tờ, hãy yêu cầu bổ sung thay vì từ chối."),
    button=_("Từ chối tiếp nhận"),
    told=_("Đã từ chối tiếp nhận. Người nộp thấy lý do trên trang hồ sơ."),
    is_final=True,
)
ASKED = Asked(
    label=_("Lý do từ chối"),
    hint=_("Người nộp đọc nguyên văn. Nêu căn cứ và nơi có thể nộp đúng, nếu có."),
    missing=_("Hãy ghi rõ lý do từ chối."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the reason, and refuse."""
    return act_with_a_reason(request, code, PAGE, services.refuse_dossier, ASKED)
