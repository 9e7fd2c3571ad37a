"""The `motcua` command: one module for each thing it can be told to do."""

import sys
from collections.abc import Callable

import typer
from django.core.exceptions import ImproperlyConfigured

from motcua.config.embedded import ClusterTrouble

from . import (
    catalogue,
    city,
    deadline,
    demo,
    diagrams,
    doctor,
    index766,
    ledger,
    migrate,
    plan,
    report,
    search,
    shell,
    table,
    targets,
    token,
    up,
    web,
    worker,
)
from .terminal import Stopped, say_fault

app = typer.Typer(
    name="motcua",
    help="Một cửa: tiếp nhận, giải quyết và trả kết quả thủ tục hành chính.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_ALONE: list[tuple[str, Callable[..., None]]] = [
    ("up", up.up),
    ("web", web.web),
    ("worker", worker.worker),
    ("migrate", migrate.migrate),
    ("doctor", doctor.doctor),
    ("demo", demo.demo),
    ("diagrams", diagrams.diagrams),
    ("index766", index766.index766),
    ("shell", shell.shell),
    ("targets", targets.targets),
]
for _name, _command in _ALONE:
    app.command(_name)(_command)
app.add_typer(token.app, name="token")
app.add_typer(ledger.app, name="ledger")
catalogue.app.command("search")(search.search)
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(city.app, name="city")
app.add_typer(table.app, name="table")
app.add_typer(deadline.app, name="deadline")
app.add_typer(report.app, name="report")
app.add_typer(plan.app, name="plan")


def main() -> None:
    """Run the command that was typed. What stands in its way is said in one sentence."""
    try:
        app()
    except (ImproperlyConfigured, ClusterTrouble, Stopped) as trouble:
        say_fault(str(trouble))
        sys.exit(1)
    except Exception as error:
        if sentence := _about_the_database(error):
            say_fault(sentence)
            sys.exit(1)
        raise


def _about_the_database(error: Exception) -> str | None:
    # Django is imported late: `motcua --help` must not wait for it.
    from django.db import OperationalError, ProgrammingError

    reason = str(error).strip().split("\n", 1)[0]
    if isinstance(error, OperationalError):
        return (
            f"Không kết nối được cơ sở dữ liệu ({reason}). "
            "Hãy kiểm tra DATABASE_URL, hoặc xem lệnh: motcua doctor."
        )
    if isinstance(error, ProgrammingError) and "does not exist" in reason:
        return f"Cơ sở dữ liệu chưa có đủ bảng ({reason}). Hãy chạy: motcua migrate."
    return None
