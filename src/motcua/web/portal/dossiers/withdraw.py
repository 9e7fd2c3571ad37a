"""Taking one's own dossier back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import policies, services
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.procedures.definitions import Problem
from motcua.procedures.queries import compiled
from motcua.web.access import CitizenRequest
from motcua.web.redirects import see_other

from .access import own_dossier

REASON = "ly-do"
PLEADS = "xin"  # sent by the page of an accepted dossier


@require_http_methods(["GET", "HEAD", "POST"])
@own_dossier
def withdraw(request: CitizenRequest, dossier: Dossier) -> HttpResponse:
    """Ask once more, and for a reason; then withdraw, or after acceptance ask the agency to."""
    accepted = dossier.accepted_at is not None
    verb = "request_withdrawal" if accepted else "withdraw"
    problems: list[Problem] = []
    # Taken in while the page was open: what is pressed there no longer means what it said.
    is_overtaken = request.method == "POST" and accepted and PLEADS not in request.POST
    try:
        if request.method == "POST" and not is_overtaken:
            act = services.request_withdrawal if accepted else services.withdraw_dossier
            act(
                dossier_id=dossier.pk,
                person=request.person,
                reason=request.POST.get(REASON, ""),
                at=clock.now(),
            )
            messages.success(
                request,
                _("Đã gửi đề nghị rút hồ sơ. Cơ quan giải quyết sẽ trả lời ở trang này.")
                if accepted
                else _("Đã rút hồ sơ."),
            )
            return see_other("portal:dossier", dossier.code)
        policies.check_applicant_may(verb, request.person, dossier)
    except services.NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return see_other("portal:dossier", dossier.code)
    except services.Incomplete as refusal:
        problems = [Problem(key=REASON, message=str(refusal))]
    if is_overtaken:
        messages.warning(
            request, _("Hồ sơ vừa được tiếp nhận. Ông/Bà đọc lại rồi gửi đề nghị nếu vẫn muốn rút.")
        )
    return render(
        request,
        "portal/dossiers/withdraw.html",
        {
            "dossier": dossier,
            "version": compiled(dossier.version_id),
            "accepted": accepted,
            "reason": request.POST.get(REASON, "")[:2000],
            "problems": problems,
        },
        status=422 if problems or is_overtaken else 200,
    )
