"""Obstacles: the list, a new one, and one on its way."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel import clock
from motcua.offices.queries import agencies, agency_names
from motcua.plans import policies, queries, services
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.lifecycle import ENDED_OBSTACLES
from motcua.plans.models import Obstacle
from motcua.web.acting import Problems, errors_of, problem
from motcua.web.days import posted_day, typed_day
from motcua.web.numbers import whole
from motcua.web.words import Words

from . import shown
from .access import PlanRequest, plan_required
from .acting import attempt

# Of each verb but routing: its button, what the box asks for, and what is said when it is done.
_ACTS: dict[str, tuple[Words, Words, Words]] = {
    "answer": (
        gettext_lazy("Gửi trả lời"),
        gettext_lazy("Cách tháo gỡ"),
        gettext_lazy("Đã gửi trả lời. Cơ quan nêu vướng mắc sẽ xác nhận."),
    ),
    "hand_back": (
        gettext_lazy("Chuyển trả"),
        gettext_lazy("Vì sao không thuộc thẩm quyền"),
        gettext_lazy("Đã chuyển trả để chọn cơ quan khác."),
    ),
    "close": (
        gettext_lazy("Xác nhận đã giải quyết"),
        gettext_lazy("Ý kiến, nếu có"),
        gettext_lazy("Đã ghi nhận vướng mắc được giải quyết."),
    ),
    "escalate": (
        gettext_lazy("Báo cáo Ủy ban nhân dân thành phố"),
        gettext_lazy("Vì sao cần Ủy ban nhân dân thành phố giải quyết"),
        gettext_lazy("Đã báo cáo Ủy ban nhân dân thành phố."),
    ),
    "withdraw": (
        gettext_lazy("Rút lại"),
        gettext_lazy("Vì sao rút lại"),
        gettext_lazy("Đã rút lại vướng mắc."),
    ),
}
_SERVICES: dict[str, Callable[..., Obstacle]] = {
    "answer": services.answer_obstacle,
    "hand_back": services.hand_back_obstacle,
    "close": services.close_obstacle,
    "escalate": services.escalate_obstacle,
    "withdraw": services.withdraw_obstacle,
}


@plan_required
@require_safe
def index(request: PlanRequest) -> HttpResponse:
    """Show the obstacles that the visitor has to do with."""
    today = clock.today()
    found = queries.obstacles_for(request.mandate, request.plan)
    return render(
        request,
        "board/plan/obstacles.html",
        {
            "open": sum(each.state not in ENDED_OBSTACLES for each in found),
            "lines": [
                {
                    "obstacle": each,
                    "badge": shown.obstacle_badge(each, today),
                    "solver": request.plan.called(each.solver.name) if each.solver else "",
                }
                for each in found
            ],
        },
    )


@plan_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PlanRequest) -> HttpResponse:
    """Tell of a difficulty."""
    own = agency_names(agencies_acted_for(request.mandate))
    data = request.POST
    problems: Problems = []
    if request.method == "POST":
        try:
            obstacle = services.raise_obstacle(
                plan_id=request.plan.pk,
                agency_id=whole(data.get("agency", "")) or min(own),
                mandate=request.mandate,
                title=data.get("title", ""),
                words=data.get("words", ""),
                clause=data.get("clause", ""),
                procedure=data.get("procedure", ""),
                at=clock.now(),
            )
        except services.Incomplete as lacking:
            problems = problem(lacking.key, str(lacking))
        except policies.NotAllowed as refused:
            problems = problem("agency", str(refused))
        else:
            messages.success(request, _("Đã gửi. Cơ quan theo dõi Kế hoạch sẽ chuyển giải quyết."))
            return redirect("board:plan-obstacle", obstacle_id=obstacle.pk)
    return render(
        request,
        "board/plan/obstacle_new.html",
        {
            "agencies": shown.options(own.items()) if len(own) > 1 else [],
            "tasks": shown.options(
                (row.task.clause, f"{row.task.clause}. {shown.shortened(row.version.wording, 80)}")
                for row in queries.task_rows(request.plan, agency_ids=[], outsiders=False)
            ),
            "values": {
                key: data.get(key, request.GET.get(key, ""))
                for key in ("agency", "title", "words", "clause", "procedure")
            },
            "problems": problems,
            "errors": errors_of(problems),
        },
        status=422 if problems else 200,
    )


@plan_required
@require_safe
def show(request: PlanRequest, obstacle_id: int) -> HttpResponse:
    """Show an obstacle with its history, and what the visitor may do."""
    return _page(request, _obstacle_or_404(request, obstacle_id))


@plan_required
@require_POST
def act(request: PlanRequest, obstacle_id: int) -> HttpResponse:
    """Take it a step on."""
    obstacle = _obstacle_or_404(request, obstacle_id)
    verb = request.POST.get("verb", "")
    return attempt(
        request,
        lambda at: _act(request, obstacle, verb, at),
        then=reverse("board:plan-obstacle", args=[obstacle_id]),
        again=lambda problems: _page(request, obstacle, problems),
        box=f"{verb}-words",
    )


def _act(request: PlanRequest, obstacle: Obstacle, verb: str, at: datetime) -> str:
    data = request.POST
    if verb == "route":
        services.route_obstacle(
            obstacle_id=obstacle.pk,
            mandate=request.mandate,
            solver_id=whole(data.get("solver", "")) or 0,
            answer_due_on=posted_day(data, "answer_due_on"),
            words=data.get("route-words", ""),
            at=at,
        )
        return _("Đã chuyển cơ quan giải quyết.")
    if verb not in _SERVICES:
        raise Http404
    _SERVICES[verb](
        obstacle_id=obstacle.pk,
        mandate=request.mandate,
        words=data.get(f"{verb}-words", ""),
        at=at,
    )
    return str(_ACTS[verb][2])


def _obstacle_or_404(request: PlanRequest, obstacle_id: int) -> Obstacle:
    try:
        return queries.obstacle_for(request.mandate, obstacle_id)
    except queries.NoSuchObstacle as missing:
        raise Http404 from missing


def _page(
    request: PlanRequest, obstacle: Obstacle, problems: Problems | None = None
) -> HttpResponse:
    today = clock.today()
    data = request.POST
    verbs = policies.obstacle_verbs(request.mandate, obstacle.plan, obstacle)
    errors = errors_of(problems or [])
    offered = (
        agencies(today).exclude(pk=obstacle.agency_id).order_by("kind", "sort_key")
        if "route" in verbs
        else []
    )
    return render(
        request,
        "board/plan/obstacle.html",
        {
            "plan": obstacle.plan,
            "obstacle": obstacle,
            "badge": shown.obstacle_badge(obstacle, today),
            "solver": obstacle.plan.called(obstacle.solver.name) if obstacle.solver else "",
            "history": queries.history_of(obstacle.subject),
            "may_route": "route" in verbs,
            "agencies": shown.options((agency.pk, agency.name) for agency in offered),
            "acts": [
                {
                    "verb": verb,
                    "button": button,
                    "label": label,
                    "box": f"{verb}-words",
                    "value": data.get(f"{verb}-words", ""),
                    "error": errors.get(f"{verb}-words", ""),
                    "optional": verb == "close",
                    "is_main": verb in ("answer", "close"),
                }
                for verb, (button, label, _told) in _ACTS.items()
                if verb in verbs
            ],
            "values": {
                "solver": data.get("solver", ""),
                "words": data.get("route-words", ""),
                "answer_due_on": typed_day(data, "answer_due_on"),
            },
            "problems": problems or [],
            "errors": errors,
        },
        status=422 if problems else 200,
    )
