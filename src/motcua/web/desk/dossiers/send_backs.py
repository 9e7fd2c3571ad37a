"""The leader sends a dossier back to be worked on again."""

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
    verb="send_back",
    title=_("Trả lại để xử lý tiếp"),
    lead=_("Hồ sơ quay lại bước thẩm tra. Đồng hồ thời hạn vẫn chạy."),
    button=_("Trả lại"),
    told=_("Đã trả lại hồ sơ để xử lý tiếp."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask what must be mended, and send back."""
    dossier = dossier_or_404(request, code)
    form = ReasonForm(
        posted(request),
        label=_("Cần xử lý lại điều gì"),
        hint=_("Công chức xử lý đọc nguyên văn. Người nộp không đọc được."),
        missing=_("Hãy ghi rõ cần xử lý lại điều gì."),
    )

    def act(at: datetime) -> None:
        services.send_back_dossier(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            reason=form.cleaned_data["reason"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act)
