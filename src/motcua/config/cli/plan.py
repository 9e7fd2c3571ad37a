"""`motcua plan`: the city's plan with its tasks, from its file, and what is owed of it."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from . import surroundings
from .terminal import Stopped, console, say, step

app = typer.Typer(help="Kế hoạch của thành phố và các nhiệm vụ.", no_args_is_help=True)


@app.callback()
def plan() -> None:
    """Kế hoạch của thành phố và các nhiệm vụ."""


@app.command("load")
def load(
    path: Annotated[
        Path | None, typer.Argument(metavar="[TỆP]", help="Mặc định: Kế hoạch 67/KH-UBND.")
    ] = None,
) -> None:
    """Nạp kế hoạch và mở các việc đã đến kỳ; nạp lại không sinh bản ghi trùng."""
    if path is not None and not path.exists():
        raise Stopped(f"Không có tệp {path}.")
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.plans import definitions, services

        try:
            with step("Nạp kế hoạch"):
                loaded = services.load_plan(path=path or definitions.PLAN_OF_2024, at=clock.now())
                opened = services.open_duties(at=clock.now())
        except definitions.InvalidPlanFile as invalid:
            raise Stopped(str(invalid)) from invalid
        say(
            f"Kế hoạch {loaded.plan.number}: {len(loaded.new)} nhiệm vụ mới, "
            f"{len(loaded.reworded)} đổi nội dung, {len(loaded.ended)} kết thúc; "
            f"mở thêm {opened} việc."
        )


@app.command("status")
def status(
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Cho biết mỗi nhiệm vụ đã đến đâu."""
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.plans import queries

        today = clock.today()
        try:
            known = queries.current_plan(today)
        except queries.NoSuchPlan as missing:
            raise Stopped("Chưa có kế hoạch nào. Hãy chạy: motcua plan load.") from missing
        rows = [(row, row.tally(today)) for row in queries.task_rows(known)]
        if as_json:
            told = [
                {
                    "clause": row.task.clause,
                    "rhythm": row.version.rhythm,
                    "duties": tally.duties,
                    "done": tally.done,
                    "waiting": tally.waiting,
                    "overdue": tally.overdue,
                }
                for row, tally in rows
            ]
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return
        table = Table("Mục", "Số việc", "Hoàn thành", "Chờ xác nhận", "Quá hạn", box=None)
        for row, tally in rows:
            numbers = (tally.duties, tally.done, tally.waiting, tally.overdue)
            table.add_row(row.task.clause, *(str(number) for number in numbers))
        console.print(table)
