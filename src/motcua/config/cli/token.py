"""`motcua token`: keys for other systems."""

from datetime import timedelta
from typing import Annotated

import typer

from . import surroundings
from .terminal import Stopped, say, say_warning

app = typer.Typer(help="Khóa truy cập cho các hệ thống khác.", no_args_is_help=True)


@app.callback()
def token() -> None:
    """Khóa truy cập cho các hệ thống khác."""


@app.command("create")
def create(
    account: Annotated[str, typer.Option("--account", help="Tên đăng nhập của tài khoản.")] = "",
    name: Annotated[str, typer.Option("--name", help="Tên để nhận ra khóa này về sau.")] = "",
    days: Annotated[int, typer.Option("--days", min=1, help="Số ngày có hiệu lực.")] = 365,
    username: Annotated[str, typer.Argument(metavar="[TÀI KHOẢN]", help="Như --account.")] = "",
) -> None:
    """Tạo một khóa truy cập; khóa chỉ hiện ra một lần."""
    if account and username and account != username:
        raise Stopped("Hãy nêu tên đăng nhập một lần: hoặc --account, hoặc ngay sau lệnh.")
    username = account or username
    if not username:
        raise Stopped(
            "Hãy nêu tên đăng nhập, ví dụ: motcua token create ten-dang-nhap --name demo."
        )
    with surroundings.database_at_hand():
        from motcua.accounts import services
        from motcua.accounts.models import Account
        from motcua.kernel import clock

        holder = Account.objects.filter(username=username).first()
        if holder is None:
            raise Stopped(f"Không có tài khoản «{username}».")
        at = clock.now()
        expires_at = at + timedelta(days=days)
        _, secret = services.issue_token(
            account=holder, name=name or "motcua token create", at=at, expires_at=expires_at
        )
        until = expires_at.astimezone(clock.CITY_TIME)
        say_warning(
            f"Khóa của «{username}», có hiệu lực đến {until:%d/%m/%Y}. Hãy cất giữ ngay: "
            "hệ thống không hiện lại khóa này."
        )
        say(secret)  # alone on standard output, for use in scripts


@app.command("revoke")
def revoke(
    username: Annotated[str, typer.Argument(metavar="TÀI KHOẢN", help="Tên đăng nhập.")],
    name: Annotated[
        str, typer.Option("--name", help="Chỉ những khóa có tên này; không nêu: mọi khóa.")
    ] = "",
) -> None:
    """Thu hồi khóa của một tài khoản; khóa hết tác dụng trong vòng năm giây."""
    with surroundings.database_at_hand():
        from motcua.accounts import services
        from motcua.accounts.models import AccessToken
        from motcua.kernel import clock

        live = AccessToken.objects.filter(account__username=username, revoked_at=None)
        if name:
            live = live.filter(name=name)
        ids = list(live.values_list("pk", flat=True))
        if not ids:
            raise Stopped(f"«{username}» không có khóa nào như thế đang dùng được.")
        for token_id in ids:
            services.revoke_token(token_id=token_id, at=clock.now())
        say(f"Đã thu hồi {len(ids)} khóa của «{username}».")
