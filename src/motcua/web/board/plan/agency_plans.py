"""The plans of agencies: who has one and what it leaves out, a new one, and one with its tasks."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents.services import FileRefused, store_file
from motcua.kernel import clock
from motcua.offices.models import Agency
from motcua.plans import policies, queries, services
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.models import AgencyPlan
from motcua.plans.queries import Coverage
from motcua.web.acting import Problems, errors_of, problem
from motcua.web.days import NoSuchDay, posted_day, required_day, typed_day
from motcua.web.numbers import whole

from . import shown
from .access import ACCEPTED, PlanRequest, file_response, plan_required, posted_file
from .acting import attempt


@plan_required
@require_safe
def index(request: PlanRequest) -> HttpResponse:
    """Show who has registered a plan, and which tasks of the city no plan serves."""
    agencies = queries.annex_agencies(clock.today())
    own = agencies_acted_for(request.mandate)
    mine = [agency for agency in agencies if agency.pk in own]
    covered: Coverage = queries.coverage(request.plan, agencies, queries.task_rows(request.plan))
    rows = [row for row in covered.rows if request.sees_all or row.agency.pk in own]
    return render(
        request,
        "board/plan/agency_plans.html",
        {
            "coverage": covered,
            "rows": rows,
            "uncovered": ", ".join(covered.uncovered),
            "may_register": bool(mine),
        },
    )


@plan_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PlanRequest) -> HttpResponse:
    """Register the plan of one's own agency."""
    mine = _mine(request)
    if not mine:
        raise Http404
    problems: Problems = []
    data = request.POST
    if request.method == "POST":
        try:
            registered = _register(request, mine)
        except (services.Incomplete, NoSuchDay) as lacking:
            problems = problem(lacking.key, str(lacking))
        except FileRefused as refused:
            problems = problem("file", str(refused))
        except policies.NotAllowed as refused:
            problems = problem("agency", str(refused))
        else:
            messages.success(request, _("Đã đăng ký kế hoạch. Hãy ghi các nhiệm vụ của kế hoạch."))
            return redirect("board:plan-agency-plan", agency_plan_id=registered.pk)
    return render(
        request,
        "board/plan/agency_plan_new.html",
        {
            "agencies": shown.options((a.pk, a.name) for a in mine) if len(mine) > 1 else [],
            "agency": mine[0],
            "values": {
                **{key: data.get(key, "") for key in ("agency", "number", "title")},
                "issued_on": typed_day(data, "issued_on"),
            },
            "problems": problems,
            "errors": errors_of(problems),
        },
        status=422 if problems else 200,
    )


@plan_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PlanRequest, agency_plan_id: int) -> HttpResponse:
    """Show a plan with its tasks, and take one more task of it."""
    agency_plan = _agency_plan_or_404(request, agency_plan_id)
    if request.method != "POST":
        return _page(request, agency_plan)

    def add(at: datetime) -> str:
        services.add_agency_task(
            agency_plan_id=agency_plan.pk,
            mandate=request.mandate,
            words=request.POST.get("words", ""),
            clauses=request.POST.getlist("clauses"),
            due_on=posted_day(request.POST, "due_on"),
            at=at,
        )
        return _("Đã thêm nhiệm vụ.")

    return attempt(
        request,
        add,
        then=reverse("board:plan-agency-plan", args=[agency_plan.pk]),
        again=lambda problems: _page(request, agency_plan, problems),
    )


@plan_required
@require_safe
def file(request: PlanRequest, agency_plan_id: int) -> HttpResponse:
    """Send the document."""
    return file_response(_agency_plan_or_404(request, agency_plan_id).file)


def _page(
    request: PlanRequest, agency_plan: AgencyPlan, problems: Problems | None = None
) -> HttpResponse:
    data = request.POST
    is_mine = agency_plan.agency_id in agencies_acted_for(request.mandate)
    owed = queries.tasks_owed_by(request.plan, agency_plan.agency_id)
    return render(
        request,
        "board/plan/agency_plan.html",
        {
            "agency_plan": agency_plan,
            "tasks": queries.own_tasks(agency_plan),
            "may_add": is_mine and agency_plan.superseded_at is None,
            "clauses": [{"value": task.clause, "label": task.clause, "hint": ""} for task in owed],
            "values": {
                "words": data.get("words", ""),
                "clauses": data.getlist("clauses"),
                "due_on": typed_day(data, "due_on"),
            },
            "problems": problems or [],
            "errors": errors_of(problems or []),
        },
        status=422 if problems else 200,
    )


def _mine(request: PlanRequest) -> list[Agency]:
    own = agencies_acted_for(request.mandate)
    return [agency for agency in queries.annex_agencies(clock.today()) if agency.pk in own]


# Together, so that a plan that is refused leaves no file behind.
@transaction.atomic
def _register(request: PlanRequest, mine: list[Agency]) -> AgencyPlan:
    data, at = request.POST, clock.now()
    issued_on = required_day(data, "issued_on")
    sent = posted_file(request, "file", _("Hãy chọn tệp kế hoạch."))
    return services.register_agency_plan(
        plan_id=request.plan.pk,
        agency_id=whole(data.get("agency", "")) or mine[0].pk,
        mandate=request.mandate,
        number=data.get("number", ""),
        issued_on=issued_on,
        title=data.get("title", ""),
        file=store_file(
            content=sent.read(), name=sent.name or "", accepts=ACCEPTED, by=request.user, at=at
        ),
        at=at,
    )


def _agency_plan_or_404(request: PlanRequest, agency_plan_id: int) -> AgencyPlan:
    try:
        found = queries.agency_plan_with(request.plan, agency_plan_id)
    except queries.NoSuchAgencyPlan as missing:
        raise Http404 from missing
    if not (request.sees_all or found.agency_id in agencies_acted_for(request.mandate)):
        raise Http404
    return found
