"""`motcua demo`: the demonstration city, with its people and dossiers."""

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from . import surroundings
from .migrate import bring_up_to_date
from .terminal import Stopped, console, say


def demo() -> None:
    """Nạp dữ liệu trình diễn và in các tài khoản."""
    with surroundings.database_at_hand():
        from django.conf import settings

        if not settings.DEMONSTRATION:
            raise Stopped(
                "Dữ liệu trình diễn không được nạp vào hệ thống thật. Hãy dùng: make run, "
                "hoặc đặt DJANGO_SETTINGS_MODULE=motcua.config.settings.dev cho một bản thử."
            )
        bring_up_to_date()
        load_demonstration()
        show_accounts()


def load_demonstration() -> None:
    """Load what is not there yet, and say what is being loaded."""
    from motcua.config import demonstration
    from motcua.kernel import clock

    if demonstration.is_loaded():
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Nạp dữ liệu trình diễn", total=None)

        def progress(what: str) -> None:
            bar.update(task, description=what)
            if not console.is_terminal:
                say(f"… {what}")

        demonstration.load(at=clock.now(), progress=progress)
    console.print("[green]✓[/] Nạp dữ liệu trình diễn")


def show_accounts() -> None:
    """Print who can be played, if there is anybody."""
    from motcua.config import demonstration

    if not demonstration.ACCOUNTS:
        return
    table = Table("Tài khoản", "Người dùng", "Vai trò", title="Tài khoản trình diễn", box=None)
    for account in demonstration.ACCOUNTS:
        table.add_row(account.username, account.full_name, account.part)
    console.print(table)
    say("Chọn tài khoản ở trang đăng nhập; bản trình diễn không cần mật khẩu.")
