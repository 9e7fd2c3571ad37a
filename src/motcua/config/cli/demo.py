"""`motcua demo`: the demonstration city, with its people and dossiers."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from . import surroundings
from .migrate import bring_up_to_date
from .terminal import Stopped, console, say

if TYPE_CHECKING:
    from motcua.config.demonstration.growth import Grown
    from motcua.config.demonstration.verification import Verification

PLAIN_STEPS = 10  # lines where there is no terminal to draw on


def demo(
    dossiers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=0, help="Số hồ sơ của thành phố, từ 2.000; 0: chỉ hồ sơ có chuyện."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="S", help="Cùng số này thì cùng một thành phố.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Kiểm tra mọi hồ sơ, chuỗi sự kiện và tỷ lệ.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(metavar="P", min=1, help="Số tiến trình; mặc định theo máy.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Nạp dữ liệu trình diễn: cơ quan, thủ tục, người dùng và bao nhiêu hồ sơ tùy chọn."""
    with surroundings.database_at_hand():
        from django.conf import settings

        if not settings.DEMONSTRATION:
            raise Stopped(
                "Dữ liệu trình diễn không được nạp vào hệ thống thật. Hãy dùng: make run, "
                "hoặc đặt DJANGO_SETTINGS_MODULE=motcua.config.settings.dev cho một bản thử."
            )
        told: dict[str, Any] = {}
        with _quiet(as_json):
            bring_up_to_date()
            if not verify or dossiers is not None:
                told = load_demonstration(dossiers, seed=seed, workers=workers)
            verification = _verify(workers) if verify else None
        if verification is not None:
            told |= verification
        if as_json:
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        elif not verify:
            show_accounts()
        if told.get("holds") is False:
            raise typer.Exit(code=1)


def load_demonstration(
    dossiers: int | None = None, *, seed: int | None = None, workers: int | None = None
) -> dict[str, Any]:
    """Load what is not there yet, and say what is being loaded."""
    from django.conf import settings

    from motcua.config import demonstration
    from motcua.kernel import clock

    wanted = settings.DEMO_DOSSIERS if dossiers is None else dossiers
    if not demonstration.is_loaded():
        with _steps("Nạp dữ liệu trình diễn") as progress:
            demonstration.load(at=clock.now(), progress=progress)
    filled = _fill(wanted, seed, workers)
    # Also into a city that was loaded before there were targets, or a plan.
    with _steps("Nạp tiến độ điều hành trình diễn") as progress:
        demonstration.tell_of_steering(at=clock.now(), progress=progress)
    return filled


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


def _fill(total: int, seed: int | None, workers: int | None) -> dict[str, Any]:
    from motcua.config.demonstration import growth
    from motcua.config.demonstration.plan import FEWEST, TooFew
    from motcua.kernel import clock, hands

    there = growth.total_of()
    # A seed that the city was not made from is refused, even where nothing is to be added.
    is_its_seed = seed is None or not there or seed == growth.seed_of_the_city()
    if not growth.is_unfinished() and there >= total and is_its_seed:
        return {"added": 0, "total": there}
    begun = time.monotonic()
    try:
        with _bar("Nạp hồ sơ của thành phố") as progress:
            grown = growth.grow(
                total=total,
                seed=seed,
                at=clock.now(),
                workers=workers or hands.enough(),
                progress=progress,
            )
    except KeyboardInterrupt as broken:
        raise Stopped(
            "Đã dừng giữa chừng. Chạy lại lệnh này sẽ nạp tiếp phần còn thiếu."
        ) from broken
    except growth.AnotherSeed as refusal:
        raise Stopped(
            f"Cơ sở dữ liệu này đã có thành phố --seed {refusal}. Hãy dùng lại số ấy, "
            "hoặc một cơ sở dữ liệu khác."
        ) from refusal
    except growth.SomebodyFills as refusal:
        raise Stopped("Một tiến trình khác đang nạp thành phố này. Hãy đợi nó xong.") from refusal
    except growth.NothingToFill as refusal:
        raise Stopped(
            "Danh mục chưa có thủ tục nào nộp được. Hãy chạy: motcua catalogue import."
        ) from refusal
    except TooFew as refusal:
        raise Stopped(
            f"Cần ít nhất {FEWEST} hồ sơ để giữ đúng tỷ lệ trực tuyến của từng cơ quan."
        ) from refusal
    return _said_of(grown, time.monotonic() - begun)


def _spoken(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


def _said_of(grown: "Grown", seconds: float) -> dict[str, Any]:
    per_second = grown.added / seconds
    console.print(
        f"[green]✓[/] Nạp {grown.added} hồ sơ, {grown.people} người, {grown.events} sự kiện "
        f"trong {_spoken(seconds)} giây ({per_second:.0f} hồ sơ/giây)"
    )
    if grown.left_out:
        say(f"Thủ tục không nạp được ở mọi nơi: {', '.join(sorted(set(grown.left_out)))}.")
    return asdict(grown) | {"seconds": round(seconds, 2), "per_second": round(per_second)}


def _verify(workers: int | None) -> dict[str, Any]:
    from motcua.config.demonstration import verification
    from motcua.kernel import hands

    begun = time.monotonic()
    with _bar("Kiểm tra") as progress:
        seen = verification.verify(workers=workers or hands.enough(), progress=progress)
    seconds = time.monotonic() - begun
    _show_verification(seen, seconds)
    return asdict(seen) | {"holds": seen.holds, "seconds": round(seconds, 2)}


def _show_verification(seen: "Verification", seconds: float) -> None:
    table = Table("Cơ quan", "Tiếp nhận 2023", "Trực tuyến", "Tỷ lệ", "Phụ lục", "", box=None)
    for share in seen.shares:
        table.add_row(
            share.agency,
            str(share.total),
            str(share.online),
            f"{share.tenths / 10:.2f}%".replace(".", ",") if share.total else "chưa có hồ sơ",
            f"{share.annex_tenths / 10:.1f}%".replace(".", ","),
            "[green]✓[/]" if share.holds else "[yellow]–[/]" if not share.total else "[red]✗[/]",
        )
    console.print(table)
    for fault in seen.faults:
        console.print(f"[red]✗[/] {escape(fault)}")
    mark = "[green]✓[/]" if seen.holds else "[red]✗[/]"
    console.print(
        f"{mark} Đã kiểm {seen.dossiers} hồ sơ, {seen.events} sự kiện trong "
        f"{_spoken(seconds)} giây; {len(seen.faults)} sai lệch; "
        f"bộ theo dõi còn chậm {seen.behind} sự kiện."
    )


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        """Draw it once it is known."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/giây" if speed else "", style="progress.data.speed")


@contextmanager
def _steps(title: str) -> Iterator[Callable[[str], None]]:
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def progress(what: str) -> None:
            bar.update(task, description=escape(what))
            if not console.is_terminal:
                say(f"… {what}")

        yield progress
    console.print(f"[green]✓[/] {title}")


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    said = -1
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def progress(done: int, of: int) -> None:
            nonlocal said
            bar.update(task, completed=done, total=of)
            step = PLAIN_STEPS * done // max(of, 1)
            if not console.is_terminal and step > said:
                said = step
                say(f"… {title}: {done}/{of}")

        yield progress


@contextmanager
def _quiet(quiet: bool) -> Iterator[None]:
    # JSON is for programs: nothing else goes to standard output.
    before, console.quiet = console.quiet, quiet or console.quiet
    try:
        yield
    finally:
        console.quiet = before
