"""`motcua catalogue`: the procedures that the city offers."""

from pathlib import Path
from typing import Annotated

import typer

from . import surroundings
from .terminal import Stopped, say, step

app = typer.Typer(help="Danh mục thủ tục hành chính.", no_args_is_help=True)


@app.callback()
def catalogue() -> None:
    """Danh mục thủ tục hành chính."""


@app.command("import")
def import_(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[THƯ MỤC]", help="Mặc định: thư mục catalogue.")
    ] = None,
) -> None:
    """Kiểm tra và nạp các tệp định nghĩa thủ tục; sai một chỗ thì không nạp gì."""
    with surroundings.database_at_hand():
        from django.conf import settings

        from motcua.kernel import clock
        from motcua.procedures import services

        source = folder or settings.CATALOGUE_DIR
        if not source.is_dir():
            raise Stopped(f"Không có thư mục {source}.")
        try:
            with step(f"Nạp danh mục từ {source}"):
                services.import_catalogue(folder=source, at=clock.now())
        except services.InvalidDefinition as invalid:
            raise Stopped(str(invalid)) from invalid
        say("Danh mục đã được nạp.")
