"""The leader answers an applicant who wants to take an accepted dossier back."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.dossiers.models import PleaKind
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import NothingMoreForm
from .pleading import plea_beside
from .reasons import Asked, act_with_a_reason

GRANT = ActPage(
    verb="grant_withdrawal",
    title=_("Đồng ý cho rút hồ sơ"),
    lead=_(
        "Hồ sơ kết thúc theo ý người nộp, không có kết quả. Hệ thống lập Thông báo dừng giải quyết "
        "hồ sơ. Việc này không hoàn lại được."
    ),
    button=_("Đồng ý cho rút hồ sơ"),
    told=_("Đã cho rút hồ sơ. Người nộp thấy thông báo trên trang hồ sơ."),
    template="desk/dossiers/plea_answer_new.html",
    is_final=True,
)
DECLINE = ActPage(
    verb="decline_withdrawal",
    title=_("Không đồng ý cho rút hồ sơ"),
    lead=_("Hồ sơ tiếp tục được giải quyết. Đồng hồ thời hạn không đổi."),
    button=_("Trả lời người nộp"),
    told=_("Đã trả lời. Người nộp thấy lý do trên trang hồ sơ."),
    template="desk/dossiers/plea_answer_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant_new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show what the applicant wrote, and end the dossier."""
    dossier = dossier_or_404(request, code)
    form = NothingMoreForm(posted(request))

    def act(at: datetime) -> None:
        services.grant_withdrawal(dossier_id=dossier.pk, mandate=request.mandate, at=at)

    beside = plea_beside(PleaKind.WITHDRAWAL)(dossier)
    return perform(request, dossier, GRANT, form, act, **beside)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def refusal_new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show what the applicant wrote, and ask why the dossier goes on."""
    return act_with_a_reason(
        request,
        code,
        DECLINE,
        services.decline_withdrawal,
        Asked(
            label=_("Vì sao không cho rút hồ sơ"),
            hint=_("Người nộp đọc nguyên văn. Nêu căn cứ, viết câu ngắn, dễ hiểu."),
            missing=_("Hãy ghi rõ vì sao không cho rút hồ sơ."),
        ),
        plea_beside(PleaKind.WITHDRAWAL),
    )
