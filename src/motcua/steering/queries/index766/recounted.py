"""
What is told by the calendar, counted a second time: announcements, and the time that work took.

It shares nothing with `announcements` and `settling_times` but the calendar itself: the register
is built up event by event, days are counted one by one, and working hours session by session.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from motcua.calendars.limits import LimitUnit
from motcua.calendars.working import WorkingCalendar
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.models import Announcement
from motcua.steering.queries.recount import Decided

from .announcements import calendar_known
from .figures import Figures
from .subjects import Subject

_DAY = timedelta(days=1)


@dataclass
class _Decision:
    signed_on: date
    effective_on: date
    agency_id: int
    published: dict[str, date | None] = field(default_factory=dict)


def recount_announcements(figures: Figures, whose: Sequence[Subject]) -> list[Counter[str]] | None:
    """Return the numbers of 1.1 and 1.2 of each subject, by their quantities; None: no event."""
    decisions = _register(figures.as_of, figures.at)
    if decisions is None:
        return None
    city = figures.subjects.city
    return [
        _numbers_of(
            [each for each in decisions if subject == city or each.agency_id in subject.agency_ids],
            figures,
        )
        for subject in whose
    ]


def recount_time(
    decided: Iterable[Decided], *, unit: LimitUnit, calendar: WorkingCalendar
) -> timedelta:
    """Return how long dossiers were in hand while their clock ran: working time, or any."""
    worked = timedelta()
    for each in decided:
        spells = [(each.received_at, each.ended_at, 1), *((*pause, -1) for pause in each.pauses)]
        for since, until, sign in spells:
            if unit is LimitUnit.DAY:
                worked += sign * (until - since)
            else:
                worked += sign * _at_work(calendar, since, until)
    return worked


def _at_work(calendar: WorkingCalendar, since: datetime, until: datetime) -> timedelta:
    worked, day = timedelta(), day_of(since)
    while day <= day_of(until):
        for session in calendar.sessions_on(day):
            opens = datetime.combine(day, session.opens, CITY_TIME)
            closes = datetime.combine(day, session.closes, CITY_TIME)
            worked += max(min(closes, until) - max(opens, since), timedelta())
        day += _DAY
    return worked


def _numbers_of(decisions: Iterable[_Decision], figures: Figures) -> Counter[str]:
    calendar = calendar_known(figures.as_of)
    first, last = figures.period.first, figures.until
    yesterday = day_of(figures.at) - _DAY
    over = yesterday if figures.as_of is None else figures.as_of
    signed: dict[str, bool] = {}
    due: dict[str, bool] = {}
    for decision in decisions:
        sign_by = _walk(calendar, decision.effective_on, figures.profile.announce_before_days, -1)
        publish_by = _walk(calendar, decision.signed_on, figures.profile.publish_within_days, 1)
        for code, published_on in decision.published.items():
            if first <= decision.signed_on <= last:
                signed[code] = signed.get(code, True) and decision.signed_on <= sign_by
            if first <= publish_by <= last and (published_on is not None or publish_by <= over):
                in_time = published_on is not None and published_on <= publish_by
                due[code] = due.get(code, True) and in_time
    return Counter(
        announced=len(signed),
        announced_on_time=sum(signed.values()),
        update_due=len(due),
        updated_on_time=sum(due.values()),
    )


def _register(as_of: date | None, at: datetime) -> list[_Decision] | None:
    """Return the decisions as they stood at the end of a day, or at a moment."""
    events = LedgerEvent.objects.filter(subject_type=Announcement().subject.type)
    standing: dict[str, _Decision] = {}
    is_empty = True
    for event in events.order_by("subject_id", "subject_seq"):
        if event.occurred_at > at or (as_of is not None and day_of(event.occurred_at) > as_of):
            continue
        is_empty = False
        told, id_ = event.data, event.subject_id
        match event.kind.removeprefix("procedures."):
            case "announcement-recorded":
                standing[id_] = _Decision(
                    signed_on=date.fromisoformat(told["signed_on"]),
                    effective_on=date.fromisoformat(told["effective_on"]),
                    agency_id=told["agency_id"],
                    published=dict.fromkeys(told["codes"]),
                )
            case "announcement-struck":
                del standing[id_]
            case "publication-recorded":
                day = date.fromisoformat(told["published_on"])
                standing[id_].published |= dict.fromkeys(told["codes"], day)
            case "publication-struck":
                standing[id_].published[told["code"]] = None
    return None if is_empty else list(standing.values())


def _walk(calendar: WorkingCalendar, day: date, left: int, way: int) -> date:
    while left:
        day += way * _DAY
        left -= calendar.is_working_day(day)
    return day
