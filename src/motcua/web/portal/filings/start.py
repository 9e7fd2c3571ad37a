"""Where a filing begins, or goes on."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.filings import queries, services
from motcua.kernel import clock
from motcua.procedures.definitions import Channel, Problem, Version
from motcua.procedures.queries import UnknownProcedure, version_in_force
from motcua.web.access import CitizenRequest, citizen_required
from motcua.web.portal.procedures import shown
from motcua.web.redirects import see_other

CASE = "truong-hop"


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_required
def start(request: CitizenRequest, code: str) -> HttpResponse:
    """Say what filing takes, let the case be chosen, and begin; or go on with what was begun."""
    try:
        version = version_in_force(code, clock.today())
    except UnknownProcedure:
        raise Http404 from None
    cases = [case for case in version.cases.values() if Channel.ONLINE in case.limits]
    if not version.files_online or not cases:
        return _not_offered(request, version)
    chosen = request.POST.get(CASE) or (cases[0].key if len(cases) == 1 else "")
    problems: list[Problem] = []
    if request.method == "POST":
        if chosen in {case.key for case in cases}:
            draft = services.start_draft(
                person=request.person, version=version, case_key=chosen, at=clock.now()
            )
            return see_other("portal:filing-tasks", draft.pk)
        problems = [Problem(key=CASE, message=_("Chọn trường hợp của Ông/Bà"))]
    return render(
        request,
        "portal/filings/start.html",
        {
            "version": version,
            "cases": [{"value": case.key, "label": case.name, "hint": case.hint} for case in cases],
            "papers": cases[0].components if len(cases) == 1 else (),
            "time": shown.time_words(cases[0].limits[Channel.ONLINE]) if len(cases) == 1 else "",
            "chosen": chosen,
            "drafts": [
                draft
                for draft in queries.drafts_of(request.person)
                if draft.version.procedure_id == version.procedure_id
            ],
            "keep_days": services.DRAFT_LIFE.days,
            "problems": problems,
        },
        status=422 if problems else 200,
    )


def _not_offered(request: CitizenRequest, version: Version) -> HttpResponse:
    return render(
        request,
        "portal/filings/not_offered.html",
        {"version": version},
        status=422 if request.method == "POST" else 200,
    )
