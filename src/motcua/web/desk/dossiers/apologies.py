"""The leader apologises for a delay and promises a new date, once."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms_of_lateness import ApologyForm

PAGE = ActPage(
    verb="apologise",
    title=_("Xin lỗi và hẹn lại"),
    lead=_(
        "Mỗi hồ sơ chỉ được hẹn lại một lần. Hạn cũ giữ nguyên: hồ sơ vẫn tính là trễ hạn. "
        "Người nộp đọc nguyên văn lời xin lỗi."
    ),
    button=_("Ký xin lỗi và hẹn lại"),
    told=_("Đã xin lỗi và hẹn lại. Người nộp thấy ngày hẹn mới trên trang hồ sơ."),
    template="desk/dossiers/apology_new.html",
    is_final=True,
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask for the new date and the words, and sign."""
    dossier = dossier_or_404(request, code)
    form = ApologyForm(posted(request), days=settings.PROMISE_DAYS_MAX)

    def act(at: datetime) -> None:
        services.apologise(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            promised_on=form.cleaned_data["promised_on"],
            words=form.cleaned_data["words"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act, cause=queries.standing_cause_of(dossier))
