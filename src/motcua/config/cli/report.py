"""`motcua report`: the statutory reports of any period, for people and for programs."""

import json
import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.table import Column, Table

from . import surroundings
from .terminal import console, say_fault

if TYPE_CHECKING:
    from motcua.steering.definitions.settlement import Settled
    from motcua.steering.queries.settlement import Report

_REFUSED = 2
_COLUMNS = (
    "to_settle",
    "received_online",
    "received_otherwise",
    "carried_in",
    "settled",
    "settled_before",
    "settled_on",
    "settled_after",
    "left",
    "open_in_time",
    "open_overdue",
)

app = typer.Typer(help="Báo cáo định kỳ, lập cho bất kỳ kỳ nào.", no_args_is_help=True)


class ByOption(StrEnum):
    """What each line stands for."""

    AGENCY = "agency"
    PROCEDURE = "procedure"


@app.callback()
def report() -> None:
    """Báo cáo định kỳ, lập cho bất kỳ kỳ nào."""


@app.command("ii06a")
def ii06a(
    first: Annotated[str, typer.Option("--from", metavar="NGÀY", help="Ngày đầu, 2024-01-01.")],
    last: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Ngày cuối, 2024-06-30.")],
    by: Annotated[ByOption, typer.Option("--by", help="Mỗi dòng là gì.")] = ByOption.AGENCY,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="NGÀY", help="Số liệu như biết đến hết ngày.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON.")] = False,
) -> None:
    """Biểu II.06a: nhận giải quyết, đã giải quyết, đang giải quyết; luôn cộng khớp."""
    days = [_day(first), _day(last)]
    known_on = _day(as_of) if as_of else None
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.steering.definitions import Period
        from motcua.steering.queries.settlement import By, settlement_report

        now = clock.now()
        try:
            # NotAPeriod and TheFutureIsNotKnown are ValueErrors that say what is wrong.
            period = Period(*days)
            made = settlement_report(period, by=By(by.value), as_of=known_on, at=now)
        except ValueError as refusal:
            _refuse(str(refusal))
        if as_json:
            typer.echo(json.dumps(_told(made), ensure_ascii=False, indent=2))
        else:
            _show(made)
    if not made.holds:
        say_fault("Báo cáo không cộng khớp: nhận giải quyết khác đã giải quyết và đang giải quyết.")
        sys.exit(1)


@app.command("ii07")
def ii07(
    first: Annotated[str, typer.Option("--from", metavar="NGÀY", help="Ngày đầu, 2024-01-01.")],
    last: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Ngày cuối, 2024-06-30.")],
    as_json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON.")] = False,
) -> None:
    """Biểu II.07: nguyên nhân quá hạn, như đã biết khi kỳ kết thúc."""
    days = [_day(first), _day(last)]
    with surroundings.database_at_hand():
        from motcua.dossiers.definitions import CauseClass
        from motcua.kernel import clock
        from motcua.offices.queries import agencies
        from motcua.steering.definitions import Period
        from motcua.steering.queries import causes_told, check_has_come, late_causes

        try:
            period = Period(*days)
            check_has_come(period, at=clock.now())
        except ValueError as refusal:
            _refuse(str(refusal))
        ids = [agency.pk for agency in agencies(period.last)]
        told = causes_told(late_causes(period, agency_ids=ids))
    rows = [
        {"cause": cause, "ended": ended, "open": open_} for cause, (ended, open_) in told.items()
    ]
    if as_json:
        made = {"report": "II.07", "from": days[0].isoformat(), "to": days[1].isoformat()}
        typer.echo(json.dumps({**made, "rows": rows}, ensure_ascii=False, indent=2))
        return
    table = Table("Nguyên nhân", "giải quyết quá hạn", "còn quá hạn", box=None)
    names = {cause.value: str(cause.label) for cause in CauseClass} | {"": "Chưa ghi nguyên nhân"}
    for cause, (ended, open_) in told.items():
        table.add_row(names[cause], str(ended), str(open_))
    console.print(table)


def _told(made: "Report") -> dict[str, Any]:
    return {
        "report": "II.06a",
        "from": made.period.first.isoformat(),
        "to": made.period.last.isoformat(),
        "by": made.by.value,
        "rows": [
            {"code": line.code, "name": line.name, **_numbers(line.figures)} for line in made.lines
        ],
        "total": _numbers(made.whole),
        "holds": made.holds,
    }


def _numbers(figures: "Settled") -> dict[str, int]:
    return {name: getattr(figures, name) for name in _COLUMNS}


def _show(made: "Report") -> None:
    table = Table(
        Column("Dòng", min_width=9), "nhận", "trực tuyến", "khác", "kỳ trước", "đã giải quyết",
        "trước", "đúng", "quá", "đang", "trong hạn", "quá hạn", box=None, padding=(0, 0, 0, 1),
        title=f"Biểu II.06a, {made.period.name}",
    )  # fmt: skip
    for line in made.lines:
        table.add_row(line.name, *(f"{n}" for n in _numbers(line.figures).values()))
    table.add_row("Tổng số", *(f"{n}" for n in _numbers(made.whole).values()), style="bold")
    console.print(table)


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        _refuse(f"“{told}” không phải là một ngày như 2024-06-30.")


def _refuse(sentence: str) -> NoReturn:
    say_fault(sentence)
    sys.exit(_REFUSED)
