"""When the result is owed, by what happened to the clock."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from motcua.calendars.limits import CALENDAR_UNITS, Limit, PausePolicy
from motcua.calendars.working import ONE_DAY, Timeline, WorkingCalendar, at_moment, moment_of
from motcua.calendars.working.counting import (
    calendar_time_later,
    end_of,
    later,
    rounded,
    unmoved_end_of,
)
from motcua.kernel.lifecycle import ClockEffect

from .happenings import Calendars, ClockEvent

_MINUTE = 60_000_000
_START, _PAUSE, _RESUME = ClockEffect.START, ClockEffect.PAUSE, ClockEffect.RESUME

# What happened, and when in microseconds of the city's time.
Told = Sequence[tuple[int, ClockEvent]]


def due_at(
    events: Iterable[ClockEvent],
    *,
    limit: Limit,
    policy: PausePolicy,
    calendar: Calendars,
) -> datetime:
    """
    Return when the agency owes the result, given all that happened to its clock so far.

    While a pause is open the answer is the moment that stood before it. A pause that begins after
    the due moment gives nothing back, and neither does an extension asked for then: late stays
    late. An answer within the minute of the question changes nothing.

    :raises ValueError: if the events do not begin with a start
    """
    told = [(moment_of(event.at), event) for event in events]
    _check_it_began(told)
    counted_by = calendar_of(told, calendar)
    return at_moment(
        counted_by.look(
            told[0][0] // ONE_DAY,
            told[-1][0] // ONE_DAY,
            lambda timeline: Reckoning(limit, policy, timeline).of(told),
        )
    )


def told_until(events: Iterable[ClockEvent], at: int) -> Told:
    """
    Return what had been told by a moment.

    :raises ValueError: if the clock had not been started by then
    """
    told = [(moment, event) for event in events if (moment := moment_of(event.at)) <= at]
    _check_it_began(told)
    return told


def is_calendar_time(limit: Limit) -> bool:
    """Return whether nights and days off count as well."""
    return limit.unit in CALENDAR_UNITS and limit.same_day_until is None


def calendar_of(told: Told, calendar: Calendars) -> WorkingCalendar:
    """
    Return the calendar by which all is counted: that of the last edition that was told.

    A calendar that was put right holds from the receipt on, so that the day of a storm that was
    declared off a week later does not stay counted.
    """
    if isinstance(calendar, WorkingCalendar):
        return calendar
    edition = None
    for _, event in told:
        if event.edition is not None:
            edition = event.edition
    return calendar(edition)


def _check_it_began(told: Told) -> None:
    if not told or told[0][1].effect is not _START:
        raise ValueError("the clock has not been started")


class Reckoning:
    """The due moment, followed from event to event. Moments are microseconds of city time."""

    __slots__ = (
        "_worked",
        "due",
        "ends",
        "in_calendar_time",
        "is_exact",
        "limit",
        "paused_at",
        "policy",
        "timeline",
        "unmoved",
    )

    def __init__(self, limit: Limit, policy: PausePolicy, timeline: Timeline) -> None:
        self.limit, self.policy, self.timeline = limit, policy, timeline
        self.in_calendar_time = is_calendar_time(limit)
        self.is_exact = limit.is_exact
        self.due = 0
        self.ends = 0  # the due moment before it was rounded
        self.unmoved = 0  # and before it was moved off days off, of calendar time
        self.paused_at: int | None = None
        self._worked: int | None = None  # by the end, once it was asked for

    def of(self, told: Told) -> int:
        """Return when the result is owed after all this."""
        for at, event in told:
            effect = event.effect
            if effect is _PAUSE:
                self.pause(at)
            elif effect is _RESUME:
                self.resume(at)
            elif effect is _START:
                self.start(at)
            elif effect is ClockEffect.EXTEND:
                assert event.by is not None, "an extension says by how much"
                self.extend(at, event.by)
            elif effect is ClockEffect.STOP:
                break
        return self.due

    def start(self, at: int) -> None:
        """Count from a receipt."""
        ends = self.ends = end_of(self.timeline, at, self.limit)
        self.due = ends if self.is_exact else self._rounded(ends)
        self.paused_at = self._worked = None
        if self.in_calendar_time:
            self.unmoved = unmoved_end_of(self.timeline, at, self.limit)

    def pause(self, at: int) -> None:
        """Stand still. One reason may follow upon another without the clock running between."""
        if self.paused_at is None:
            self.paused_at = at

    def resume(self, at: int) -> bool:
        """Run on, and return whether the period begins anew."""
        paused_at, self.paused_at = self.paused_at, None
        if paused_at is None or not self.gives_back(paused_at, at):
            return False
        if self.policy is PausePolicy.RESTART:
            return self._begin_anew(at)
        timeline = self.timeline
        if self.in_calendar_time:
            # Calendar time runs at night too, so the pause is given back as it passed; a day off
            # at the end is moved, and not the hour, as when the clock was started.
            self.unmoved = self.ends + at - paused_at
            self.ends = timeline.next_working(timeline.on_working_day(self.unmoved))
            self.due = self.ends if self.is_exact else self._rounded(self.ends)
            return False
        # Nothing is left where it paused in what rounding had given: it ends as soon as it runs.
        left = self._worked_by_end() - timeline.worked_by(paused_at)
        if left < 0:
            left = 0
        worked = timeline.worked_by(at) + left
        resumed = timeline.reached(worked) if left else timeline.next_working(at)
        if resumed > self.ends:
            self.ends, self._worked = resumed, worked
            self.due = resumed if self.is_exact else self._rounded(resumed)
        return False

    def gives_back(self, paused_at: int, resumed_at: int) -> bool:
        """Return whether a pause moves the due moment: not one asked late, nor one of no time."""
        return paused_at < self.due and resumed_at // _MINUTE > paused_at // _MINUTE

    def extend(self, at: int, by: Limit) -> bool:
        """Count on from the due moment that stands, and return whether it was not too late."""
        if (at if self.paused_at is None else self.paused_at) > self.due:
            return False
        if by.unit in CALENDAR_UNITS:
            self.unmoved = calendar_time_later(self.ends, by)
        self.ends, self._worked = later(self.timeline, self.ends, by), None
        self.due = self._rounded(self.ends)
        return True

    def _rounded(self, end: int) -> int:
        return rounded(self.timeline, end, self.limit.counting.rounding)

    def _worked_by_end(self) -> int:
        if self._worked is None:
            self._worked = self.timeline.worked_by(self.ends)
        return self._worked

    def _begin_anew(self, at: int) -> bool:
        # A period that begins anew never ends before the one it replaces: days off may bring both
        # to one day, and then to the earlier hour of it.
        stood, due, unmoved = self.ends, self.due, self.unmoved
        self.start(at)
        if self.ends > stood:
            return True
        self.ends, self.due, self.unmoved, self._worked = stood, due, unmoved, None
        return False
