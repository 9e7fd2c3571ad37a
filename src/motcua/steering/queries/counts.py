"""
What was counted, for any period, as it is known now or was known at the end of a past day.

Whole years and months are read as such, what is left of a period from the days, and what was
learned later from the cohorts where a past day asks for it; of all these the totals, where
procedures are not told apart. No row of a dossier or a petition is read but of what may still be
done in time. Only what is asked for is added up, and by the database.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of, midnight, midnight_after
from motcua.kernel.statements import Statement
from motcua.steering.definitions import EVENTS, LEARNED, STOCKS, Counted, Measure, Period
from motcua.steering.models import Source

from .spans import Days, Unit, spans

_DAY = timedelta(days=1)
_KEY = ("agency_id", "procedure", "channel", "is_part")
_EVERY_MEASURE = tuple(Measure)
_BY_TIME_ALONE = (Measure.PETITIONS_LATE, Measure.PETITIONS_UNHAPPY)
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
    asked = _Asked.of(_KEY, period, as_of, at, agency_ids, procedures)
    rows = _added_up(_EVERY_MEASURE, asked, before=STOCKS)
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
    return _added_up(measures, _Asked.of(by, period, as_of, at, agency_ids))


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
    """Which days are asked about, of whom, told apart by what, and as known when."""

    by: Sequence[str]
    period: Period
    until: date  # the last day that figures can be about
    as_of: date | None
    at: datetime
    agency_ids: Collection[int] | None
    procedures: Collection[str] | None

    @classmethod
    def of(
        cls,
        by: Sequence[str],
        period: Period,
        as_of: date | None,
        at: datetime,
        agency_ids: Collection[int] | None,
        procedures: Collection[str] | None = None,
    ) -> "_Asked":
        return cls(
            by=by,
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

    def table(self, name: str) -> str:
        """Return where days, months, years or cohorts are read."""
        is_whole = "procedure" not in self.by and self.procedures is None
        return f"steering_{name}_total" if is_whole else f"steering_{name}"

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
    measures: Sequence[Measure], asked: _Asked, *, before: Sequence[Measure] = ()
) -> list[tuple[Any, ...]]:
    """Return figures by columns, in one statement; after them the stocks before the period."""
    key = ", ".join(asked.by)
    names = (*measures, *map(_before, before))
    flows = [measure for measure in measures if measure not in STOCKS]
    stocks = [measure for measure in measures if measure in STOCKS]
    pieces = [*_flows(flows, asked), *_stocks(stocks, asked, before)]
    if not pieces:
        return []

    def told_by(piece: _Piece) -> str:
        # Each by itself: a stock is made of all the past, a flow of few rows with many figures.
        # As integers, which add up quicker than the numbers without bound that sums of sums are.
        sums = [f"sum({piece.adds[name]})::int" if name in piece.adds else "0" for name in names]
        return (
            f"SELECT {key}, {', '.join(sums)} FROM {piece.table} "  # noqa: S608 - ours
            f"WHERE {asked.where(piece.condition)} GROUP BY {key}"
        )

    figures, nothing = ", ".join(names), ", ".join("0" for _name in names)
    sums = ", ".join(f"sum({name}) AS {name}" for name in names)
    told = " UNION ALL ".join(map(told_by, pieces))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM (SELECT {key}, {sums} FROM ({told}) AS told ({key}, {figures}) "  # noqa: S608 - ours
            f"GROUP BY {key}) AS figures WHERE ({figures}) <> ({nothing})",
            asked.values(),
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _flows(measures: Sequence[Measure], asked: _Asked) -> list[_Piece]:
    """Return where events and learned are read."""
    events = _themselves(measure for measure in measures if measure in EVENTS)
    learned = _themselves(measure for measure in measures if measure in LEARNED)
    days = Days(asked.period.first, asked.period.last + _DAY)
    months = days.whole(Unit.MONTH)  # to which belongs what is learned
    if asked.as_of is None:
        # Nothing has happened after today: what runs may be read as if it were over.
        pieces = [
            _Piece(asked.table(unit.table), on, events if unit is Unit.DAY else events | learned)
            for unit, on in spans(days)
        ]
        in_time = {measure.value: "-1" for measure in _BY_TIME_ALONE if measure in learned}
        pieces.append(_Piece("steering_petition", _waiting_in_time(months), in_time))
    else:
        until = days._replace(end=asked.until + _DAY)
        pieces = [_Piece(asked.table(unit.table), on, events) for unit, on in spans(until)]
        known = f"{months.of(Unit.MONTH)} AND \"on\" <= '{asked.as_of}'"
        pieces.append(_Piece(asked.table("cohort"), known, learned))
    return [piece for piece in pieces if piece.adds]


def _stocks(stocks: Sequence[Measure], asked: _Asked, before: Sequence[Measure]) -> list[_Piece]:
    """Return where the stocks at the end are read, and those before the period."""
    if not stocks:
        return []
    now = _themselves(stocks)
    begun = {_before(stock): stock.value for stock in before}
    end = asked.until + _DAY
    # Told apart only where what there was before the period is asked for.
    turn = asked.period.first if before else end
    pieces = [
        _Piece(asked.table(unit.table), on, adds)
        for days, adds in ((Days(date.min, turn), now | begun), (Days(turn, end), now))
        for unit, on in spans(days)
    ]
    if asked.is_of_now and Measure.OVERDUE in stocks:
        # What falls due later today is not overdue yet.
        pieces.append(_Piece("steering_fact", _RUNNING_OUT_TODAY, {Measure.OVERDUE: "-1"}))
    return pieces


def _waiting_in_time(came: Days) -> str:
    """Return the condition of petitions of these days that will be late unless somebody answers."""
    return (
        "answered_at IS NULL AND due_at > %(at)s "
        f"AND received_at >= '{midnight(came.first)}' AND received_at < '{midnight(came.end)}'"
    )


def _themselves(measures: Iterable[Measure]) -> dict[str, str]:
    return {measure: measure.value for measure in measures}


def _before(stock: Measure) -> str:
    return f"{stock}_before"
