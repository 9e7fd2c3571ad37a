"""`motcua city`: the city's agencies, districts and communes."""

from pathlib import Path
from typing import Annotated

import typer

from . import surroundings
from .terminal import Stopped, step

app = typer.Typer(help="Cơ quan và địa bàn của thành phố.", no_args_is_help=True)


@app.callback()
def city() -> None:
    """Cơ quan và địa bàn của thành phố."""


@app.command("load")
def load(
    path: Annotated[
        Path | None, typer.Argument(metavar="[TỆP]", help="Mặc định: dữ liệu kèm theo.")
    ] = None,
) -> None:
    """Nạp cơ quan, quận huyện, xã phường và chỉ tiêu; nạp lại không sinh bản ghi trùng."""
    if path is not None and not path.exists():
        raise Stopped(f"Không có tệp {path}.")
    with surroundings.database_at_hand():
        from motcua.kernel import clock
        from motcua.offices import services
        from motcua.steering.services import load_targets

        with step("Nạp cơ quan và địa bàn"):
            if path is None:
                services.load_city(at=clock.now())
            else:
                services.load_city(path=path, at=clock.now())
        with step("Nạp chỉ tiêu hồ sơ trực tuyến"):
            load_targets(at=clock.now())
