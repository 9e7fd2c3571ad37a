"""The leader gives a dossier to one of the unit's officers."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.offices.models import Officer, PostRole
from motcua.offices.queries import officers_holding
from motcua.web.access import OfficerRequest, officer_required

from .access import dossier_or_404
from .acting import ActPage, perform, posted
from .forms import AssignmentForm

PAGE = ActPage(
    verb="assign",
    title=_("Phân công xử lý"),
    lead=_("Chọn một công chức của đơn vị đang giữ bước này."),
    button=_("Phân công"),
    told=_("Đã phân công hồ sơ."),
)


@officer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficerRequest, code: str) -> HttpResponse:
    """Show who could take it and how much each holds, and assign."""
    dossier = dossier_or_404(request, code)
    officers = _who_could(dossier)
    form = AssignmentForm(
        posted(request),
        officers={officer.pk: officer.full_name for officer in officers},
        loads=queries.open_work_of(officer.pk for officer in officers),
        initial={"officer": dossier.holder_id},
    )

    def act(at: datetime) -> None:
        services.assign_dossier(
            dossier_id=dossier.pk,
            mandate=request.mandate,
            to_officer_id=int(form.cleaned_data["officer"]),
            at=at,
        )

    return perform(request, dossier, PAGE, form, act)


def _who_could(dossier: Dossier) -> list[Officer]:
    if dossier.step_unit_id is None:
        return []
    return officers_holding(
        PostRole.PROCESSOR,
        dossier.settling_agency_id,
        clock.today(),
        unit_id=dossier.step_unit_id,
    )
