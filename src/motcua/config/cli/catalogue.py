"""`motcua catalogue`: the procedures that the city offers, and those of the whole country."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import surroundings
from .terminal import Stopped, console, say, say_warning, step

if TYPE_CHECKING:
    from motcua.procedures.definitions import BadLine, NationalProcedure
    from motcua.procedures.services import ImportedList

app = typer.Typer(help="Danh mục thủ tục hành chính.", no_args_is_help=True)

BAD_LINES_SHOWN = 10
_FIELDS = {
    "name": "Tên thủ tục",
    "field": "Lĩnh vực",
    "channels": "Hình thức nộp",
    "time": "Thời hạn",
    "fees": "Phí, lệ phí",
    "components": "Thành phần hồ sơ",
    "legal_bases": "Căn cứ pháp lý",
    "results": "Kết quả",
    "level": "Cấp thực hiện",
    "audience": "Đối tượng",
    "agency": "Cơ quan thực hiện",
    "decision": "Số quyết định công bố",
    "steps": "Trình tự thực hiện",
    "conditions": "Yêu cầu, điều kiện",
}
_MARKS = {
    "read": "Đọc được",
    "partly": "Một phần",
    "unread": "Chưa đọc được",
    "absent": "Nguồn không nêu",
}


@app.callback()
def catalogue() -> None:
    """Danh mục thủ tục hành chính."""


@app.command("import")
def import_(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[ĐƯỜNG DẪN]",
            help="Thư mục tệp .yaml (mặc định: thư mục catalogue), hoặc tệp .jsonl của danh mục "
            "quốc gia.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả thành một đối tượng JSON.")
    ] = False,
    with_records: Annotated[
        bool, typer.Option("--records", help="Với --json: kèm nội dung đã đọc của từng thủ tục.")
    ] = False,
) -> None:
    """
    Nạp danh mục: thư mục .yaml (sai một chỗ thì không nạp gì) hoặc tệp .jsonl quốc gia.

    Với tệp .jsonl, dòng hỏng được báo kèm số dòng, các dòng khác vẫn được nạp. Mã thoát là 0 nếu
    có dòng nào đọc được, 1 nếu không.
    """
    with surroundings.database_at_hand():
        from django.conf import settings

        source = path or settings.CATALOGUE_DIR
        if source.suffix in (".yaml", ".yml"):
            raise Stopped("Tệp .yaml được nạp theo thư mục: xin nêu thư mục chứa tệp.")
        if source.is_file():
            _import_national(source, as_json=as_json, with_records=with_records)
        elif source.is_dir():
            _import_folder(source, as_json=as_json)
        else:
            raise Stopped(f"Không có tệp hay thư mục {source}.")


@app.command()
def show(
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã thủ tục, ví dụ 1.001193.")],
    as_json: Annotated[bool, typer.Option("--json", help="In thành một đối tượng JSON.")] = False,
) -> None:
    """Xem một thủ tục: bản của thành phố nếu có, và bản quốc gia đã đọc được."""
    with surroundings.database_at_hand():
        found = _found(code)
        if not found:
            raise Stopped(f"Không có thủ tục {code} trong danh mục.")
        if as_json:
            typer.echo(json.dumps(found, ensure_ascii=False))
            return
        for origin, title in (("here", "Bản của thành phố"), ("national", "Bản quốc gia")):
            if origin in found:
                say(f"{title}: {found['code']} {found[origin]['name']}")
        for name, entry in found.get("national", {}).get("reading", {}).items():
            value = entry["value"]
            said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            say(f"  {_FIELDS[name]} ({_MARKS[entry['mark']]}): {said}")


def _import_folder(folder: Path, *, as_json: bool) -> None:
    from motcua.kernel import clock
    from motcua.procedures import services

    try:
        if as_json:
            imported = services.import_catalogue(folder=folder, at=clock.now())
            files = [{"file": each.name, "outcome": str(each.outcome)} for each in imported]
            typer.echo(json.dumps({"files": files}, ensure_ascii=False))
            return
        with step(f"Nạp danh mục từ {folder}"):
            services.import_catalogue(folder=folder, at=clock.now())
    except services.InvalidDefinition as invalid:
        raise Stopped(str(invalid)) from invalid
    say("Danh mục đã được nạp.")


def _import_national(path: Path, *, as_json: bool, with_records: bool) -> None:
    from motcua.kernel import clock
    from motcua.procedures import services
    from motcua.procedures.definitions import BadLine

    records: list[dict[str, Any]] = []

    def remember(_number: int, found: "NationalProcedure | BadLine") -> None:
        if with_records and not isinstance(found, BadLine):
            records.append({"code": found.code, "name": found.name, "reading": found.reading()})

    with path.open("rb") as file, _progress(file, path, shown=not as_json) as advance:

        def follow(number: int, found: "NationalProcedure | BadLine") -> None:
            remember(number, found)
            advance()

        done = services.import_national(
            file=file, at=clock.now(), actor=services.PUBLISHER, follower=follow
        )
    if as_json:
        told = _told(done) | ({"records": records} if with_records else {})
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        _say(done)
    if not done.records:
        raise Stopped("Không có dòng nào đọc được thành thủ tục.")


def _told(done: "ImportedList") -> dict[str, Any]:
    return {
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "withdrawn": done.withdrawn,
        "reread": done.reread,
        "repeated": done.repeated,
        "broken": [{"line": bad.number, "reason": bad.reason} for bad in done.bad_lines],
        "broken_total": done.broken,
        "fields": {
            name: {mark: marks[mark] for mark in _MARKS} for name, marks in done.marks.items()
        },
    }


def _say(done: "ImportedList") -> None:
    from rich.table import Table

    say(
        f"{done.new} thủ tục mới, {done.changed} thay đổi chờ duyệt, "
        f"{done.unchanged} không đổi, {done.broken} dòng hỏng."
    )
    if done.reread or done.withdrawn or done.repeated:
        say(
            f"{done.reread} được đọc lại, {done.withdrawn} thay đổi không còn, "
            f"{done.repeated} dòng lặp lại."
        )
    table = Table("Trường", *_MARKS.values())
    for name, label in _FIELDS.items():
        marks = done.marks[name]
        stated = sum(marks.values()) - marks["absent"]
        cells = [_share(marks[mark], stated) for mark in ("read", "partly", "unread")]
        table.add_row(label, *cells, str(marks["absent"]))
    console.print(table)
    for bad in done.bad_lines[:BAD_LINES_SHOWN]:
        say_warning(f"dòng {bad.number}: {bad.reason}")
    if done.broken > BAD_LINES_SHOWN:
        say_warning(f"… và {done.broken - BAD_LINES_SHOWN} dòng hỏng khác (xem với --json).")


def _share(part: int, whole: int) -> str:
    share = f"{100 * part / whole:.1f}".replace(".", ",") if whole else "0,0"
    return f"{part} ({share}%)"


@contextmanager
def _progress(file: Any, path: Path, *, shown: bool) -> Iterator[Any]:
    """Show how much of the file has been read, to a person."""
    from rich.progress import Progress

    if not (shown and console.is_terminal):
        yield lambda: None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Đọc danh mục quốc gia", total=path.stat().st_size)
        yield lambda: progress.update(task, completed=file.tell())


def _found(code: str) -> dict[str, Any]:
    from motcua.kernel import clock
    from motcua.procedures import queries

    today: date = clock.today()
    found: dict[str, Any] = {"code": code}
    try:
        version = queries.version_in_force(code, today)
        found["here"] = {"name": version.name, "number": version.number}
        found["differences"] = [
            {"field": each.field, "about": each.about, "here": each.here, "there": each.there}
            for each in queries.differences_of(version)
        ]
    except queries.UnknownProcedure:
        pass
    try:
        national = queries.national_procedure(code)
        found["national"] = {"name": national.name, "reading": national.reading()}
    except queries.UnknownProcedure:
        pass
    return found if len(found) > 1 else {}
