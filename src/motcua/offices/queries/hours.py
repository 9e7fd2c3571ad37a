"""When a unit's counters serve people. Deadlines do not ask here."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Q

from motcua.calendars import queries as calendars
from motcua.kernel.clock import day_of
from motcua.offices.definitions import HoursRule, Span, is_within, opening_after, spans_on
from motcua.offices.models import ServiceHours

from .chart import UnitIsClosed, check_unit_open

# Tết closes for nine days; whoever serves nobody for longer has no next opening to promise.
LOOK_AHEAD_DAYS = 30


def service_hours(unit_id: int, on: date) -> tuple[Span, ...]:
    """Return the spans in which the unit's counters serve on that day, in order; may be none."""
    return spans_on(_rules(unit_id, on, on), on, calendars.city_calendar())


def week_of(unit_id: int, on: date) -> list[tuple[date, tuple[Span, ...]]]:
    """Return seven days from that one on, each with the spans in which the unit serves."""
    days = [on + timedelta(days=ahead) for ahead in range(7)]
    rules = _rules(unit_id, days[0], days[-1])
    return [(day, spans_on(rules, day, calendars.city_calendar())) for day in days]


def is_open(unit_id: int, at: datetime) -> bool:
    """Return whether the unit exists on that day and its counters serve at that moment."""
    on = day_of(at)
    try:
        check_unit_open(unit_id, on)
    except UnitIsClosed:
        return False
    return is_within(service_hours(unit_id, on), at)


def next_opening(unit_id: int, at: datetime) -> datetime | None:
    """Return when the unit opens next, in UTC; None if it does not within a month."""
    first = day_of(at)
    rules = _rules(unit_id, first, first + timedelta(days=LOOK_AHEAD_DAYS))
    opens = opening_after(rules, at, calendars.city_calendar(), days=LOOK_AHEAD_DAYS)
    return None if opens is None else opens.astimezone(UTC)


def _rules(unit_id: int, first: date, last: date) -> list[HoursRule]:
    rows = ServiceHours.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first), unit_id=unit_id, valid_from__lte=last
    )
    return [row.rule for row in rows]
