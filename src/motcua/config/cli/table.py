"""`motcua table`: offices, officers and the calendar, from spreadsheets."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import surroundings
from .terminal import Stopped, say, say_warning

if TYPE_CHECKING:
    from datetime import date

    from motcua.kernel.sheets import Problem, Report
    from motcua.web.tables import Import, KnownTable

app = typer.Typer(help="Nạp bảng tính: bộ phận, cán bộ, lịch nghỉ.", no_args_is_help=True)

PROBLEMS_SHOWN = 20
_KIND = typer.Argument(metavar="LOẠI", help="offices (bộ phận), officers (cán bộ), calendar.")


@app.callback()
def table() -> None:
    """Nạp bảng tính: bộ phận, cán bộ, lịch nghỉ."""


@app.command("template")
def template(
    kind: Annotated[str, _KIND],
    path: Annotated[Path, typer.Argument(metavar="TỆP.xlsx", help="Nơi ghi tệp mẫu.")],
) -> None:
    """Ghi ra tệp mẫu để điền."""
    with surroundings.database_at_hand():
        from motcua.kernel import sheets

        known = _known(kind)
        if path.exists():
            raise Stopped(f"Đã có tệp {path}. Xin đặt tên khác.")
        _write(path, sheets.template(known.table))
        say(f"Đã ghi tệp mẫu {path}.")


@app.command("import")
def import_(
    kind: Annotated[str, _KIND],
    path: Annotated[Path, typer.Argument(metavar="TỆP.xlsx", help="Tệp đã điền.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ kiểm tra, không ghi gì vào hệ thống.")
    ] = False,
    errors: Annotated[
        Path | None,
        typer.Option("--errors", metavar="TỆP.xlsx", help="Khi có lỗi: ghi tệp có giải thích."),
    ] = None,
    approved_by: Annotated[
        str,
        typer.Option(
            "--approved-by",
            metavar="TÊN_ĐĂNG_NHẬP",
            help="Chỉ với calendar: người quản trị đã duyệt bằng văn bản; lịch đổi ngay.",
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả thành một đối tượng JSON.")
    ] = False,
) -> None:
    """
    Nạp một bảng tính: sai một ô thì không nạp gì; nạp lại không sinh bản ghi trùng.

    Lịch nghỉ (calendar) nạp xong còn chờ người thứ hai duyệt, trừ khi ghi --approved-by.
    Mã thoát là 0 nếu nạp (hoặc kiểm tra) được, 1 nếu không.
    """
    if not path.is_file():
        raise Stopped(f"Không có tệp {path}.")
    with surroundings.database_at_hand():
        from motcua.kernel import clock, sheets

        known = _known(kind)
        try:
            with path.open("rb") as file:
                reading = sheets.read_table(known.table, file)
        except sheets.UnreadableWorkbook as refused:
            raise Stopped(str(refused)) from refused
        at = clock.now()
        import_rows = known.import_rows
        if approved_by:
            import_rows = _approved(known, approved_by, clock.day_of(at))
        report = import_rows(reading=reading, at=at, dry_run=dry_run)
        if report.problems and errors is not None:
            _write(errors, sheets.annotated(known.table, reading.rows, report.problems))
    if as_json:
        typer.echo(json.dumps(_told(report), ensure_ascii=False))
    else:
        _say(report, awaits=known.awaits_approval and not approved_by)
    if report.problems:
        where = f" Tệp kèm lời giải thích: {errors}." if errors is not None else ""
        raise Stopped(f"Không nạp gì: có {len(report.problems)} chỗ cần sửa.{where}")


def _approved(known: "KnownTable", username: str, on: "date") -> "Import":
    """Return the import that is approved at once, in the name of the administrator who agreed."""
    from motcua.accounts.models import Account
    from motcua.calendars.services import import_days
    from motcua.offices.models import PostRole
    from motcua.offices.queries import NotAnOfficer, mandate_of

    if not known.awaits_approval:
        raise Stopped("--approved-by chỉ dùng khi nạp calendar.")
    account = Account.objects.filter(username=username).first()
    try:
        mandate = mandate_of(account, on) if account is not None else None
    except NotAnOfficer:
        mandate = None
    if mandate is None or PostRole.ADMINISTRATOR not in mandate.roles:
        raise Stopped(f"«{username}» không phải người quản trị đang giữ vị trí.")
    return partial(import_days, approved_by=mandate.actor)


def _known(kind: str) -> "KnownTable":
    from motcua.web.tables import KNOWN_TABLES

    if kind not in KNOWN_TABLES:
        raise Stopped(f"Không có loại «{kind}». Các loại: {', '.join(KNOWN_TABLES)}.")
    return KNOWN_TABLES[kind]


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Stopped(f"Không ghi được tệp {path}: {error.strerror}.") from error


def _told(report: "Report") -> dict[str, object]:
    return {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "dry_run": report.is_rehearsal,
        "problems": [
            {"row": each.row, "cell": each.cell, "column": each.column, "message": each.message}
            for each in report.problems
        ],
    }


def _say(report: "Report", *, awaits: bool) -> None:
    for problem in report.problems[:PROBLEMS_SHOWN]:
        say_warning(f"{_place(problem)}: {problem.message}")
    if (more := len(report.problems) - PROBLEMS_SHOWN) > 0:
        say_warning(f"… và {more} chỗ khác.")
    if not report.problems:
        done = "Kiểm tra xong, chưa ghi gì" if report.is_rehearsal else "Đã nạp"
        say(
            f"{done}: {report.new} dòng mới, {report.changed} thay đổi, "
            f"{report.unchanged} không đổi."
        )
        if awaits and not report.is_rehearsal and report.new + report.changed:
            say("Đây mới là đề nghị: một người quản trị duyệt ở mục Lịch làm việc thì lịch đổi.")


def _place(problem: "Problem") -> str:
    return f"Ô {problem.cell}" if problem.cell else f"Dòng {problem.row}"
