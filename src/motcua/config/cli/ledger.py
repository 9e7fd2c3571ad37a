"""`motcua ledger`: whether what happened still is what was written down."""

from pathlib import Path
from typing import Annotated

import typer

from . import surroundings
from .terminal import Stopped, say, say_warning

app = typer.Typer(help="Sổ sự kiện: mọi việc đã xảy ra.", no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """Sổ sự kiện: mọi việc đã xảy ra."""


@app.command("verify")
def verify(
    sealed: Annotated[
        Path | None,
        typer.Option(
            "--seals",
            metavar="TỆP",
            exists=True,
            dir_okay=False,
            help="Bản ledger.seals đã đem cất ở nơi khác; dấu cuối trong đó được so với sổ.",
        ),
    ] = None,
) -> None:
    """Tính lại mọi chuỗi băm trong sổ và so với dấu niêm phong, nếu có nêu tệp."""
    with surroundings.database_at_hand():
        from motcua.kernel.ledger import chain, seals

        if (broken := chain.verify()) is not None:
            raise Stopped(
                f"Chuỗi {broken.subject.type} {broken.subject.id} không còn đúng ở sự kiện số "
                f"{broken.seq}: {broken.reason}."
            )
        say("Không chuỗi nào bị sửa ở giữa.")
        if sealed is None:
            say_warning("Chưa so với dấu niêm phong nào: chuỗi bị cắt ở cuối thì không thấy được.")
            return
        try:
            last = seals.verify_seals(sealed)
        except seals.BrokenSeal as differs:
            raise Stopped(f"Sổ không còn như khi niêm phong: {differs}.") from differs
        say(f"Sổ còn như khi niêm phong lúc {last.sealed_at}, {last.chains} chuỗi.")
