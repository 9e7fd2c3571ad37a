"""An obstacle's way: raised, routed, answered, and closed by whoever raised it, or escalated."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate, agencies
from motcua.plans.events import (
    ObstacleAnswered,
    ObstacleClosed,
    ObstacleEscalated,
    ObstacleHandedBack,
    ObstacleRaised,
    ObstacleRouted,
    ObstacleWithdrawn,
)
from motcua.plans.lifecycle import OBSTACLE_LIFECYCLE
from motcua.plans.models import Obstacle, Plan, Task
from motcua.plans.policies import (
    check_acts_for,
    check_keeps,
    check_may_escalate,
    check_raised_it,
    check_solves,
    check_state_allows,
)
from motcua.procedures.models import Procedure

from ._acts import Incomplete, locked_obstacle, move_obstacle, said


@transaction.atomic
def raise_obstacle(
    *,
    plan_id: int,
    agency_id: int,
    mandate: Mandate,
    title: str,
    words: str,
    clause: str = "",
    procedure: str = "",
    at: datetime,
) -> Obstacle:
    """
    Tell of a difficulty, about a task of the plan, a procedure, or neither.

    :raises NotTheirPlan: if the officer does not act for the agency
    :raises Incomplete: if nothing is said, or the task or the procedure is unknown
    """
    check_acts_for(mandate, agency_id)
    plan = Plan.objects.get(pk=plan_id)
    task = None
    if clause:
        task = Task.objects.filter(plan=plan, clause=clause, ended_at__isnull=True).first()
        if task is None:
            raise Incomplete(_("Kế hoạch không có nhiệm vụ này."), key="clause")
    procedure = text.clean(procedure)
    if procedure and not Procedure.objects.filter(code=procedure).exists():
        raise Incomplete(_("Không có thủ tục mang mã này trong danh mục."), key="procedure")
    obstacle = Obstacle.objects.create(
        plan=plan,
        agency_id=agency_id,
        task=task,
        procedure=procedure,
        title=said(
            text.clean(title), _("Hãy ghi tên khó khăn, vướng mắc."), key="title", longest=200
        ),
        words=said(words, _("Hãy mô tả khó khăn, vướng mắc và đề nghị tháo gỡ.")),
        raised_at=at,
        raised_by_id=mandate.officer_id,
    )
    ledger.record(
        ObstacleRaised(agency=agency_id, title=obstacle.title, clause=clause, procedure=procedure),
        subject=obstacle.subject,
        actor=mandate.actor,
        at=at,
    )
    return obstacle


@transaction.atomic
def route_obstacle(
    *,
    obstacle_id: int,
    mandate: Mandate,
    solver_id: int,
    answer_due_on: date | None = None,
    words: str = "",
    at: datetime,
) -> Obstacle:
    """
    Name the agency that can resolve it, and by when; without a day, the plan's own count of days.

    :raises NotTheKeeper: if the officer does not keep the plan
    :raises HasMovedOn: if it is answered or ended
    :raises Incomplete: if the agency is not at work, is the one that asks, or the day has passed
    """
    obstacle, plan = locked_obstacle(obstacle_id)
    check_state_allows(OBSTACLE_LIFECYCLE, "route", obstacle.state, obstacle.lifecycle_state.label)
    check_keeps(mandate, plan)
    today = day_of(at)
    if not agencies(today).filter(pk=solver_id).exists():
        raise Incomplete(_("Hãy chọn cơ quan giải quyết trong danh sách."), key="solver")
    if solver_id == obstacle.agency_id:
        raise Incomplete(
            _("Không chuyển vướng mắc cho chính cơ quan đã nêu. Hãy chọn cơ quan khác."),
            key="solver",
        )
    due_on = answer_due_on or today + timedelta(days=plan.answer_days)
    if due_on < today:
        raise Incomplete(_("Hạn trả lời không thể ở quá khứ."), key="answer_due_on")
    obstacle.solver_id, obstacle.answer_due_on = solver_id, due_on
    move_obstacle(
        obstacle,
        "route",
        tell=ObstacleRouted,
        words=text.clean_lines(words)[:2000],
        mandate=mandate,
        at=at,
        answer_due_on=due_on.isoformat(),
    )
    return obstacle


@transaction.atomic
def hand_back_obstacle(*, obstacle_id: int, mandate: Mandate, words: str, at: datetime) -> Obstacle:
    """
    Say that it is not this agency's to resolve.

    :raises NotTheSolver: if it was routed to another
    :raises HasMovedOn: if it does not wait for an answer
    :raises Incomplete: if no reason is given
    """
    obstacle, _plan = locked_obstacle(obstacle_id)
    check_state_allows(
        OBSTACLE_LIFECYCLE, "hand_back", obstacle.state, obstacle.lifecycle_state.label
    )
    check_solves(mandate, obstacle)
    reason = said(words, _("Hãy ghi vì sao không thuộc thẩm quyền của cơ quan mình."))
    obstacle.solver_id, obstacle.answer_due_on = None, None
    move_obstacle(
        obstacle, "hand_back", tell=ObstacleHandedBack, words=reason, mandate=mandate, at=at
    )
    return obstacle


@transaction.atomic
def answer_obstacle(*, obstacle_id: int, mandate: Mandate, words: str, at: datetime) -> Obstacle:
    """
    Tell what was or will be done about it.

    :raises NotTheSolver: if it was routed to another
    :raises HasMovedOn: if it does not wait for an answer
    :raises Incomplete: if nothing is said
    """
    obstacle, _plan = locked_obstacle(obstacle_id)
    check_state_allows(OBSTACLE_LIFECYCLE, "answer", obstacle.state, obstacle.lifecycle_state.label)
    check_solves(mandate, obstacle)
    obstacle.answer = said(words, _("Hãy ghi cách tháo gỡ."))
    obstacle.answered_at, obstacle.answered_by_id = at, mandate.officer_id
    move_obstacle(
        obstacle, "answer", tell=ObstacleAnswered, words=obstacle.answer, mandate=mandate, at=at
    )
    return obstacle


@transaction.atomic
def escalate_obstacle(*, obstacle_id: int, mandate: Mandate, words: str, at: datetime) -> Obstacle:
    """
    Take it to the committee of the city, which answers within the plan's count of days.

    :raises NotTheKeeper: if the officer neither keeps the plan nor was left without help
    :raises HasMovedOn: if it is there already, or ended
    :raises Incomplete: if no reason is given
    """
    obstacle, plan = locked_obstacle(obstacle_id)
    check_state_allows(
        OBSTACLE_LIFECYCLE, "escalate", obstacle.state, obstacle.lifecycle_state.label
    )
    check_may_escalate(mandate, plan, obstacle)
    reason = said(words, _("Hãy ghi vì sao cần Ủy ban nhân dân thành phố giải quyết."))
    obstacle.solver_id = plan.overseer_id
    obstacle.answer_due_on = day_of(at) + timedelta(days=plan.answer_days)
    move_obstacle(
        obstacle,
        "escalate",
        tell=ObstacleEscalated,
        words=reason,
        mandate=mandate,
        at=at,
        answer_due_on=obstacle.answer_due_on.isoformat(),
    )
    return obstacle


@transaction.atomic
def close_obstacle(
    *, obstacle_id: int, mandate: Mandate, words: str = "", at: datetime
) -> Obstacle:
    """
    Say that the answer helped.

    :raises NotTheOwner: if another agency raised it
    :raises HasMovedOn: if there is no answer yet, or it has ended
    """
    obstacle, _plan = locked_obstacle(obstacle_id)
    check_state_allows(OBSTACLE_LIFECYCLE, "close", obstacle.state, obstacle.lifecycle_state.label)
    check_raised_it(mandate, obstacle)
    move_obstacle(
        obstacle,
        "close",
        tell=ObstacleClosed,
        words=text.clean_lines(words)[:2000],
        mandate=mandate,
        at=at,
    )
    return obstacle


@transaction.atomic
def withdraw_obstacle(*, obstacle_id: int, mandate: Mandate, words: str, at: datetime) -> Obstacle:
    """
    Say that no answer is needed any more.

    :raises NotTheOwner: if another agency raised it
    :raises HasMovedOn: if it is answered or ended
    :raises Incomplete: if no reason is given
    """
    obstacle, _plan = locked_obstacle(obstacle_id)
    check_state_allows(
        OBSTACLE_LIFECYCLE, "withdraw", obstacle.state, obstacle.lifecycle_state.label
    )
    check_raised_it(mandate, obstacle)
    reason = said(words, _("Hãy ghi vì sao rút lại."))
    move_obstacle(
        obstacle, "withdraw", tell=ObstacleWithdrawn, words=reason, mandate=mandate, at=at
    )
    return obstacle
