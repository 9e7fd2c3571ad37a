"""What may become of a duty, of an obstacle and of a report, as three tables."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.kernel.lifecycle import Lifecycle, Transition


class Party(Enum):
    """Who must move next."""

    OWNER = auto()  # the agency that was given the task, or that raised the obstacle
    KEEPER = auto()  # the agency that keeps the plan
    SOLVER = auto()  # the agency that an obstacle was routed to
    SIGNER = auto()  # the leader of the keeper
    NOBODY = auto()


class DutyState(models.TextChoices):
    """How far a duty has come. That one is overdue is computed and stands nowhere."""

    OPEN = "open", _("Chưa báo cáo")
    REPORTED = "reported", _("Đã báo cáo, chờ xác nhận")
    ACCEPTED = "accepted", _("Đã ghi nhận tiến độ")
    SENT_BACK = "sent_back", _("Trả lại để bổ sung")
    DONE = "done", _("Hoàn thành")


D = DutyState

DUTY_LIFECYCLE = Lifecycle(
    initial=D.OPEN,
    waiting_on={
        D.OPEN: Party.OWNER,
        D.REPORTED: Party.KEEPER,
        D.ACCEPTED: Party.OWNER,
        D.SENT_BACK: Party.OWNER,
        D.DONE: Party.NOBODY,
    },
    transitions=(
        Transition("report", from_={D.OPEN, D.REPORTED, D.ACCEPTED, D.SENT_BACK}, to=D.REPORTED),
        Transition("send_back", from_={D.REPORTED}, to=D.SENT_BACK),
        # Part of the way is on record; the rest is still owed.
        Transition("accept", from_={D.REPORTED}, to=D.ACCEPTED),
        Transition("close", from_={D.REPORTED}, to=D.DONE),
    ),
)


class ObstacleState(models.TextChoices):
    """Where a difficulty stands on its way to whoever can resolve it."""

    RAISED = "raised", _("Chờ chuyển cơ quan giải quyết")
    ROUTED = "routed", _("Chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời, chờ xác nhận")
    ESCALATED = "escalated", _("Báo cáo Ủy ban nhân dân thành phố")
    CLOSED = "closed", _("Đã giải quyết")
    WITHDRAWN = "withdrawn", _("Đã rút lại")


O = ObstacleState  # noqa: E741 - the table reads better with one letter

OBSTACLE_LIFECYCLE = Lifecycle(
    initial=O.RAISED,
    waiting_on={
        O.RAISED: Party.KEEPER,
        O.ROUTED: Party.SOLVER,
        O.ANSWERED: Party.OWNER,
        O.ESCALATED: Party.SOLVER,
        O.CLOSED: Party.NOBODY,
        O.WITHDRAWN: Party.NOBODY,
    },
    transitions=(
        Transition("route", from_={O.RAISED, O.ROUTED}, to=O.ROUTED),
        # Not theirs to resolve: the keeper finds another.
        Transition("hand_back", from_={O.ROUTED}, to=O.RAISED),
        Transition("answer", from_={O.ROUTED, O.ESCALATED}, to=O.ANSWERED),
        # By the keeper where nobody below the city can resolve it, or by whoever raised it and
        # got no help from the answer.
        Transition("escalate", from_={O.RAISED, O.ROUTED, O.ANSWERED}, to=O.ESCALATED),
        Transition("close", from_={O.ANSWERED}, to=O.CLOSED),
        Transition("withdraw", from_={O.RAISED, O.ROUTED, O.ESCALATED}, to=O.WITHDRAWN),
    ),
)


class ReportState(models.TextChoices):
    """How far a report has come."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ ký")
    FROZEN = "frozen", _("Đã ký")


R = ReportState

REPORT_LIFECYCLE = Lifecycle(
    initial=R.DRAFT,
    waiting_on={R.DRAFT: Party.KEEPER, R.SUBMITTED: Party.SIGNER, R.FROZEN: Party.NOBODY},
    transitions=(
        Transition("rewrite", from_={R.DRAFT}, to=R.DRAFT),
        Transition("refresh", from_={R.DRAFT}, to=R.DRAFT),
        Transition("submit", from_={R.DRAFT}, to=R.SUBMITTED),
        Transition("return", from_={R.SUBMITTED}, to=R.DRAFT),
        Transition("sign", from_={R.SUBMITTED}, to=R.FROZEN),
    ),
)

# A duty is still the owner's: these are reminded of and can be overdue.
OWED_STATES = DUTY_LIFECYCLE.states_waiting_on(Party.OWNER)
UNSOLVED_STATES = OBSTACLE_LIFECYCLE.states_waiting_on(Party.SOLVER)
ENDED_OBSTACLES = OBSTACLE_LIFECYCLE.states_waiting_on(Party.NOBODY)
