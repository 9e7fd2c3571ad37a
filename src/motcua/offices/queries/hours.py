"""When a unit's counters serve people. Deadlines do not ask here."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q

from motcua.calendars import queries as calendars
from motcua.kernel.clock import day_of
from motcua.offices.definitions import HoursRule, Span, is_within, opening_after, spans_on
from motcua.offices.models import ServiceHours, in_force

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


@dataclass(frozen=True, kw_only=True)
class ToldHours:
    """What was said once of some days: their spans, none where they are closed."""

    weekdays: tuple[int, ...]  # 0: Monday; none: an exception for each day from first to last
    first: date
    last: date | None
    spans: tuple[Span, ...]
    reason: str = ""


def hours_told(unit_id: int, on: date) -> tuple[list[ToldHours], list[ToldHours]]:
    """Return what holds on that day or later, by day: for weekdays, and for single days."""
    rows = ServiceHours.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), unit_id=unit_id
    ).order_by("valid_from", "weekday", "opens")
    spans_by_day: dict[tuple, list[Span]] = defaultdict(list)
    for row in rows:
        spans = spans_by_day[row.valid_from, row.valid_to, row.weekday, row.reason]
        if row.rule.span:
            spans.append(row.rule.span)
    weekdays_by_hours: dict[tuple, list[int]] = defaultdict(list)
    exceptions = []
    for (first, last, weekday, reason), spans in spans_by_day.items():
        if weekday is None:
            told = ToldHours(weekdays=(), first=first, last=last, spans=tuple(spans), reason=reason)
            exceptions.append(told)
        else:
            weekdays_by_hours[first, last, tuple(spans)].append(weekday)
    week = [
        ToldHours(weekdays=tuple(weekdays), first=first, last=last, spans=spans)
        for (first, last, spans), weekdays in weekdays_by_hours.items()
    ]
    return week, exceptions


def is_open(unit_id: int, at: datetime) -> bool:
    """Return whether the unit exists on that day and its counters serve at that moment."""
    return is_within(service_hours(unit_id, day_of(at)), at)


def next_opening(unit_id: int, at: datetime) -> datetime | None:
    """Return when the unit opens next, in UTC; None if it does not within a month."""
    first = day_of(at)
    rules = _rules(unit_id, first, first + timedelta(days=LOOK_AHEAD_DAYS))
    opens = opening_after(rules, at, calendars.city_calendar(), days=LOOK_AHEAD_DAYS)
    return None if opens is None else opens.astimezone(UTC)


def _rules(unit_id: int, first: date, last: date) -> list[HoursRule]:
    # A unit that was closed keeps its hours, and serves nobody in them.
    rows = ServiceHours.objects.filter(
        in_force(first, through="unit__"),
        in_force(first, through="unit__agency__"),
        Q(valid_to__isnull=True) | Q(valid_to__gte=first),
        unit_id=unit_id,
        valid_from__lte=last,
    )
    return [row.rule for row in rows]
