"""Asking for papers once more: an officer asks the leader, and the leader answers."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.dossiers.models import PleaKind
from motcua.web.access import OfficerRequest, officer_required

from .acting import ActPage
from .pleading import plea_beside
from .reasons import Asked, act_with_a_reason

_LEAD = _(
    "Mỗi giai đoạn chỉ yêu cầu bổ sung một lần. Yêu cầu thêm phải được lãnh đạo đồng ý; cả hai lý "
    "do được lưu vào hồ sơ và được thống kê theo đơn vị."
)
_ASKED = Asked(
    label=_("Vì sao cần yêu cầu bổ sung thêm"),
    hint=_("Lãnh đạo đọc nguyên văn. Nêu rõ vì sao lần trước chưa yêu cầu được điều này."),
    missing=_("Hãy ghi rõ vì sao cần yêu cầu bổ sung thêm."),
)
AT_INTAKE = ActPage(
    verb="ask_further_intake_round",
    title=_("Đề nghị yêu cầu bổ sung thêm"),
    lead=_LEAD,
    button=_("Gửi lãnh đạo"),
    told=_("Đã gửi đề nghị. Hồ sơ chờ lãnh đạo trả lời."),
)
IN_PROGRESS = ActPage(
    verb="ask_further_round",
    title=_("Đề nghị yêu cầu bổ sung thêm"),
    lead=_LEAD,
    button=_("Gửi lãnh đạo"),
    told=_("Đã gửi đề nghị. Đồng hồ thời hạn vẫn chạy trong lúc chờ lãnh đạo trả lời."),
)
APPROVE = ActPage(
    verb="approve_further_round",
    title=_("Đồng ý yêu cầu bổ sung thêm"),
    lead=_("Cán bộ được yêu cầu bổ sung thêm một lần ở giai đoạn này."),
    button=_("Đồng ý"),
    told=_("Đã đồng ý. Cán bộ gửi được yêu cầu bổ sung."),
    template="desk/dossiers/plea_answer_new.html",
)
DECLINE = ActPage(
    verb="decline_further_round",
    title=_("Không đồng ý yêu cầu bổ sung thêm"),
    lead=_("Hồ sơ được giải quyết với những giấy tờ đang có."),
    button=_("Không đồng ý"),
    told=_("Đã trả lời. Hồ sơ được giải quyết với giấy tờ đang có."),
    template="desk/dossiers/plea_answer_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_at_intake(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for leave before the dossier is accepted."""
    return act_with_a_reason(request, code, AT_INTAKE, services.ask_further_intake_round, _ASKED)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for leave during the examination."""
    return act_with_a_reason(request, code, IN_PROGRESS, services.ask_further_round, _ASKED)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def approval_new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show why the officer asks, and agree."""
    return act_with_a_reason(
        request,
        code,
        APPROVE,
        services.approve_further_round,
        Asked(
            label=_("Vì sao đồng ý"),
            hint=_("Cán bộ và người nộp đọc nguyên văn."),
            missing=_("Hãy ghi vì sao đồng ý yêu cầu bổ sung thêm."),
        ),
        plea_beside(PleaKind.FURTHER_ROUND),
    )


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def refusal_new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show why the officer asks, and decline."""
    return act_with_a_reason(
        request,
        code,
        DECLINE,
        services.decline_further_round,
        Asked(
            label=_("Vì sao không đồng ý"),
            hint=_("Cán bộ đọc nguyên văn. Người nộp không đọc được."),
            missing=_("Hãy ghi vì sao không đồng ý yêu cầu bổ sung thêm."),
        ),
        plea_beside(PleaKind.FURTHER_ROUND),
    )
