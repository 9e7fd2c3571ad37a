"""The one-stop officer hands the result over."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import ReturnForm

PAGE = ActPage(
    verb="return_result",
    title=_("Trả kết quả"),
    lead=_("Ghi lại ai đã nhận và bằng cách nào. Hồ sơ kết thúc sau việc này."),
    button=_("Xác nhận đã trả kết quả"),
    told=_("Đã trả kết quả. Hồ sơ kết thúc."),
    template="desk/dossiers/return_new.html",
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the result, ask who received it, and close the dossier."""
    dossier = dossier_or_404(request, code)
    form = ReturnForm(posted(request), initial={"receiver": dossier.owner_name})

    def act(at: datetime) -> None:
        services.return_result(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            method=form.cleaned_data["method"],
            receiver=form.cleaned_data["receiver"],
            at=at,
        )

    return perform(request, dossier, PAGE, form, act, result=queries.result_of(dossier))
