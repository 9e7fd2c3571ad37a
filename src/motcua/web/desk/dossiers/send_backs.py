"""The leader sends a dossier back to be worked on again."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .acting import ActPage
from .reasons import Asked, act_with_a_reason

PAGE = ActPage(
    verb="send_back",
    title=_("Trả lại để xử lý tiếp"),
    lead=_("Hồ sơ quay lại bước thẩm tra. Đồng hồ thời hạn vẫn chạy."),
    button=_("Trả lại"),
    told=_("Đã trả lại hồ sơ để xử lý tiếp."),
)
ASKED = Asked(
    label=_("Cần xử lý lại điều gì"),
    hint=_("Công chức xử lý đọc nguyên văn. Người nộp không đọc được."),
    missing=_("Hãy ghi rõ cần xử lý lại điều gì."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask what must be mended, and send back."""
    return act_with_a_reason(request, code, PAGE, services.send_back_dossier, ASKED)
