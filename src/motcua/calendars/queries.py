"""The calendar by which the city counts, in each of its editions, and what was said when."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.kernel import text
from motcua.kernel.clock import midnight_after
from motcua.kernel.memory import remembered

from .definitions import (
    DayLine,
    Fault,
    HoursLine,
    calendar_of,
    hours_faults,
    reason_faults,
    swap_faults,
)
from .models import CalendarChange, ChangedDay, ChangedHours
from .seeds import DayKind, calendar_days, shipped_calendar
from .working import WorkingCalendar

# What is shipped, and what the city had said before its calendar had editions.
FIRST_EDITION = 0

# What a clock counts by: from the number of an edition (None: the first) to its calendar.
Editions = Callable[[int | None], WorkingCalendar]
Line = DayLine | HoursLine


class NoSuchEdition(Exception):
    """The calendar has no edition of that number."""


class NoSuchChange(Exception):
    """There is no such change to the calendar."""


@dataclass(frozen=True, kw_only=True)
class ShownDay:
    """A day that is not what its weekday says, and who says so: an edition, or (0) the shipped."""

    line: DayLine
    certain: bool
    edition: int


@dataclass(frozen=True, kw_only=True)
class ShownHours:
    """Hours that were said, and in which edition."""

    line: HoursLine
    edition: int


@dataclass(frozen=True, kw_only=True)
class ChangeSheet:
    """A change with its lines."""

    change: CalendarChange
    days: tuple[DayLine, ...]
    hours: tuple[HoursLine, ...]


@remembered(seconds=5)
def city_calendar(agency_id: int | None = None, edition: int | None = None) -> WorkingCalendar:
    """
    Return the calendar by which an agency counts time limits; without one, the city's.

    The newest edition, or any that ever was: what an edition says never changes.

    :raises NoSuchEdition: if there is none of that number yet
    """
    told = _approved()
    if edition is not None and edition > _newest(told):
        told = _lines_now()  # approved a moment ago, by somebody else
        if edition > _newest(told):
            raise NoSuchEdition(edition)
    lines = [line for number, line in told if edition is None or number <= edition]
    return _calendar_with(agency_id, tuple(lines))


def current_edition() -> int:
    """Return the number of the newest edition; 0 is the calendar before any was approved."""
    return _newest(_approved())


def newest_edition() -> int:
    """Return the number of the newest edition as the database has it at this moment."""
    return _newest(_lines_now())


def edition_of(day: date) -> int:
    """Return the number of the edition that was the newest at the end of a day."""
    decided = CalendarChange.objects.filter(
        edition__isnull=False, decided_at__lt=midnight_after(day)
    )
    return decided.aggregate(newest=Max("edition"))["newest"] or FIRST_EDITION


@lru_cache(maxsize=1024)
def editions_for(agency_id: int | None) -> Editions:
    """
    Return an agency's calendar by edition, as a clock asks for it.

    Whoever asks for no edition is told the first: what was counted before editions had numbers.
    """
    return lambda edition: city_calendar(agency_id, edition or FIRST_EDITION)


def calendars_if(
    days: Sequence[DayLine], hours: Sequence[HoursLine]
) -> Callable[[int | None], WorkingCalendar]:
    """Return what each agency's calendar would be if these lines were the next edition."""
    told = (*(line for _number, line in _lines_now()), *days, *hours)
    return lambda agency_id: _calendar_with(agency_id, told)


def first_day_of(days: Iterable[DayLine], hours: Iterable[HoursLine]) -> date:
    """Return the first day that these lines say something of."""
    return min([*(line.day for line in days), *(line.since for line in hours)])


def last_day_of(days: Iterable[DayLine], hours: Iterable[HoursLine]) -> date | None:
    """Return the last day that these lines say something of; None if they hold on and on."""
    lasts = [*(line.day for line in days), *(line.until for line in hours)]
    return None if None in lasts else max(day for day in lasts if day is not None)


def days_of(year: int) -> list[ShownDay]:
    """Return the days of a year that are not what their weekday says, in order."""
    shown = {
        day.day: ShownDay(
            line=DayLine(day=day.day, kind=day.kind, name=day.name, basis=day.basis),
            certain=day.certain,
            edition=0,
        )
        for day in calendar_days()
        if day.day.year == year
    }
    for number, line in _lines_now():
        if isinstance(line, DayLine) and line.day.year == year:
            shown[line.day] = ShownDay(line=line, certain=True, edition=number)
    return [shown[day] for day in sorted(shown)]


def years_told() -> list[int]:
    """Return the years of which the calendar says anything, in order."""
    told = {day.day.year for day in calendar_days()}
    told |= {line.day.year for _number, line in _lines_now() if isinstance(line, DayLine)}
    return sorted(told)


def hours_told() -> list[ShownHours]:
    """Return all hours that were said, the newest edition first."""
    return [
        ShownHours(line=line, edition=number)
        for number, line in reversed(_lines_now())
        if isinstance(line, HoursLine)
    ]


def said_of_days(days: Iterable[date]) -> Mapping[date, DayKind]:
    """Return what the calendar says of these days, where it says anything."""
    wanted = set(days)
    said = {day.day: day.kind for day in calendar_days() if day.day in wanted}
    for _number, line in _lines_now():
        if isinstance(line, DayLine) and line.day in wanted:
            said[line.day] = line.kind
    return said


def _rests_by_its_week(day: date) -> bool:
    """Return whether the city's week leaves the day free; what is said of days is left aside."""
    for _number, line in reversed(_lines_now()):
        if isinstance(line, HoursLine) and line.agency_id is None and line.speaks_of(day):
            return day.weekday() in line.weekend
    return day.weekday() in shipped_calendar().weekend


def line_of_day(day: date) -> DayLine | None:
    """Return what the city's own editions say of a day, if anything."""
    return next(
        (
            line
            for _number, line in reversed(_lines_now())
            if isinstance(line, DayLine) and line.day == day
        ),
        None,
    )


def editions() -> list[CalendarChange]:
    """Return the changes that became editions, the newest first."""
    return list(CalendarChange.objects.filter(edition__isnull=False).order_by("-edition"))


def changes_awaiting() -> list[ChangeSheet]:
    """Return the proposals that nobody has decided on, the oldest first."""
    return _sheets_of(CalendarChange.objects.filter(decided_at=None).order_by("pk"))


def changes_rejected(most: int) -> list[CalendarChange]:
    """Return the last proposals that were rejected."""
    rejected = CalendarChange.objects.filter(decided_at__isnull=False, edition=None)
    return list(rejected.order_by("-decided_at")[:most])


def change_with(change_id: int) -> ChangeSheet:
    """
    Return a change with its lines.

    :raises NoSuchChange: if there is none of that number
    """
    for sheet in _sheets_of(CalendarChange.objects.filter(pk=change_id)):
        return sheet
    raise NoSuchChange(change_id)


def faults_of(
    *,
    days: Sequence[DayLine],
    hours: Sequence[HoursLine],
    basis: str,
    reason: str,
    recalculates: bool = False,
    recalculation_reason: str = "",
) -> list[Fault]:
    """Return everything that stands against proposing these lines now."""
    awaiting = changes_awaiting()
    faults = [
        *swap_faults(
            days,
            said=said_of_days(line.day for line in days),
            rests=_rests_by_its_week,
            awaited={line.day: sheet.change.pk for sheet in awaiting for line in sheet.days},
        ),
        *hours_faults(
            hours,
            awaited=[(sheet.change.pk, line) for sheet in awaiting for line in sheet.hours],
        ),
        *reason_faults(
            basis=text.clean(basis),
            reason=text.clean_lines(reason),
            recalculates=recalculates,
            recalculation_reason=text.clean_lines(recalculation_reason),
        ),
    ]
    if not days and not hours:
        faults.append(
            Fault(key="day", message=_("Hãy ghi ít nhất một ngày hoặc một giờ làm việc."))
        )
    return list(dict.fromkeys(faults))


def _sheets_of(changes: Iterable[CalendarChange]) -> list[ChangeSheet]:
    changes = list(changes)
    ids = [change.pk for change in changes]
    days: dict[int, list[DayLine]] = {pk: [] for pk in ids}
    hours: dict[int, list[HoursLine]] = {pk: [] for pk in ids}
    for day in ChangedDay.objects.filter(change__in=ids).order_by("day"):
        days[day.change_id].append(day.line)
    for period in ChangedHours.objects.filter(change__in=ids).order_by("since", "pk"):
        hours[period.change_id].append(period.line)
    return [
        ChangeSheet(change=change, days=tuple(days[change.pk]), hours=tuple(hours[change.pk]))
        for change in changes
    ]


@remembered(seconds=5)
def _approved() -> tuple[tuple[int, Line], ...]:
    return _lines_now()


def _lines_now() -> tuple[tuple[int, Line], ...]:
    """Return every line of every edition, in the order of the editions."""
    of_change = {change.pk: change.edition or 0 for change in editions()}
    lines: list[tuple[int, Line]] = []
    for model in (ChangedDay, ChangedHours):
        rows = model.objects.filter(change__in=of_change).order_by("pk")
        lines += [(of_change[row.change_id], row.line) for row in rows]
    return tuple(sorted(lines, key=lambda line: line[0]))


def _newest(told: tuple[tuple[int, Line], ...]) -> int:
    return max((number for number, _line in told), default=FIRST_EDITION)


# The same lines make the same calendar, which keeps what it has counted.
@lru_cache(maxsize=256)
def _calendar_with(agency_id: int | None, lines: tuple[Line, ...]) -> WorkingCalendar:
    hours = [line for line in lines if isinstance(line, HoursLine)]
    if agency_id is not None and all(line.agency_id != agency_id for line in hours):
        return _calendar_with(None, lines)  # most agencies keep the city's hours: one calendar
    return calendar_of(
        shipped_calendar(),
        [line for line in lines if isinstance(line, DayLine)],
        hours,
        agency_id=agency_id,
    )
