"""The processing officer takes a dossier up, at one press."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import services
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import TakeUpForm

PAGE = ActPage(
    verb="take_up",
    title=_("Nhận xử lý hồ sơ"),
    lead=_("Ông/Bà sẽ là người xử lý hồ sơ này."),
    button=_("Nhận xử lý"),
    told=_("Ông/Bà đã nhận xử lý hồ sơ này."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: OfficerRequest, code: str) -> HttpResponse:
    """Become the holder. Opened as an address, the same button stands here alone."""
    dossier = dossier_or_404(request, code)

    def act(at: datetime) -> None:
        services.take_up_dossier(dossier_id=dossier.pk, mandate=request.mandate, at=at)

    return perform(request, dossier, PAGE, TakeUpForm(posted(request)), act)
