"""Taking one's own dossier back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import policies, services
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.procedures.queries import compiled
from motcua.web.access import CitizenRequest
from motcua.web.redirects import see_other

from .access import own_dossier

REASON = "ly-do"


@require_http_methods(["GET", "HEAD", "POST"])
@own_dossier
def withdraw(request: CitizenRequest, dossier: Dossier) -> HttpResponse:
    """Ask once more, and for a reason if there is one to tell; then withdraw."""
    try:
        if request.method == "POST":
            services.withdraw_dossier(
                dossier_id=dossier.pk,
                person=request.person,
                reason=request.POST.get(REASON, ""),
                at=clock.now(),
            )
            messages.success(request, _("Đã rút hồ sơ."))
            return see_other("portal:dossier", dossier.code)
        policies.check_applicant_may("withdraw", request.person, dossier)
    except services.NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return see_other("portal:dossier", dossier.code)
    return render(
        request,
        "portal/dossiers/withdraw.html",
        {"dossier": dossier, "version": compiled(dossier.version_id)},
    )
