"""
What was counted, for any period, as it is known now or was known at the end of a past day.

Whole months are read from the months, what is left of a period from the days, and what was learned
later from the cohorts where a past day asks for it. No row of a dossier is read but of those whose
due moment lies between now and midnight.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of, midnight_after
from motcua.steering.definitions import EVENTS, LEARNED, STOCKS, Counted, Measure, Period
from motcua.steering.models import Source

_DAY = timedelta(days=1)
_COLUMNS = "agency_id, procedure, channel, is_part"
_EVERY_MEASURE = tuple(Measure)
_FLOWS = (*EVENTS, *LEARNED)
_NO_STOCKS = (0,) * len(STOCKS)
_RUNNING_OUT_TODAY = """
    SELECT agency_id, procedure, channel, is_part, count(*) FROM steering_fact
    WHERE ended_at IS NULL AND paused_at IS NULL AND due_at > %s AND due_at < %s
        AND late_from IS NULL
    GROUP BY agency_id, procedure, channel, is_part
"""

Key = tuple[int, str, str, bool]
Figures = tuple[int, ...]


class TheFutureIsNotKnown(ValueError):
    """Figures are asked for as of a day that has not come, or of a period that has not begun."""


@dataclass(frozen=True, kw_only=True)
class _Narrowed:
    """Of whom, and of what, figures are asked."""

    agency_ids: Collection[int] | None = None
    procedures: Collection[str] | None = None

    def where(self, *conditions: str) -> str:
        parts = [*conditions]
        if self.agency_ids is not None:
            parts.append("agency_id = ANY(%(agencies)s)")
        if self.procedures is not None:
            parts.append("procedure = ANY(%(procedures)s)")
        return f"WHERE {' AND '.join(parts)}" if parts else ""

    def values(self) -> dict[str, Any]:
        return {
            "agencies": None if self.agency_ids is None else list(self.agency_ids),
            "procedures": None if self.procedures is None else list(self.procedures),
        }

    def holds(self, key: Key) -> bool:
        return (self.agency_ids is None or key[0] in self.agency_ids) and (
            self.procedures is None or key[1] in self.procedures
        )


def counted(
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
    procedures: Collection[str] | None = None,
) -> list[Counted]:
    """
    Return the figures of a period: a row for each agency, procedure and channel.

    `as_of` is a past day, at whose end they were known so; without it they are those of `at`. What
    is learned belongs to whole months: a period that begins or ends inside one has none for it.

    :raises TheFutureIsNotKnown: if the period has not begun, or the day `as_of` has not come
    """
    until = check_known(period, as_of=as_of, at=at)
    narrowed = _Narrowed(agency_ids=agency_ids, procedures=procedures)
    flows = _flows(period, until, as_of, at, narrowed)
    stocks = _stocks(period.first - _DAY, until, narrowed)
    if as_of is None and until == day_of(at):
        _take_off_what_still_runs(stocks, at, narrowed)
    no_flows = (0,) * len(_FLOWS)
    found = []
    for key in sorted(flows.keys() | stocks.keys()):
        stock = stocks.get(key, (*_NO_STOCKS, *_NO_STOCKS))
        now = dict(zip(_EVERY_MEASURE, flows.get(key, no_flows) + stock[4:], strict=True))
        found.append(Counted(*key, now, dict(zip(STOCKS, stock[:4], strict=True))))
    return found


def sources(*, on: date) -> frozenset[Measure]:
    """Return the learned measures of which the ledger had a fact by that day."""
    known = Source.objects.filter(since__lte=on).values_list("measure", flat=True)
    return frozenset(Measure(name) for name in known)


def check_known(period: Period, *, as_of: date | None, at: datetime) -> date:
    """
    Return the last day of the period that figures can be about.

    :raises TheFutureIsNotKnown: if the period has not begun, or the day `as_of` has not come
    """
    today = day_of(at)
    if as_of is not None:
        moment_seen(as_of, at=at)
    known = period.until(as_of or today)
    if known is None:
        raise TheFutureIsNotKnown(
            _("Kỳ %(period)s chưa bắt đầu nên chưa có số liệu.") % {"period": period.name}
        )
    return known.last


def moment_seen(as_of: date | datetime, *, at: datetime) -> datetime:
    """
    Return the moment before which all is seen as of a past moment, or as of a day: its end, or now.

    :raises TheFutureIsNotKnown: if the moment or the day has not come
    """
    if isinstance(as_of, datetime):
        if as_of > at:
            raise TheFutureIsNotKnown(
                _("%(hour)s ngày %(day)s chưa đến. Hãy chọn một thời điểm đã qua.")
                % {
                    "hour": f"{as_of.astimezone(CITY_TIME):%H:%M}",
                    "day": f"{day_of(as_of):%d/%m/%Y}",
                }
            )
        return as_of
    if as_of > day_of(at):
        raise TheFutureIsNotKnown(
            _("Ngày %(day)s chưa đến. Hãy chọn ngày hôm nay hoặc một ngày đã qua.")
            % {"day": f"{as_of:%d/%m/%Y}"}
        )
    return min(midnight_after(as_of), at)


def _flows(
    period: Period, until: date, as_of: date | None, at: datetime, narrowed: _Narrowed
) -> dict[Key, Figures]:
    """Return events and learned of a period, in one statement."""
    # Nothing has happened after today, so the month that runs may be read as if it were over.
    last = _month_end(until) if as_of is None and until == day_of(at) else until
    no_learned = ", ".join("0" for _measure in LEARNED)
    pieces = [
        f"SELECT {_COLUMNS}, {_named(EVENTS)}, {no_learned} FROM {span.table} "  # noqa: S608 - ours
        f"{narrowed.where(span.condition)}"
        for span in _spans(period.first, last)
    ]
    cohorts = [
        month
        for month in period.months()
        if period.first <= month and _month_end(month) <= period.last
    ]
    if cohorts:
        known = [f"month BETWEEN '{cohorts[0]}' AND '{cohorts[-1]}'"]
        if as_of is not None:
            known.append(f"\"on\" <= '{as_of}'")
        no_events = ", ".join("0" for _measure in EVENTS)
        pieces.append(
            f"SELECT {_COLUMNS}, {no_events}, {_named(LEARNED)} "  # noqa: S608 - our columns
            f"FROM {'steering_month' if as_of is None else 'steering_cohort'} "
            f"{narrowed.where(*known)}"
        )
    sums = ", ".join(f"sum({measure.value})" for measure in _FLOWS)
    return _summed(pieces, f"{_COLUMNS}, {_named(_FLOWS)}", sums, narrowed)


def _stocks(before: date, now: date, narrowed: _Narrowed) -> dict[Key, Figures]:
    """Return the stocks at the end of two days, those of the earlier one first."""
    pieces = [
        f"SELECT {_COLUMNS}, {is_before}, {_named(STOCKS)} FROM {span.table} "  # noqa: S608 - ours
        f"{narrowed.where(span.condition)}"
        for is_before, spans in (
            ("TRUE", _spans(None, before)),
            ("FALSE", _spans(before + _DAY, now)),
        )
        for span in spans
    ]
    sums = [f"coalesce(sum({m.value}) FILTER (WHERE is_before), 0)" for m in STOCKS]
    sums += [f"sum({m.value})" for m in STOCKS]
    return _summed(pieces, f"{_COLUMNS}, is_before, {_named(STOCKS)}", ", ".join(sums), narrowed)


def _summed(
    pieces: Sequence[str], columns: str, sums: str, narrowed: _Narrowed
) -> dict[Key, Figures]:
    statement = (
        f"SELECT {_COLUMNS}, {sums} FROM ({' UNION ALL '.join(pieces)}) "  # noqa: S608 - ours
        f"AS told ({columns}) GROUP BY {_COLUMNS}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, narrowed.values())
        return {row[:4]: row[4:] for row in cursor.fetchall() if any(row[4:])}


class _Span(NamedTuple):
    """Days that one table holds together."""

    table: str
    condition: str


def _spans(first: date | None, last: date) -> list[_Span]:
    """Return days up to the last as years, months and days, as coarse as may be."""
    if first is not None and first > last:
        return []
    days: list[tuple[date, date]] = []
    month = date.min if first is None else first
    if first is not None and first.day != 1:
        month = _month_end(first) + _DAY
        days.append((first, min(last, _month_end(first))))
    if last != _month_end(last) and last.replace(day=1) >= month:
        days.append((last.replace(day=1), last))
        last = last.replace(day=1) - _DAY
    spans = [_Span("steering_day", f"\"on\" BETWEEN '{a}' AND '{b}'") for a, b in days]
    if first is None:
        month = last.replace(month=1, day=1) if last.month < 12 else last + _DAY
        spans.append(_Span("steering_year", f"year < '{month}'"))
    if month <= last:
        spans.append(_Span("steering_month", f"month BETWEEN '{month}' AND '{last}'"))
    return spans


def _named(measures: Sequence[Measure]) -> str:
    return ", ".join(measure.value for measure in measures)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - _DAY


def _take_off_what_still_runs(
    stocks: dict[Key, Figures], at: datetime, narrowed: _Narrowed
) -> None:
    """Let what falls due later today not be overdue yet."""
    place = len(STOCKS) + STOCKS.index(Measure.OVERDUE)
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING_OUT_TODAY, [at, midnight_after(day_of(at))])
        running = {row[:4]: row[4] for row in cursor.fetchall()}
    for key, count in running.items():
        if narrowed.holds(key) and key in stocks:
            figures = list(stocks[key])
            figures[place] -= count
            stocks[key] = tuple(figures)
