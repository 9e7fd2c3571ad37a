"""The holder says why a dossier is late; the leader says so too, or corrects it."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms_of_lateness import DelayCauseForm

PAGE = ActPage(
    verb="state_cause",
    title=_("Ghi nguyên nhân trễ"),
    lead=_("Hồ sơ trễ hạn chỉ được xin lỗi, hẹn lại và ký kết quả khi đã có nguyên nhân."),
    button=_("Ghi nguyên nhân"),
    told=_("Đã ghi nguyên nhân trễ."),
    template="desk/dossiers/delay_cause_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask whose doing the delay is and why, and put it on record."""
    dossier = dossier_or_404(request, code)
    causes = queries.causes_of(dossier)
    form = DelayCauseForm(posted(request), corrects=bool(causes))

    def act(at: datetime) -> None:
        services.state_cause(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            cause=form.cleaned_data["cause"],
            words=form.cleaned_data["words"],
            correction=form.cleaned_data.get("correction", ""),
            at=at,
        )

    return perform(request, dossier, PAGE, form, act, causes=causes)
