"""
What was counted, for any period, as it is known now or was known at the end of a past day.

Whole months are read from the months, what is left of a period from the days, and what was learned
later from the cohorts where a past day asks for it. No row of a dossier is read but of those whose
due moment lies between now and midnight. Only what is asked for is added up, and by the database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of, midnight_after
from motcua.kernel.statements import Statement
from motcua.steering.definitions import EVENTS, LEARNED, STOCKS, Counted, Measure, Period
from motcua.steering.models import Source

_DAY = timedelta(days=1)
_KEY = ("agency_id", "procedure", "channel", "is_part")
_EVERY_MEASURE = tuple(Measure)
_RUNNING_OUT_TODAY = (
    "ended_at IS NULL AND paused_at IS NULL AND late_from IS NULL "
    "AND due_at > %(at)s AND due_at < %(midnight)s"
)


class TheFutureIsNotKnown(ValueError):
    """Figures are asked for as of a day that has not come, or of a period that has not begun."""


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
    asked = _Asked.of(period, as_of, at, agency_ids, procedures)
    rows = _added_up(_KEY, _EVERY_MEASURE, asked, before=STOCKS)
    now, before = len(_KEY), len(_KEY) + len(_EVERY_MEASURE)
    return [
        Counted._make(
            (
                *row[:now],
                dict(zip(_EVERY_MEASURE, row[now:before], strict=True)),
                dict(zip(STOCKS, row[before:], strict=True)),
            )
        )
        for row in sorted(rows)
    ]


def sums(
    measures: Sequence[Measure],
    period: Period,
    *,
    by: Sequence[str],
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
) -> list[tuple[Any, ...]]:
    """
    Return some figures of a period, added up by what of the key is named: that, then the measures.

    They are those of `counted`, for a fraction of its cost.

    :raises TheFutureIsNotKnown: as `counted`
    """
    return _added_up(by, measures, _Asked.of(period, as_of, at, agency_ids))


def sources(*, on: date) -> frozenset[Measure]:
    """Return the learned measures of which the ledger had a fact by that day."""
    return frozenset(Measure(name) for (name,) in _reading_sources().rows({date.min: on}))


@cache
def _reading_sources() -> Statement:
    return Statement(Source.objects.filter(since__lte=date.min).values_list("measure"))


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


def check_has_come(period: Period, *, as_of: date | None = None, at: datetime) -> None:
    """
    Stop a statutory report of days of which some are still to come.

    The index and the targets tell of a running period how far it is. A report is of the very days
    that stand on it: up to a day that nobody has seen, it would say the same as up to today.

    :raises TheFutureIsNotKnown: if the period ends after today, or after the day `as_of`
    """
    if as_of is not None:
        moment_seen(as_of, at=at)
    if period.last > day_of(at):
        raise TheFutureIsNotKnown(_("Kỳ báo cáo không được kết thúc sau ngày hôm nay."))
    if as_of is not None and period.last > as_of:
        raise TheFutureIsNotKnown(_("Kỳ báo cáo không được kết thúc sau ngày của số liệu."))


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


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Which days are asked about, of whom, and as known when."""

    period: Period
    until: date  # the last day that figures can be about
    as_of: date | None
    at: datetime
    agency_ids: Collection[int] | None
    procedures: Collection[str] | None

    @classmethod
    def of(
        cls,
        period: Period,
        as_of: date | None,
        at: datetime,
        agency_ids: Collection[int] | None,
        procedures: Collection[str] | None = None,
    ) -> "_Asked":
        return cls(
            period=period,
            until=check_known(period, as_of=as_of, at=at),
            as_of=as_of,
            at=at,
            agency_ids=agency_ids,
            procedures=procedures,
        )

    @property
    def is_of_now(self) -> bool:
        return self.as_of is None and self.until == day_of(self.at)

    def where(self, condition: str) -> str:
        parts = [condition]
        if self.agency_ids is not None:
            parts.append("agency_id = ANY(%(agencies)s)")
        if self.procedures is not None:
            parts.append("procedure = ANY(%(procedures)s)")
        return " AND ".join(parts)

    def values(self) -> dict[str, Any]:
        return {
            "agencies": None if self.agency_ids is None else list(self.agency_ids),
            "procedures": None if self.procedures is None else list(self.procedures),
            "at": self.at,
            "midnight": midnight_after(self.until),
        }


class _Piece(NamedTuple):
    """Rows of one table that add to the figures; a figure that it does not name, it adds 0 to."""

    table: str
    condition: str
    adds: Mapping[str, str]  # by the name of the figure


def _added_up(
    by: Sequence[str],
    measures: Sequence[Measure],
    asked: _Asked,
    *,
    before: Sequence[Measure] = (),
) -> list[tuple[Any, ...]]:
    """Return figures by columns, in one statement; after them the stocks before the period."""
    key = ", ".join(by)
    flows = [measure for measure in measures if measure not in STOCKS]
    stocks = [measure for measure in measures if measure in STOCKS]
    # Apart, for a stock is made of all the past and a flow of few rows with many figures.
    families = [
        _family(key, names, pieces, asked)
        for names, pieces in (
            (flows, _flows(flows, asked)),
            ([*stocks, *map(_before, before)], _stocks(stocks, asked, before)),
        )
        if pieces
    ]
    if not families:
        return []
    figures = [f"coalesce({name}, 0)" for name in (*measures, *map(_before, before))]
    together = f" FULL JOIN {families[-1]} USING ({key})" if len(families) > 1 else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {', '.join(figures)} FROM {families[0]}{together}",  # noqa: S608 - ours
            asked.values(),
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _family(key: str, names: Sequence[str], pieces: Sequence[_Piece], asked: _Asked) -> str:
    """Return figures read from several tables and added up, as a table; without rows of nothing."""
    told = " UNION ALL ".join(
        f"SELECT {key}, {', '.join(piece.adds.get(name, '0') for name in names)} "  # noqa: S608 - ours
        f"FROM {piece.table} WHERE {asked.where(piece.condition)}"
        for piece in pieces
    )
    sums = ", ".join(f"sum({name}) AS {name}" for name in names)
    something = ", ".join(f"sum({name})" for name in names)
    return (
        f"(SELECT {key}, {sums} FROM ({told}) AS told ({key}, {', '.join(names)}) "  # noqa: S608 - ours
        f"GROUP BY {key} HAVING ({something}) <> ({', '.join('0' for _name in names)})) "
        f"AS of_{names[0]}"
    )


def _flows(measures: Sequence[Measure], asked: _Asked) -> list[_Piece]:
    """Return where events and learned are read."""
    events = _themselves(measure for measure in measures if measure in EVENTS)
    learned = _themselves(measure for measure in measures if measure in LEARNED)
    first, last, as_of = asked.period.first, asked.until, asked.as_of
    if asked.is_of_now:
        # Nothing has happened after today: the month that runs may be read as if it were over.
        last = min(_month_end(last), asked.period.last)
    pieces = []
    for span in _spans(first, last):
        knows_all = span.table == "steering_month" and as_of is None
        if adds := events | learned if knows_all else events:
            pieces.append(_Piece(*span, adds))
    if as_of is not None and learned:
        cohorts = [
            month
            for month in asked.period.months()
            if first <= month and _month_end(month) <= asked.period.last
        ]
        if cohorts:
            known = f"month BETWEEN '{cohorts[0]}' AND '{cohorts[-1]}' AND \"on\" <= '{as_of}'"
            pieces.append(_Piece("steering_cohort", known, learned))
    return pieces


def _stocks(stocks: Sequence[Measure], asked: _Asked, before: Sequence[Measure]) -> list[_Piece]:
    """Return where the stocks at the end are read, and those before the period."""
    if not stocks:
        return []
    now = _themselves(stocks)
    if before:
        begun = now | {_before(stock): stock.value for stock in before}
        pieces = [_Piece(*span, begun) for span in _spans(None, asked.period.first - _DAY)]
        pieces += [_Piece(*span, now) for span in _spans(asked.period.first, asked.until)]
    else:
        pieces = [_Piece(*span, now) for span in _spans(None, asked.until)]
    if asked.is_of_now and Measure.OVERDUE in stocks:
        # What falls due later today is not overdue yet.
        pieces.append(_Piece("steering_fact", _RUNNING_OUT_TODAY, {Measure.OVERDUE: "-1"}))
    return pieces


def _themselves(measures: Iterable[Measure]) -> dict[str, str]:
    return {measure: measure.value for measure in measures}


def _before(stock: Measure) -> str:
    return f"{stock}_before"


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


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - _DAY
