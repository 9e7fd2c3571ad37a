"""The statutory clock, computed from what happened. Nothing is counted down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.calendars import working
from motcua.calendars.limits import Limit, LimitUnit
from motcua.calendars.working import WorkingCalendar
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import PausePolicy


@dataclass(frozen=True, kw_only=True)
class ClockEvent:
    """Something that happened to the statutory clock, and when."""

    effect: ClockEffect
    at: datetime


def due_at(
    events: Iterable[ClockEvent],
    *,
    limit: Limit,
    policy: PausePolicy,
    calendar: WorkingCalendar,
) -> datetime:
    """
    Return when the agency owes the result, given every start, pause and resume so far.

    While a pause is open the answer is the moment that stood before it.
    A pause that begins after the due moment gives nothing back: late stays late.

    :raises ValueError: if the events do not begin with a start
    """
    due: datetime | None = None
    paused_at: datetime | None = None
    for event in events:
        if event.effect is ClockEffect.START:
            due = working.due_at(calendar, event.at, limit)
        elif due is None:
            raise ValueError("the clock has not been started")
        elif event.effect is ClockEffect.PAUSE:
            paused_at = event.at
        elif event.effect is ClockEffect.RESUME and paused_at is not None:
            due = _after_pause(due, paused_at, event.at, limit, policy, calendar)
            paused_at = None
    if due is None:
        raise ValueError("the clock has not been started")
    return due


def _after_pause(
    due: datetime,
    paused_at: datetime,
    resumed_at: datetime,
    limit: Limit,
    policy: PausePolicy,
    calendar: WorkingCalendar,
) -> datetime:
    if paused_at >= due or resumed_at <= paused_at:
        return due
    if policy is PausePolicy.RESTART:
        # A period that begins anew never ends before the one it replaces: days off may bring both
        # to one day, and then to the earlier hour of it.
        return max(due, working.due_at(calendar, resumed_at, limit))
    if limit.unit in (LimitUnit.DAY, LimitUnit.MONTH):
        # Calendar time runs at night too, so the pause is given back as it passed; a day off at
        # the end is moved, and not the hour, as when the clock was started.
        end = (due + (resumed_at - paused_at)).astimezone(CITY_TIME)
        last_day = calendar.working_day_from(end.date())
        return working.next_working_moment(
            calendar, datetime.combine(last_day, end.time(), CITY_TIME)
        )
    left = working.worked_between(calendar, paused_at, due)
    return max(due, working.add_worked(calendar, resumed_at, left))
