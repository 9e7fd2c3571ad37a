"""How changes lie over the shipped calendar: the later one wins, the agency's own over all's."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from motcua.calendars.seeds import DAYS_OFF, DayKind
from motcua.calendars.working import Hours, WorkingCalendar

from .changes import DayLine, HoursLine

_ONE_DAY = timedelta(days=1)
# Weekends of a period are laid out day by day; no limit of the law runs for so long.
YEARS_LAID_OUT = 30
_WORKED = {DayKind.SWAP_WORK, DayKind.HALF_DAY}


def calendar_of(
    shipped: WorkingCalendar,
    days: Iterable[DayLine],
    hours: Iterable[HoursLine],
    *,
    agency_id: int | None,
) -> WorkingCalendar:
    """Return the calendar of an agency after these changes, told in the order of their editions."""
    said = {line.day: line for line in days}
    meant = [line for line in hours if line.agency_id in (None, agency_id)]
    off = set(shipped.off - said.keys())
    off |= {day for day, line in said.items() if line.kind in DAYS_OFF}
    working = set(shipped.working - said.keys())
    working |= {day for day, line in said.items() if line.kind in _WORKED}
    # What is said of a day wins over what is said of all weeks, unless that it be as they say.
    own = {day for day, line in said.items() if not _is_ordinary(line)}
    for day in _days_of_other_weeks(meant, shipped.weekend) - own - off - working:
        line = hours_on(meant, day)
        rests = day.weekday() in (line.weekend if line is not None else shipped.weekend)
        if rests:
            off.add(day)
        elif day.weekday() in shipped.weekend:
            working.add(day)
    names = {**shipped.names, **{line.day: line.name for line in said.values()}}
    return replace(
        shipped,
        hours=_periods(shipped, said, meant),
        off=frozenset(off),
        working=frozenset(working),
        names={day: name for day, name in names.items() if not _is_ordinary(said.get(day))},
    )


def hours_on(hours: Sequence[HoursLine], day: date) -> HoursLine | None:
    """Return the line that holds on a day: an agency's own before all's, the later first."""
    found = [
        line for line in hours if line.since <= day and (line.until is None or day <= line.until)
    ]
    own = [line for line in found if line.agency_id is not None]
    return next(reversed(own or found), None)


def _periods(
    shipped: WorkingCalendar, said: dict[date, DayLine], hours: Sequence[HoursLine]
) -> tuple[Hours, ...]:
    halves = {day: line for day, line in said.items() if line.kind is DayKind.HALF_DAY}
    begins = {
        *(period.since for period in shipped.hours),
        *(line.since for line in hours),
        *(line.until + _ONE_DAY for line in hours if line.until is not None),
        *halves,
        *(day + _ONE_DAY for day in halves),
    }
    periods: list[Hours] = []
    for since in sorted(begins):
        held = replace(_hours_held(shipped, halves, hours, since), since=since)
        if not periods or replace(held, since=periods[-1].since) != periods[-1]:
            periods.append(held)
    return tuple(periods)


def _hours_held(
    shipped: WorkingCalendar,
    halves: dict[date, DayLine],
    hours: Sequence[HoursLine],
    day: date,
) -> Hours:
    if day in halves:
        return Hours(since=day, sessions=halves[day].sessions)
    if line := hours_on(hours, day):
        return Hours(since=day, sessions=line.sessions, by_weekday=line.by_weekday)
    return next(period for period in reversed(shipped.hours) if period.since <= day)


def _days_of_other_weeks(hours: Iterable[HoursLine], weekend: frozenset[int]) -> set[date]:
    """Return the days that some line takes into or out of the weekend."""
    days: set[date] = set()
    for line in hours:
        moved = line.weekend ^ weekend
        if not moved:
            continue
        last = line.until or date(line.since.year + YEARS_LAID_OUT, 12, 31)
        for number in range(line.since.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(number)
            if day.weekday() in moved:
                days.add(day)
    return days


def _is_ordinary(line: DayLine | None) -> bool:
    return line is not None and line.kind is DayKind.ORDINARY
