"""When counters serve people. Time limits are counted by the calendar alone, never by this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.calendars.working import WorkingCalendar
from motcua.kernel.clock import CITY_TIME

WEEK = range(7)  # as date.weekday() numbers them


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """A stretch of a day in which a counter serves. At `closes` it no longer does."""

    opens: time
    closes: time


@dataclass(frozen=True, kw_only=True)
class HoursRule:
    """
    One line of a unit's service hours.

    With a weekday it holds on that day of every week it covers; without, it is an exception for
    each day it covers and stands in place of the week. An exception without a span closes.
    """

    weekday: int | None
    span: Span | None
    valid_from: date
    valid_to: date | None

    def covers(self, on: date) -> bool:
        """Return whether the day lies within the rule's validity."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def spans_on(rules: Iterable[HoursRule], on: date, calendar: WorkingCalendar) -> tuple[Span, ...]:
    """
    Return when a unit with these rules serves on that day, in order.

    Exceptions speak first. Without one, nobody serves on a day that the calendar takes off; and
    on a Saturday or Sunday made up for another day, the hours are those of the last weekday
    before it that is served.
    """
    in_force = [rule for rule in rules if rule.covers(on)]
    exceptions = [rule for rule in in_force if rule.weekday is None]
    if exceptions:
        return _in_order(exceptions)
    if on in calendar.off and on not in calendar.working:
        return ()
    served = {rule.weekday for rule in in_force}
    weekday = on.weekday()
    if on in calendar.working and served:
        while weekday not in served:
            weekday = (weekday - 1) % len(WEEK)
    return _in_order(rule for rule in in_force if rule.weekday == weekday)


def is_within(spans: Iterable[Span], at: datetime) -> bool:
    """Return whether the moment, in city time, lies in one of the day's spans."""
    moment = at.astimezone(CITY_TIME).time()
    return any(span.opens <= moment < span.closes for span in spans)


def opening_after(
    rules: Iterable[HoursRule], at: datetime, calendar: WorkingCalendar, *, days: int
) -> datetime | None:
    """Return when a unit that is closed at `at` opens next, in city time; None within `days`."""
    rules = list(rules)
    at = at.astimezone(CITY_TIME)
    for ahead in range(days + 1):
        day = at.date() + timedelta(days=ahead)
        for span in spans_on(rules, day, calendar):
            opens = datetime.combine(day, span.opens, CITY_TIME)
            if opens >= at:
                return opens
    return None


def _in_order(rules: Iterable[HoursRule]) -> tuple[Span, ...]:
    return tuple(sorted(rule.span for rule in rules if rule.span is not None))
