"""Rows of the board as people read them: words, links and pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.procedures.queries import UnknownProcedure, version_in_force
from motcua.steering.definitions.targets import (
    FALLING_SHORT,
    Outlook,
    Progress,
    Share,
    tenths_of,
)
from motcua.steering.queries.targets import Board, Row
from motcua.web import charts
from motcua.web.navigation import path_to
from motcua.web.words import Badge, Words

from . import words
from .asking import Asked

_NAME_LETTERS = 42
_LAST = 10**9


@dataclass(frozen=True, kw_only=True)
class Paying:
    """A procedure where change pays: its name, how many came otherwise, what it would bring."""

    code: str
    name: str
    short: str
    not_online: str
    gain: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """A row of the board."""

    number: int
    code: str
    name: str
    href: str  # empty: the page is another agency's
    baseline: str
    target: str
    actual: str
    counted: str
    few: bool
    gap: str
    behind: bool
    trend: str
    spark: SafeString
    forecast: str
    bounds: str
    outlook: Badge
    still: str
    to_come: str
    payoffs: tuple[Paying, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A heading that sorts."""

    label: Words
    href: str
    order: str  # ascending, descending, none: aria-sort
    is_number: bool


_SORTS: Mapping[str, Callable[[Row], Any]] = {
    "tt": lambda row: row.number,
    "nam-truoc": lambda row: _or_last(row.progress.baseline_tenths),
    "chi-tieu": lambda row: _or_last(row.progress.target_tenths),
    "da-dat": lambda row: _or_last(row.progress.actual.tenths),
    "chenh-lech": lambda row: _or_last(row.progress.gap_tenths),
    "xu-huong": lambda row: _or_last(row.progress.trend),
    "du-bao": lambda row: _or_last(row.progress.forecast_tenths),
    "nop-them": lambda row: _or_last(row.progress.still_to_file),
}


def ordered(rows: Sequence[Row], asked: Asked) -> list[Row]:
    """Return the rows as the address asks; what has no figure is last either way."""
    key = _SORTS.get(asked.sort, _SORTS["tt"])
    known = [row for row in rows if key(row) != _LAST]
    unknown = [row for row in rows if key(row) == _LAST]
    return [*sorted(known, key=key, reverse=asked.descending), *unknown]


def columns(asked: Asked, whole: Board) -> list[Column]:
    """Return the headings, each a link that sorts by it, and the other way when it already does."""
    labels: dict[str, Words] = {
        "tt": gettext_lazy("Cơ quan"),
        "nam-truoc": _("Năm %(year)d") % {"year": whole.year.first.year - 1},
        "chi-tieu": _("Chỉ tiêu %(year)d") % {"year": whole.year.first.year},
        "da-dat": gettext_lazy("Đã đạt"),
        "chenh-lech": gettext_lazy("Chênh lệch"),
        "xu-huong": gettext_lazy("Xu hướng"),
        "du-bao": gettext_lazy("Dự báo"),
        "nop-them": gettext_lazy("Cần nộp thêm"),
    }
    current = asked.sort if asked.sort in _SORTS else "tt"
    found = []
    for key, label in labels.items():
        is_current = key == current
        turns = is_current and not asked.descending
        found.append(
            Column(
                label=label,
                href=f"?{asked.query(sap=key, chieu='giam' if turns else '')}",
                order=("descending" if asked.descending else "ascending") if is_current else "none",
                is_number=key != "tt",
            )
        )
    return found


def told_of(
    row: Row, whole: Board, asked: Asked, *, seen: frozenset[int] | None, with_payoffs: bool = True
) -> Told:
    """Return a row in words; its page is linked where the officer may open it."""
    may_open = seen is None or row.agency_id in seen
    return _told(
        row.progress,
        whole,
        number=row.number,
        code=row.code,
        name=row.name,
        href=f"{path_to('board:agency', row.code)}{_tail(asked.here)}" if may_open else "",
        with_payoffs=with_payoffs,
    )


def city_told(whole: Board) -> Told:
    """Return the city's row."""
    return _told(whole.city, whole, number=0, code="", name=_("Toàn thành phố"), href="")


def _told(
    progress: Progress,
    whole: Board,
    *,
    number: int,
    code: str,
    name: str,
    href: str,
    with_payoffs: bool = True,
) -> Told:
    made = progress.forecast
    way = words.trend(progress.trend)
    return Told(
        number=number,
        code=code,
        name=name,
        href=href,
        baseline=words.percent(progress.baseline_tenths),
        target=words.percent(progress.target_tenths),
        actual=words.percent(progress.actual.tenths),
        counted=words.counted(progress.actual),
        few=progress.actual.is_of_few,
        gap=words.points(progress.gap_tenths),
        behind=(progress.gap_tenths or 0) < 0,
        trend=way,
        spark=_spark(
            tuple(month_points(progress.months)),
            _("%(name)s: %(trend)s") % {"name": name, "trend": way},
        ),
        forecast=words.percent(progress.forecast_tenths),
        bounds=words.bounds(made),
        outlook=words.OUTLOOKS[progress.outlook],
        still=words.still(progress.still_to_file, progress.outlook),
        to_come=words.count(made.to_come) if made and made.to_come else "",
        payoffs=tuple(
            Paying(
                code=each.procedure,
                name=procedure_name(each.procedure, whole.until),
                short=words.short(procedure_name(each.procedure, whole.until), _NAME_LETTERS),
                not_online=words.count(each.not_online),
                gain=words.points_of(each.gain),
            )
            for each in (progress.payoffs if with_payoffs else ())
        ),
    )


def month_points(months: Sequence[tuple[date, Share]]) -> list[charts.MonthPoint]:
    """Return the months as a chart draws them."""
    return [charts.MonthPoint(month=month.month, tenths=share.tenths) for month, share in months]


def bars_of(rows: Sequence[Row]) -> list[charts.Bar]:
    """Return the rows as a chart draws them."""
    return [
        charts.Bar(
            name=row.name,
            actual=row.progress.actual.tenths,
            target=row.progress.target_tenths,
            baseline=row.progress.baseline_tenths,
            forecast=row.progress.forecast_tenths,
            falls_short=row.progress.outlook in FALLING_SHORT,
        )
        for row in rows
    ]


def bar_chart(whole: Board, rows: Sequence[Row]) -> SafeString:
    """Return the board as a picture."""
    behind = sum(row.progress.outlook in FALLING_SHORT for row in rows)
    return _drawn(
        tuple(bars_of(rows)),
        _("Tỷ lệ hồ sơ trực tuyến so với chỉ tiêu năm %(year)d") % {"year": whole.year.first.year},
        _(
            "%(all)d cơ quan; %(behind)d cơ quan được dự báo không đạt hoặc không đạt. "
            "Số liệu ở bảng bên dưới."
        )
        % {"all": len(rows), "behind": behind},
    )


@lru_cache(maxsize=500)
def _spark(points: tuple[charts.MonthPoint, ...], told: str) -> SafeString:
    return charts.sparkline(points, told=told)


@lru_cache(maxsize=50)
def _drawn(bars: tuple[charts.Bar, ...], title: str, told: str) -> SafeString:
    # The same figures make the same picture: while nothing came in, nothing is drawn again.
    return charts.share_bars(bars, key="bieu-do-chi-tieu", title=title, told=told)


def line_chart(name: str, progress: Progress, whole: Board, *, key: str) -> SafeString:
    """Return an agency's year as a picture."""
    made = progress.forecast
    outcome = None
    if made is not None and not progress.is_over:
        outcome = charts.Outcome(
            tenths=tenths_of(made.share), low=tenths_of(made.low), high=tenths_of(made.high)
        )
    return charts.months_line(
        month_points(progress.months),
        so_far=progress.actual.tenths,
        target=progress.target_tenths,
        outcome=outcome,
        key=key,
        title=_("%(name)s: tỷ lệ hồ sơ trực tuyến từng tháng năm %(year)d")
        % {"name": name, "year": whole.year.first.year},
        told=_(
            "Đã đạt %(actual)s, chỉ tiêu %(target)s, dự báo cuối năm %(forecast)s. "
            "Số liệu từng tháng ở bảng bên dưới."
        )
        % {
            "actual": words.percent(progress.actual.tenths),
            "target": words.percent(progress.target_tenths),
            "forecast": words.percent(progress.forecast_tenths),
        },
    )


def falling_short(rows: Sequence[Row]) -> list[Row]:
    """Return who misses or will miss, the furthest behind first."""
    behind = [row for row in rows if row.progress.outlook in FALLING_SHORT]
    return sorted(
        behind,
        key=lambda row: (
            row.progress.outlook not in (Outlook.MISSED, Outlook.IMPOSSIBLE),
            row.progress.gap_tenths or 0,
        ),
    )


def procedure_name(code: str, on: date) -> str:
    """Return what a procedure is called on a day; its code where nobody published it."""
    try:
        return version_in_force(code, on).name
    except UnknownProcedure:
        return code


def _or_last(value: Any) -> Any:
    return _LAST if value is None else value


def _tail(query: str) -> str:
    return f"?{query}" if query else ""
