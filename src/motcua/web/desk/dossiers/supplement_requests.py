"""An officer asks the applicant for what is missing (form 02), before acceptance or after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .deadlines import limit_in_words
from .forms import SupplementRequestForm

DRAFT = "luu"
AT_INTAKE = ActPage(
    verb="request_intake_supplement",
    title=_("Yêu cầu bổ sung trước khi tiếp nhận"),
    lead=_(
        "Kiểm tra mọi giấy tờ rồi yêu cầu đủ một lần. Thời hạn giải quyết chỉ tính từ khi hồ sơ "
        "được tiếp nhận."
    ),
    button=_("Gửi yêu cầu bổ sung"),
    told=_("Đã gửi yêu cầu bổ sung cho người nộp."),
    template="desk/dossiers/supplement_request_new.html",
)
IN_PROGRESS = ActPage(
    verb="request_supplement",
    title=_("Yêu cầu bổ sung giấy tờ"),
    lead=_(
        "Kiểm tra mọi giấy tờ rồi yêu cầu đủ một lần. Đồng hồ thời hạn tạm dừng đến khi người nộp "
        "bổ sung."
    ),
    button=_("Gửi yêu cầu và tạm dừng thời hạn"),
    told=_("Đã gửi yêu cầu bổ sung. Đồng hồ thời hạn đang tạm dừng."),
    template="desk/dossiers/supplement_request_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_at_intake(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for papers before the dossier is accepted."""
    return _new(request, code, AT_INTAKE, services.request_intake_supplement)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for papers while the dossier is examined; the clock pauses."""
    return _new(request, code, IN_PROGRESS, services.request_supplement)


def _new(
    request: OfficerRequest, code: str, page: ActPage, ask: Callable[..., Dossier]
) -> HttpResponse:
    dossier = dossier_or_404(request, code)
    version = compiled(dossier.version_id)
    is_draft = DRAFT in request.POST
    review = queries.review_of(dossier)
    form = SupplementRequestForm(
        posted(request),
        components=queries.components_to_review(dossier, version),
        review=review,
        is_sent=not is_draft,
    )

    def act(at: datetime) -> None:
        given = {
            "dossier_id": dossier.pk,
            "mandate": request.mandate,
            "findings": form.findings(),
            "seen": form.cleaned_data["seen"],
            "at": at,
        }
        if is_draft:
            services.review_components(**given)
        else:
            ask(reason=form.cleaned_data["reason"], **given)

    rule = queries.answer_rule_of(version)
    response = perform(
        request,
        dossier,
        replace(page, told=_("Đã lưu kết quả kiểm tra, chưa gửi.")) if is_draft else page,
        form,
        act,
        review=queries.review_of(dossier),
        handed_in={paper.key for paper in queries.papers_of(dossier)},
        answer_limit=limit_in_words(rule.limit),
        rule=rule,
    )
    if is_draft and response.status_code == HTTPStatus.FOUND:
        return redirect(request.path)
    return response
