"""When a limit that began at a moment ends, and how long the office works between two."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import assert_never

from motcua.calendars.limits import (
    AfterHours,
    Counting,
    FirstDay,
    Limit,
    LimitUnit,
    Rounding,
)

from .calendar import BeyondTheCalendar, WorkingCalendar
from .timeline import (
    MICROSECOND,
    ONE_DAY,
    Timeline,
    at_moment,
    date_of,
    day_number,
    moment_of,
)


class NotAWholeNumber(ValueError):
    """Calendar days and months are counted whole."""


def due_at(calendar: WorkingCalendar, start: datetime, limit: Limit) -> datetime:
    """
    Return when a limit ends that begins with a receipt at `start`, in UTC.

    What is received outside the sessions counts from the start of the next one, and the day of
    receipt does not count, unless the limit's own counting says otherwise.

    :raises NotAWholeNumber: if the limit is a fraction of a calendar day or month
    :raises BeyondTheCalendar: if it ends in no year that is laid out
    """
    began = moment_of(start)
    day = began // ONE_DAY
    return at_moment(calendar.look(day, day, lambda timeline: _due(timeline, began, limit)))


def next_working_moment(calendar: WorkingCalendar, at: datetime) -> datetime:
    """Return `at` if the office works then, else the start of its next session, in UTC."""
    moment = moment_of(at)
    day = moment // ONE_DAY
    return at_moment(calendar.look(day, day, lambda timeline: timeline.next_working(moment)))


def add_worked(calendar: WorkingCalendar, start: datetime, worked: timedelta) -> datetime:
    """
    Return when the office will have worked this long since `start`, in UTC.

    Time that runs out as a session closes ends there, not when the next one opens.
    """
    assert worked >= timedelta(), "working time is not counted backwards"
    began, length = moment_of(start), worked // MICROSECOND
    day = began // ONE_DAY
    return at_moment(calendar.look(day, day, lambda timeline: timeline.after(began, length)))


def worked_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Return how long the office works from `start` to `end`; negative when `end` is earlier."""
    first, last = moment_of(start), moment_of(end)
    worked = calendar.look(
        min(first, last) // ONE_DAY,
        max(first, last) // ONE_DAY,
        lambda timeline: timeline.worked_by(last) - timeline.worked_by(first),
    )
    return timedelta(microseconds=worked)


def _due(timeline: Timeline, received: int, limit: Limit) -> int:
    return rounded(timeline, end_of(timeline, received, limit), limit.counting.rounding)


def end_of(timeline: Timeline, received: int, limit: Limit) -> int:
    """
    Return when a limit ends that begins with a receipt at this moment, before it is rounded.

    :raises NotAWholeNumber: if the limit is a fraction of a calendar day or month
    """
    by_law = limit.counts_by_law
    if by_law:
        begins = timeline.next_working(received)
    else:
        begins = counted_from(timeline, received, limit.counting)
    if limit.same_day_until is not None:
        day, clock = divmod(begins, ONE_DAY)
        if clock > limit.same_day_until_moment:
            day = timeline.working_day_from(day + 1)
        return timeline.closing(day)
    if not by_law and limit.counting.first_day is FirstDay.INCLUDED:
        return _end_with_first_day(timeline, begins, limit)
    return later(timeline, begins, limit)


def counted_from(timeline: Timeline, received: int, counting: Counting) -> int:
    """Return from when a receipt counts: at once while the office works."""
    begins = timeline.next_working(received)
    if begins == received or counting.after_hours is AfterHours.NEXT_SESSION:
        return begins
    day = begins // ONE_DAY
    if begins == timeline.opening(day):  # before the day began, so it is that day's
        return begins
    return timeline.opening(timeline.working_day_from(day + 1))


def rounded(timeline: Timeline, end: int, rounding: Rounding) -> int:
    """Return the end of a limit, moved on as far as its counting says."""
    if rounding is Rounding.EXACT:
        return end
    if rounding is Rounding.SESSION_END:
        return timeline.session_end(end)
    return timeline.closing(end // ONE_DAY)


def unmoved_end_of(timeline: Timeline, received: int, limit: Limit) -> int:
    """Return where a limit of calendar days or months ends, whatever day that is."""
    begins = counted_from(timeline, received, limit.counting)
    if limit.counting.first_day is FirstDay.INCLUDED:
        return (_last_day_with_first(begins, limit) + 1) * ONE_DAY
    return calendar_time_later(begins, limit)


def _end_with_first_day(timeline: Timeline, begins: int, limit: Limit) -> int:
    if limit.unit is LimitUnit.HOUR or not limit.whole:
        return later(timeline, begins, limit)
    if limit.unit is not LimitUnit.WORKING_DAY:
        return timeline.closing(timeline.working_day_from(_last_day_with_first(begins, limit)))
    midnight = begins // ONE_DAY * ONE_DAY
    last = timeline.working_days_later(midnight, limit.whole - 1) // ONE_DAY
    if not limit.rest:
        return timeline.closing(last)
    following = timeline.working_day_from(last + 1)
    return timeline.after(timeline.closing(last), round(limit.rest * timeline.length(following)))


def _last_day_with_first(begins: int, limit: Limit) -> int:
    return calendar_time_later(begins, limit) // ONE_DAY - 1


def later(timeline: Timeline, moment: int, limit: Limit) -> int:
    """
    Return the moment an amount of time after one at which the office works or closes.

    :raises NotAWholeNumber: if it is a fraction of a calendar day or month
    """
    if limit.unit is LimitUnit.WORKING_DAY:
        # The day of receipt does not count (BLDS 2015, art. 147), so the same clock time
        # n working days later; half a day more is half of the sessions' time.
        end = timeline.working_days_later(moment, limit.whole)
        if not limit.rest:
            return end
        return timeline.after(end, round(limit.rest * timeline.length(end // ONE_DAY)))
    if limit.unit is LimitUnit.HOUR:
        return timeline.after(moment, limit.hours_worked)
    # A limit whose last day is a day off ends on the next that is not (BLDS 2015, art. 148).
    end = timeline.on_working_day(calendar_time_later(moment, limit))
    return end if timeline.is_even else timeline.within_the_day(end)


def calendar_time_later(moment: int, limit: Limit) -> int:
    """
    Return the same clock time so many calendar days or months later, whatever day that is.

    :raises NotAWholeNumber: if the limit is a fraction of a calendar day or month
    """
    if limit.rest:
        raise NotAWholeNumber(f"{limit.amount} is not a whole number of days or months")
    day, clock = divmod(moment, ONE_DAY)
    match limit.unit:
        case LimitUnit.DAY:
            return moment + limit.whole * ONE_DAY
        case LimitUnit.MONTH:
            return day_number(_months_later(date_of(day), limit.whole)) * ONE_DAY + clock
        case LimitUnit.HOUR | LimitUnit.WORKING_DAY:
            raise AssertionError("working time is not calendar time")
    assert_never(limit.unit)


def _months_later(on: date, months: int) -> date:
    # A month without such a day ends with its last one (BLDS 2015, art. 148).
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if year > date.max.year:
        raise BeyondTheCalendar("no limit of the law runs through so many years")
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
