"""When time alone changes something about a dossier. All pure: facts in, occasions out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.calendars import working
from motcua.calendars.limits import Limit, LimitUnit
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers.lifecycle import CLOCK_PAUSED_IN, DOSSIER_LIFECYCLE, DossierState, Party

# How long the office works in one of each, near enough to say what a share of it is.
_NOMINAL = {
    LimitUnit.HOUR: timedelta(hours=1),
    LimitUnit.WORKING_DAY: timedelta(hours=8),
    LimitUnit.DAY: timedelta(hours=8) * 5 / 7,
    LimitUnit.MONTH: timedelta(hours=8) * 21,
}
_RUNNING = DOSSIER_LIFECYCLE.states_waiting_on(Party.UNIT) - CLOCK_PAUSED_IN
_WITH_THE_APPLICANT = DOSSIER_LIFECYCLE.states_waiting_on(Party.APPLICANT)


class OccasionKind(models.TextChoices):
    """What the passing of time brings."""

    INTAKE_WARNING = "intake_warning", _("Sắp hết hạn trả lời hồ sơ trực tuyến")
    INTAKE_DUE = "intake_due", _("Đã quá hạn trả lời hồ sơ trực tuyến")
    STEP_WARNING = "step_warning", _("Bước xử lý sắp đến hạn")
    STEP_DUE = "step_due", _("Bước xử lý đã quá hạn")
    WARNING = "warning", _("Hồ sơ sắp đến hạn trả")
    DUE = "due", _("Hồ sơ đã quá hạn trả")
    OVERDUE_AGAIN = "overdue_again", _("Hồ sơ quá hạn vẫn chưa xong")
    SUPPLEMENT_WARNING = "supplement_warning", _("Sắp hết hạn bổ sung")
    SUPPLEMENT_SILENT = "supplement_silent", _("Đã hết hạn bổ sung")


# What the head of the unit or the leader of the agency is told of, and not the holder alone.
ESCALATED = frozenset(
    {
        OccasionKind.INTAKE_DUE,
        OccasionKind.STEP_DUE,
        OccasionKind.DUE,
        OccasionKind.OVERDUE_AGAIN,
    }
)


class Occasion(NamedTuple):
    """One moment at which something is to be done, in the order of time."""

    at: datetime
    kind: OccasionKind


@dataclass(frozen=True, kw_only=True)
class Leads:
    """
    How long before, and how often after, somebody is told. The city's own choice, not law.

    :raises ValueError: if somebody would be told without end
    """

    share: Fraction  # of the limit, that is left when the holder is warned
    longest: timedelta  # but no more working time than this
    again: timedelta  # working time between two escalations
    silence: timedelta  # working time before the end of an applicant's time

    def __post_init__(self) -> None:
        if self.again <= timedelta():
            raise ValueError("an escalation must rest before it comes again")

    def before(self, limit: Limit) -> timedelta:
        """Return how much working time before the end of a limit its holder is warned."""
        seconds = _NOMINAL[limit.unit].total_seconds() * float(limit.amount * self.share)
        return min(self.longest, timedelta(minutes=round(seconds / 60)))


@dataclass(frozen=True, kw_only=True)
class Timed:
    """All that the occasions of a dossier hang on."""

    state: DossierState
    intake_due_at: datetime | None
    intake_limit: Limit
    step_due_at: datetime | None
    step_limit: Limit | None
    due_at: datetime | None
    limit: Limit
    promised_at: datetime | None = None  # by an apology: until then nobody is pressed again
    answer_due_at: datetime | None = None  # the end of the applicant's own time


def occasions_of(
    facts: Timed, *, leads: Leads, calendar: WorkingCalendar, at: datetime
) -> list[Occasion]:
    """
    Return what time brings, in order: what stands at this moment, and what comes next of each kind.

    What a later occasion has overtaken is left out: after the due moment nobody is warned of it.
    """
    found: list[Occasion] = []
    if facts.state is DossierState.SUBMITTED and facts.intake_due_at is not None:
        due = facts.intake_due_at
        if at < due:
            lead = leads.before(facts.intake_limit)
            found.append(Occasion(worked_before(calendar, due, lead), OccasionKind.INTAKE_WARNING))
            found.append(Occasion(due, OccasionKind.INTAKE_DUE))
        else:
            found += _late(due, OccasionKind.INTAKE_DUE, due, leads, calendar, at)
    if facts.state in _RUNNING:
        if facts.step_due_at is not None and facts.step_limit is not None:
            if at < facts.step_due_at:
                lead = leads.before(facts.step_limit)
                found.append(
                    Occasion(
                        worked_before(calendar, facts.step_due_at, lead),
                        OccasionKind.STEP_WARNING,
                    )
                )
            found.append(Occasion(facts.step_due_at, OccasionKind.STEP_DUE))
        if facts.due_at is not None:
            if at < facts.due_at:
                lead = leads.before(facts.limit)
                found.append(
                    Occasion(worked_before(calendar, facts.due_at, lead), OccasionKind.WARNING)
                )
                found.append(Occasion(facts.due_at, OccasionKind.DUE))
            else:
                pressed = max(facts.due_at, facts.promised_at or facts.due_at)
                found += _late(facts.due_at, OccasionKind.DUE, pressed, leads, calendar, at)
    if facts.state in _WITH_THE_APPLICANT and facts.answer_due_at is not None:
        if at < facts.answer_due_at:
            found.append(
                Occasion(
                    worked_before(calendar, facts.answer_due_at, leads.silence),
                    OccasionKind.SUPPLEMENT_WARNING,
                )
            )
        found.append(Occasion(facts.answer_due_at, OccasionKind.SUPPLEMENT_SILENT))
    return sorted(found)


def worked_before(calendar: WorkingCalendar, end: datetime, worked: timedelta) -> datetime:
    """Return the moment from which the office works so long up to `end`, in UTC."""
    begins = end
    while (counted := working.worked_between(calendar, begins, end)) < worked:
        begins -= timedelta(days=1)
    return working.add_worked(calendar, begins, counted - worked)


def _late(
    due: datetime,
    kind: OccasionKind,
    pressed: datetime,
    leads: Leads,
    calendar: WorkingCalendar,
    at: datetime,
) -> list[Occasion]:
    """Return the escalation that stands, and the one that follows it."""
    since = working.worked_between(calendar, pressed, at)
    times = max(0, since // leads.again)
    standing = (
        Occasion(
            working.add_worked(calendar, pressed, times * leads.again), OccasionKind.OVERDUE_AGAIN
        )
        if times
        else Occasion(due, kind)
    )
    following = working.add_worked(calendar, pressed, (times + 1) * leads.again)
    return [standing, Occasion(following, OccasionKind.OVERDUE_AGAIN)]
