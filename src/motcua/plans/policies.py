"""Who may do what with the plan. The plan's file names who keeps it; here is what that means."""

from django.utils.translation import gettext as _

from motcua.kernel.lifecycle import Lifecycle
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate

from .definitions import agencies_acted_for
from .lifecycle import (
    DUTY_LIFECYCLE,
    OBSTACLE_LIFECYCLE,
    REPORT_LIFECYCLE,
    Party,
)
from .models import Duty, Obstacle, Plan, PlanReport


class NotAllowed(Exception):
    """This cannot be done with the plan now; the message says why."""


class NotTheirPlan(NotAllowed):
    """The officer works for no agency that the plan gives tasks to."""


class NotTheKeeper(NotAllowed):
    """Only the agency that keeps the plan does this."""


class NotTheOwner(NotAllowed):
    """Only the agency that owes it does this."""


class NotTheSolver(NotAllowed):
    """The obstacle was routed to another agency."""


class NotASecondPerson(NotAllowed):
    """Nobody confirms or signs what they told themselves."""


class HasMovedOn(NotAllowed):
    """The state does not allow that any more."""


class EvidenceIsMissing(NotAllowed):
    """Without proof nothing is closed."""


def takes_part(mandate: Mandate) -> bool:
    """Return whether the officer acts for an agency of a kind that the plan gives tasks to."""
    return bool(agencies_acted_for(mandate))


def keeps(mandate: Mandate, plan: Plan) -> bool:
    """Return whether the officer acts for the agency that keeps the plan."""
    return plan.keeper_id in agencies_acted_for(mandate)


def leads_keeper(mandate: Mandate, plan: Plan) -> bool:
    """Return whether the officer signs for the agency that keeps the plan."""
    return any(
        post.agency_id == plan.keeper_id and post.role == PostRole.LEADER for post in mandate.posts
    )


def leads_overseer(mandate: Mandate, plan: Plan) -> bool:
    """Return whether the officer leads the agency that the keeper answers to."""
    return any(
        post.agency_id == plan.overseer_id and post.role == PostRole.LEADER
        for post in mandate.posts
    )


def sees_all(mandate: Mandate, plan: Plan) -> bool:
    """Return whether the officer sees what every agency does for the plan."""
    return plan.is_overseen_by(agencies_acted_for(mandate))


def may_report(mandate: Mandate, plan: Plan, duty: Duty) -> bool:
    """Return whether the duty is the officer's agency's; of outsiders the keeper reports."""
    if duty.agency_id is None:
        return keeps(mandate, plan)
    return duty.agency_id in agencies_acted_for(mandate)


def check_may_report(mandate: Mandate, plan: Plan, duty: Duty) -> None:
    """
    Let an agency tell of its own duties, and the keeper of those of outsiders.

    :raises NotTheOwner: for everybody else
    """
    if not may_report(mandate, plan, duty):
        raise NotTheOwner(_("Chỉ cơ quan được giao nhiệm vụ mới báo cáo được."))


def may_judge(mandate: Mandate, plan: Plan, duty: Duty) -> bool:
    """Return whether the officer confirms what others reported: `check_may_judge`, answered."""
    try:
        check_may_judge(mandate, plan, duty)
    except NotAllowed:
        return False
    return True


def check_may_judge(mandate: Mandate, plan: Plan, duty: Duty) -> None:
    """
    Let the keeper confirm, or the leaders above it; never whoever reported.

    :raises NotTheKeeper: for everybody else
    :raises NotASecondPerson: for the reporter
    """
    if not (keeps(mandate, plan) or leads_overseer(mandate, plan)):
        raise NotTheKeeper(
            _("Chỉ %(keeper)s hoặc lãnh đạo Ủy ban nhân dân thành phố xác nhận được.")
            % {"keeper": plan.keeper.name}
        )
    if duty.reported_by_id == mandate.officer_id:
        raise NotASecondPerson(
            _("Ông/Bà đã báo cáo nhiệm vụ này nên không tự xác nhận được. Hãy nhờ người khác.")
        )


def check_is_proved(duty: Duty) -> None:
    """
    Refuse to close a duty without proof.

    :raises EvidenceIsMissing: if nothing stands beside it
    """
    if duty.evidence_count == 0:
        raise EvidenceIsMissing(
            _("Chưa có minh chứng nên chưa thể hoàn thành. Hãy đính kèm tệp, số liệu hoặc văn bản.")
        )


def check_keeps(mandate: Mandate, plan: Plan) -> None:
    """
    Let only the keeper do this.

    :raises NotTheKeeper: for everybody else
    """
    if not keeps(mandate, plan):
        raise NotTheKeeper(_("Chỉ %(keeper)s làm được việc này.") % {"keeper": plan.keeper.name})


def check_acts_for(mandate: Mandate, agency_id: int) -> None:
    """
    Let an agency speak for itself.

    :raises NotTheirPlan: if the officer does not act for it
    """
    if agency_id not in agencies_acted_for(mandate):
        raise NotTheirPlan(_("Ông/Bà không được giao thay mặt cơ quan này."))


def check_solves(mandate: Mandate, obstacle: Obstacle) -> None:
    """
    Let whoever it was routed to answer.

    :raises NotTheSolver: for everybody else
    """
    if obstacle.solver_id not in agencies_acted_for(mandate):
        raise NotTheSolver(_("Vướng mắc này được chuyển cho cơ quan khác trả lời."))


def check_raised_it(mandate: Mandate, obstacle: Obstacle) -> None:
    """
    Let whoever raised it say that it is resolved.

    :raises NotTheOwner: for everybody else
    """
    if obstacle.agency_id not in agencies_acted_for(mandate):
        raise NotTheOwner(_("Chỉ cơ quan nêu vướng mắc mới xác nhận được."))


def check_may_escalate(mandate: Mandate, plan: Plan, obstacle: Obstacle) -> None:
    """
    Let the keeper take it to the city, or whoever raised it once an answer did not help.

    :raises NotTheKeeper: for everybody else
    """
    is_answered = OBSTACLE_LIFECYCLE.waiting_on[obstacle.lifecycle_state] is Party.OWNER
    raised_it = obstacle.agency_id in agencies_acted_for(mandate)
    if keeps(mandate, plan) or (is_answered and raised_it):
        return
    raise NotTheKeeper(
        _("Chỉ %(keeper)s báo cáo được vướng mắc lên Ủy ban nhân dân thành phố.")
        % {"keeper": plan.keeper.name}
    )


def check_signs(mandate: Mandate, plan: Plan, report: PlanReport) -> None:
    """
    Let a leader of the keeper sign what others drafted.

    :raises NotTheKeeper: for everybody else
    :raises NotASecondPerson: for whoever drafted it, or asked for the signature
    """
    if not leads_keeper(mandate, plan):
        raise NotTheKeeper(
            _("Chỉ lãnh đạo %(keeper)s ký được báo cáo.") % {"keeper": plan.keeper.name}
        )
    if mandate.officer_id in {report.drafted_by_id, report.submitted_by_id}:
        raise NotASecondPerson(
            _("Ông/Bà đã soạn báo cáo này nên không tự ký được. Người khác phải trình ký.")
        )


def check_state_allows(lifecycle: Lifecycle, verb: str, state: str, label: object) -> None:
    """
    Refuse what the state does not allow, saying where it stands.

    :raises HasMovedOn: if the lifecycle knows no such step
    """
    if verb not in lifecycle.verbs_from(type(lifecycle.initial)(state)):
        raise HasMovedOn(
            _("Hiện ở trạng thái “%(state)s”, không làm được bước này nữa.") % {"state": label}
        )


def duty_verbs(mandate: Mandate, plan: Plan, duty: Duty) -> frozenset[str]:
    """Return what the officer may do with a duty now, for the screen that offers it."""
    verbs = set(DUTY_LIFECYCLE.verbs_from(duty.lifecycle_state))
    if not may_report(mandate, plan, duty):
        verbs.discard("report")
    if not may_judge(mandate, plan, duty):
        verbs -= {"accept", "close", "send_back"}
    return frozenset(verbs)


def obstacle_verbs(mandate: Mandate, plan: Plan, obstacle: Obstacle) -> frozenset[str]:
    """Return what the officer may do with an obstacle now, for the screen that offers it."""
    checks = {
        "route": lambda: check_keeps(mandate, plan),
        "hand_back": lambda: check_solves(mandate, obstacle),
        "answer": lambda: check_solves(mandate, obstacle),
        "escalate": lambda: check_may_escalate(mandate, plan, obstacle),
        "close": lambda: check_raised_it(mandate, obstacle),
        "withdraw": lambda: check_raised_it(mandate, obstacle),
    }
    allowed = set()
    for verb in OBSTACLE_LIFECYCLE.verbs_from(obstacle.lifecycle_state):
        try:
            checks[verb]()
        except NotAllowed:
            continue
        allowed.add(verb)
    return frozenset(allowed)


def report_verbs(mandate: Mandate, plan: Plan, report: PlanReport) -> frozenset[str]:
    """Return what the officer may do with a report now, for the screen that offers it."""
    verbs = set(REPORT_LIFECYCLE.verbs_from(report.lifecycle_state))
    if not keeps(mandate, plan):
        return frozenset()
    try:
        check_signs(mandate, plan, report)
    except NotAllowed:
        verbs.discard("sign")
    if not leads_keeper(mandate, plan):
        verbs.discard("return")
    return frozenset(verbs)
