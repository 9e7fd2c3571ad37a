"""The leader ends the settlement without a result."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .acting import ActPage
from .reasons import Asked, act_with_a_reason

PAGE = ActPage(
    verb="stop",
    title=_("Dừng xử lý hồ sơ"),
    lead=_("Hồ sơ kết thúc ở đây mà không có kết quả. Việc này không hoàn lại được."),
    button=_("Dừng xử lý"),
    told=_("Đã dừng xử lý hồ sơ. Người nộp thấy lý do trên trang hồ sơ."),
    is_final=True,
)
ASKED = Asked(
    label=_("Lý do dừng xử lý"),
    hint=_("Người nộp đọc nguyên văn. Nêu căn cứ pháp luật."),
    missing=_("Hãy ghi rõ lý do dừng xử lý."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the reason, and stop."""
    return act_with_a_reason(request, code, PAGE, services.stop_dossier, ASKED)
