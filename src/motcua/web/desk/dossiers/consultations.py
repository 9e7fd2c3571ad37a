"""Another agency is asked, and its answer is put on record."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ConsultationForm
from .reasons import Asked, act_with_a_reason

ASK = ActPage(
    verb="consult_agency",
    title=_("Lấy ý kiến cơ quan khác"),
    lead=_(
        "Đồng hồ thời hạn tạm dừng đến khi cơ quan đó trả lời. Người nộp thấy hồ sơ đang chờ cơ "
        "quan nào."
    ),
    button=_("Ghi nhận và tạm dừng thời hạn"),
    told=_("Đã ghi nhận việc lấy ý kiến. Đồng hồ thời hạn đang tạm dừng."),
)
HEAR = ActPage(
    verb="hear_from_agency",
    title=_("Ghi ý kiến cơ quan khác trả lời"),
    lead=_("Đồng hồ thời hạn chạy tiếp từ lúc ghi nhận. Hãy ghi ngay trong ngày nhận trả lời."),
    button=_("Ghi nhận và tính tiếp thời hạn"),
    told=_("Đã ghi ý kiến trả lời. Đồng hồ thời hạn chạy tiếp."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask whom and what, and let the clock stand."""
    dossier = dossier_or_404(request, code)
    form = ConsultationForm(posted(request))

    def act(at: datetime) -> None:
        services.consult_agency(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            agency=form.cleaned_data["agency"],
            question=form.cleaned_data["question"],
            at=at,
        )

    return perform(request, dossier, ASK, form, act)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask what was answered, and let the clock run on."""
    return act_with_a_reason(
        request,
        code,
        HEAR,
        services.hear_from_agency,
        Asked(
            label=_("Số văn bản và nội dung trả lời"),
            hint=_("Công chức xử lý và lãnh đạo đọc nguyên văn. Người nộp không đọc được."),
            missing=_("Hãy ghi số văn bản và nội dung trả lời."),
            name="answer",
        ),
    )
