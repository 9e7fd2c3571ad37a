"""How the plan's things are said: states as badges, periods, rhythms, and cells of the matrix."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.plans.definitions import Rhythm
from motcua.plans.lifecycle import DutyState, ObstacleState, ReportState
from motcua.plans.models import Duty, Obstacle, Plan, PlanReport
from motcua.plans.queries import Tally
from motcua.steering.definitions import Period, PeriodKind
from motcua.web.words import Badge, Words

RHYTHMS: Mapping[str, Words] = {
    Rhythm.ONCE: gettext_lazy("Một lần"),
    Rhythm.MONTHLY: gettext_lazy("Hằng tháng"),
    Rhythm.HALF_YEARLY: gettext_lazy("6 tháng một lần"),
}
_TONES: Mapping[str, str] = {
    DutyState.OPEN: "",
    DutyState.REPORTED: "sun",
    DutyState.ACCEPTED: "river",
    DutyState.SENT_BACK: "citizen",
    DutyState.DONE: "ontime",
}
_OBSTACLE_TONES: Mapping[str, str] = {
    ObstacleState.RAISED: "sun",
    ObstacleState.ROUTED: "river",
    ObstacleState.ANSWERED: "citizen",
    ObstacleState.ESCALATED: "overdue",
    ObstacleState.CLOSED: "ontime",
    ObstacleState.WITHDRAWN: "",
}
_REPORT_TONES: Mapping[str, str] = {
    ReportState.DRAFT: "sun",
    ReportState.SUBMITTED: "river",
    ReportState.FROZEN: "ontime",
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How an owner stands with a task: so many of so many done, and a tone that has a shape."""

    words: str
    tone: str
    spoken: str


def duty_badge(duty: Duty, on: date) -> Badge:
    """Return a duty's state; one that is owed past its day says so first."""
    if duty.is_overdue(on):
        days = (on - duty.due_on).days
        return Badge(
            words=ngettext("Quá hạn %(n)s ngày", "Quá hạn %(n)s ngày", days) % {"n": days},
            tone="overdue",
        )
    return Badge(words=duty.lifecycle_state.label, tone=_TONES[duty.state])


def obstacle_badge(obstacle: Obstacle, on: date) -> Badge:
    """Return an obstacle's state; an answer owed past its day says so first."""
    if obstacle.is_answer_late(on):
        return Badge(words=_("Quá hạn trả lời"), tone="overdue")
    return Badge(words=obstacle.lifecycle_state.label, tone=_OBSTACLE_TONES[obstacle.state])


def report_badge(report: PlanReport) -> Badge:
    """Return a report's state."""
    return Badge(words=report.lifecycle_state.label, tone=_REPORT_TONES[report.state])


def period_words(duty: Duty, rhythm: str) -> str:
    """Return the stretch of time that a duty is of."""
    if rhythm == Rhythm.ONCE:
        return _("Một lần")
    return half_words(Period(duty.period_first, duty.period_last))


def half_words(period: Period) -> str:
    """Return a month or a half year as people say it."""
    first = period.first
    if period.kind is PeriodKind.MONTH:
        return _("Tháng %(m)s") % {"m": f"{first.month}/{first.year}"}
    if first.month == 1:
        return _("6 tháng đầu năm %(y)s") % {"y": first.year}
    return _("6 tháng cuối năm %(y)s") % {"y": first.year}


def owner_words(plan: Plan, duty: Duty) -> str:
    """Return who owes a duty, as the plan says it."""
    return plan.called(duty.agency.name) if duty.agency else duty.outsider


def cell(duties: Iterable[Duty], on: date) -> Cell | None:
    """Return how an owner stands with a task; None where it has nothing to do."""
    tally = Tally.of(duties, on)
    if not tally.duties:
        return None
    if tally.overdue:
        tone, spoken = "overdue", _("quá hạn")
    elif tally.is_done:
        tone, spoken = "done", _("xong")
    elif tally.waiting:
        tone, spoken = "due", _("chờ xác nhận")
    else:
        tone, spoken = "ontime", _("đang thực hiện")
    return Cell(words=f"{tally.done}/{tally.duties}", tone=tone, spoken=spoken)


def shortened(words: str, most: int = 150) -> str:
    """Return a beginning of the words that ends where a word ends."""
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"


def options(pairs: Iterable[tuple[Any, Any]]) -> list[dict[str, str]]:
    """Return what a list offers."""
    return [{"value": str(value), "label": str(label)} for value, label in pairs]
