"""
What was counted, for any period, as it is known now or was known at the end of a past day.

Whole months are read from the months, what is left of a period from the days, and what was learned
later from the cohorts where a past day asks for it. No row of a dossier is read but of those whose
due moment lies between now and midnight.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of
from motcua.steering.definitions import EVENTS, LEARNED, STOCKS, Counted, Measure, Period
from motcua.steering.models import Source

_DAY = timedelta(days=1)
_KEY = "agency_id, procedure, channel, is_part"
_RUNNING_OUT_TODAY = f"""
    SELECT {_KEY}, count(*) FROM steering_fact
    WHERE ended_at IS NULL AND paused_at IS NULL AND due_at > %s AND due_at < %s
        AND late_from IS NULL
    GROUP BY {_KEY}
"""  # noqa: S608 - our columns


class TheFutureIsNotKnown(ValueError):
    """Figures are asked for as of a day that has not come, or of a period that has not begun."""


@dataclass(frozen=True)
class _Piece:
    """Rows of one table between two days, and which of its measures are summed up as what."""

    table: str
    first: date | None  # None: from the beginning
    last: date
    day: str  # the column that `first` and `last` are about
    sums: dict[str, Measure]  # the column of the answer → the measure
    learned_by: date | None = None


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
    narrowed = (agency_ids, procedures)
    begun = period.first - _DAY
    rows = _summed(
        [
            *_days(_named(EVENTS, "now"), period.first, until),
            *_days(_named(STOCKS, "before"), None, begun),
            *_days(_named(STOCKS, "now"), None, until),
            *_learned(period, as_of),
        ],
        narrowed,
    )
    if as_of is None and until == day_of(at):
        _take_off_what_still_runs(rows, at, narrowed)
    return [
        Counted(
            agency_id=agency_id,
            procedure=procedure,
            channel=channel,
            is_part=is_part,
            now={measure: sums.get(f"now_{measure.value}", 0) for measure in Measure},
            before={measure: sums.get(f"before_{measure.value}", 0) for measure in STOCKS},
        )
        for (agency_id, procedure, channel, is_part), sums in sorted(rows.items())
        if any(sums.values())
    ]


def counted_by_month(
    first: date,
    last: date,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
) -> dict[date, list[Counted]]:
    """Return events and learned of every month between two days, by its first; no stocks."""
    found: dict[date, list[Counted]] = {}
    for month in Period(first, last).months():
        period = Period.month(month.year, month.month)
        known = period.until(as_of or day_of(at))
        if known is None:
            continue
        rows = _summed(
            [
                *_days(_named(EVENTS, "now"), known.first, known.last),
                *_learned(period, as_of),
            ],
            (agency_ids, None),
        )
        found[month] = [
            Counted(
                agency_id=agency_id,
                procedure=procedure,
                channel=channel,
                is_part=is_part,
                now={
                    measure: sums.get(f"now_{measure.value}", 0) for measure in (*EVENTS, *LEARNED)
                },
                before={},
            )
            for (agency_id, procedure, channel, is_part), sums in sorted(rows.items())
        ]
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
    if as_of is not None and as_of > today:
        raise TheFutureIsNotKnown(
            _("Ngày %(day)s chưa đến. Hãy chọn ngày hôm nay hoặc một ngày đã qua.")
            % {"day": f"{as_of:%d/%m/%Y}"}
        )
    known = period.until(as_of or today)
    if known is None:
        raise TheFutureIsNotKnown(
            _("Kỳ %(period)s chưa bắt đầu nên chưa có số liệu.") % {"period": period.name}
        )
    return known.last


def _named(measures: Sequence[Measure], prefix: str) -> dict[str, Measure]:
    return {f"{prefix}_{measure.value}": measure for measure in measures}


def _days(sums: dict[str, Measure], first: date | None, last: date) -> list[_Piece]:
    """Return the pieces that hold these days: whole months, and the days at their ends."""
    ends_whole = (last + _DAY).day == 1
    months_until = last if ends_whole else last.replace(day=1) - _DAY
    months_since = None if first is None else first
    if first is not None and first.day != 1:
        months_since = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    if months_since is not None and months_since > months_until:
        return [_Piece("steering_day", first, last, "on", sums)]
    pieces = [_Piece("steering_month", months_since, months_until, "month", sums)]
    if first is not None and months_since is not None and first < months_since:
        pieces.append(_Piece("steering_day", first, months_since - _DAY, "on", sums))
    if not ends_whole:
        pieces.append(_Piece("steering_day", months_until + _DAY, last, "on", sums))
    return pieces


def _learned(period: Period, by: date | None) -> list[_Piece]:
    months = [
        month
        for month in period.months()
        if period.first <= month and Period.month(month.year, month.month).last <= period.last
    ]
    if not months:
        return []
    sums = _named(LEARNED, "now")
    table = "steering_month" if by is None else "steering_cohort"
    return [_Piece(table, months[0], months[-1], "month", sums, learned_by=by)]


def _summed(
    pieces: Sequence[_Piece], narrowed: tuple[Collection[int] | None, Collection[str] | None]
) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return the sums of all pieces by agency, procedure, channel and part, in one statement."""
    names = sorted({name for piece in pieces for name in piece.sums})
    parts: list[str] = []
    values: list[Any] = []
    agency_ids, procedures = narrowed
    for piece in pieces:
        columns = ", ".join(
            f"{piece.sums[name].value} AS {name}" if name in piece.sums else f"0 AS {name}"
            for name in names
        )
        where = [f'"{piece.day}" <= %s']
        values.append(piece.last)
        if piece.first is not None:
            where.append(f'"{piece.day}" >= %s')
            values.append(piece.first)
        if piece.learned_by is not None:
            where.append('"on" <= %s')
            values.append(piece.learned_by)
        if agency_ids is not None:
            where.append("agency_id = ANY(%s)")
            values.append(list(agency_ids))
        if procedures is not None:
            where.append("procedure = ANY(%s)")
            values.append(list(procedures))
        parts.append(f"SELECT {_KEY}, {columns} FROM {piece.table} WHERE {' AND '.join(where)}")  # noqa: S608 - our columns
    sums = ", ".join(f"sum({name})::bigint" for name in names)
    statement = f"SELECT {_KEY}, {sums} FROM ({' UNION ALL '.join(parts)}) AS p GROUP BY {_KEY}"  # noqa: S608 - our columns
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[:4]: dict(zip(names, row[4:], strict=True)) for row in cursor.fetchall()}


def _take_off_what_still_runs(
    rows: dict[tuple[Any, ...], dict[str, int]],
    at: datetime,
    narrowed: tuple[Collection[int] | None, Collection[str] | None],
) -> None:
    """Let what falls due later today not be overdue yet."""
    midnight = datetime.combine(day_of(at) + _DAY, datetime.min.time(), CITY_TIME)
    agency_ids, procedures = narrowed
    running: dict[tuple[Any, ...], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING_OUT_TODAY, [at, midnight])
        for *key, count in cursor.fetchall():
            running[tuple(key)] = count
    for key, count in running.items():
        if agency_ids is not None and key[0] not in agency_ids:
            continue
        if procedures is not None and key[1] not in procedures:
            continue
        if key in rows:
            rows[key]["now_overdue"] -= count
