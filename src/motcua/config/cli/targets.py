"""`motcua targets`: every agency of the plan beside its target, for people and for programs."""

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.table import Table

from . import surroundings
from .terminal import console, say_fault

if TYPE_CHECKING:
    from motcua.steering.queries.targets import Board, Row

_REFUSED = 2


class MapOption(StrEnum):
    """By which map agencies are read."""

    OLD = "old"
    NEW = "new"


def targets(
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="NGÀY",
            help="Số liệu đến hết ngày, ví dụ 2024-06-30, hoặc đến một giờ: 2024-06-30T10:00.",
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In một danh sách JSON.")] = False,
    map_: Annotated[
        MapOption,
        typer.Option("--map", help="old: cơ quan như khi ban hành kế hoạch; new: như ngày xem."),
    ] = MapOption.OLD,
) -> None:
    """Chỉ tiêu hồ sơ trực tuyến: đã đạt, còn thiếu, dự báo cuối năm của từng cơ quan."""
    seen_until = _moment(as_of)
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.steering.queries import TheFutureIsNotKnown
        from motcua.steering.queries.targets import MapRead, board

        try:
            seen = board(as_of=seen_until, at=clock.now(), by=MapRead(map_.value))
        except TheFutureIsNotKnown as refusal:
            _refuse(str(refusal))
        if as_json:
            rows = [told(row) for row in seen.rows]
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            _show(seen)


def told(row: "Row") -> dict[str, Any]:
    """Return a row as programs read it; percents have one decimal, and null where there is none."""
    progress = row.progress
    made = progress.forecast
    return {
        "agency": row.code,
        "name": row.name,
        "baseline_percent": _percent(progress.baseline_tenths),
        "target_percent": _percent(progress.target_tenths),
        "actual_percent": _percent(progress.actual.tenths),
        "numerator": progress.actual.online,
        "denominator": progress.actual.received,
        "gap_points": _percent(progress.gap_tenths),
        "forecast_percent": _percent(progress.forecast_tenths),
        "forecast_low_percent": _percent(_tenths(made.low) if made else None),
        "forecast_high_percent": _percent(_tenths(made.high) if made else None),
        "still_to_file": progress.still_to_file,
        "expected_to_come": made.to_come if made else None,
        "outlook": progress.outlook.value,
    }


def _moment(told_day: str) -> date | datetime | None:
    from motcua.kernel.clock import CITY_TIME

    if not told_day:
        return None
    try:
        if len(told_day) <= len("2024-06-30"):
            return date.fromisoformat(told_day)
        moment = datetime.fromisoformat(told_day)
    except ValueError:
        _refuse(f"“{told_day}” không phải là một ngày. Hãy ghi năm-tháng-ngày, ví dụ 2024-06-30.")
    return moment if moment.tzinfo else moment.replace(tzinfo=CITY_TIME)


def _refuse(sentence: str) -> NoReturn:
    say_fault(sentence)
    sys.exit(_REFUSED)


def _tenths(share: Fraction) -> int:
    from motcua.steering.definitions.targets import tenths_of

    return tenths_of(share)


def _percent(tenths: int | None) -> float | None:
    # JSON has no other numbers; what was counted stands beside it, exactly.
    return None if tenths is None else tenths / 10


def _show(seen: "Board") -> None:
    table = Table(
        "TT",
        "Cơ quan",
        "Năm trước",
        "Chỉ tiêu",
        "Đã đạt",
        "Chênh lệch",
        "Dự báo",
        "Cần nộp thêm",
        title=f"Hồ sơ trực tuyến. {seen.seen_until}",
        box=None,
    )
    for row in seen.rows:
        progress, share = row.progress, row.progress.actual
        table.add_row(
            str(row.number),
            row.name,
            _words(progress.baseline_tenths),
            _words(progress.target_tenths),
            f"{_words(share.tenths)} ({share.online}/{share.received})",
            _words(progress.gap_tenths),
            _words(progress.forecast_tenths),
            "" if progress.still_to_file is None else str(progress.still_to_file),
        )
    console.print(table)


def _words(tenths: int | None) -> str:
    return "–" if tenths is None else f"{tenths / 10:.1f}".replace(".", ",")
