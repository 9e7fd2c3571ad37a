"""Force majeure lets the clock stand, until work can go on."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .acting import ActPage
from .reasons import Asked, act_with_a_reason

SUSPEND = ActPage(
    verb="suspend",
    title=_("Tạm ngừng vì bất khả kháng"),
    lead=_(
        "Chỉ dùng khi thiên tai, hỏa hoạn, dịch bệnh hoặc sự cố khiến không ai làm việc được. Đồng "
        "hồ thời hạn tạm dừng; thời gian tạm ngừng được thống kê riêng."
    ),
    button=_("Tạm ngừng giải quyết"),
    told=_("Đã tạm ngừng giải quyết. Người nộp thấy lý do trên trang hồ sơ."),
)
RESUME = ActPage(
    verb="resume_settlement",
    title=_("Giải quyết tiếp"),
    lead=_("Đồng hồ thời hạn chạy tiếp từ lúc này."),
    button=_("Giải quyết tiếp"),
    told=_("Đồng hồ thời hạn chạy tiếp."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the event and its ground, and suspend."""
    return act_with_a_reason(
        request,
        code,
        SUSPEND,
        services.suspend_settlement,
        Asked(
            label=_("Sự kiện bất khả kháng và căn cứ"),
            hint=_("Người nộp đọc nguyên văn. Nêu sự kiện, từ lúc nào, văn bản nào xác nhận."),
            missing=_("Hãy ghi rõ sự kiện bất khả kháng và căn cứ."),
        ),
    )


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask why work can go on, and go on."""
    return act_with_a_reason(
        request,
        code,
        RESUME,
        services.resume_settlement,
        Asked(
            label=_("Vì sao giải quyết tiếp được"),
            hint=_("Người nộp đọc nguyên văn."),
            missing=_("Hãy ghi vì sao giải quyết tiếp được."),
        ),
    )
