"""`motcua up`: everything a demonstration needs, under one supervisor."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from types import FrameType

from motcua.config import embedded

from . import lifeline, ports, surroundings
from .demo import load_demonstration, show_accounts
from .migrate import bring_up_to_date
from .terminal import Stopped, console, say, say_fault, step
from .web import address

READY_SECONDS = 60
STOP_SECONDS = 30


class AskedToStop(BaseException):
    """SIGTERM or Ctrl-C. Not an Exception, so that nothing on the way takes it for a failure."""


@dataclass(frozen=True, kw_only=True)
class Child:
    """A process that the supervisor started and will stop."""

    name: str
    process: subprocess.Popen[bytes]
    why: Callable[[], str]


def up() -> None:
    """Chạy trọn bộ trên máy này: cơ sở dữ liệu, web, tiến trình nền, dữ liệu trình diễn."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # Under nohup, the end of the terminal is not the end.
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ask_to_stop)
    try:
        with ExitStack() as started:
            _run(started)
    except AskedToStop:
        say("Đã dừng tất cả.")


def _run(started: ExitStack) -> None:
    host, port = address()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", surroundings.DEVELOPMENT)
    children: list[Child] = []
    from django.conf import settings

    if not embedded.database_is_named():
        cluster = embedded.cluster(settings.VAR)
        started.enter_context(cluster.locked())
        ports.check_free(host, port)
        with step(f"Khởi động PostgreSQL (dữ liệu ở {cluster.home})"):
            server = started.enter_context(cluster.running())
        os.environ["DATABASE_URL"] = cluster.url()
        children.append(
            Child(
                name="PostgreSQL",
                process=server.process,
                why=lambda: f"xem nhật ký {cluster.log}",
            )
        )
    ports.check_free(host, port)
    _prepare_database()
    with step("Khởi động web và tiến trình nền"):
        for name, command in {"web": "web", "tiến trình nền": "worker"}.items():
            child = _spawn(name, command)
            started.callback(_stop, child.process)
            children.append(child)
        _wait_for_web(host, port, children)
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - read, never listened on
    if settings.DEMONSTRATION:
        show_accounts()
    if settings.CLOCK_START is not None:
        from motcua.kernel import clock

        now = clock.now().astimezone(clock.CITY_TIME)
        say(f"Đồng hồ trình diễn: {now:%H:%M} ngày {now:%d/%m/%Y}. Dữ liệu là minh họa.")
    console.print(f"\nMotcua đang chạy tại [bold]http://{shown}:{port}/[/]   (Ctrl-C để dừng)")
    while True:
        _check_alive(children)
        time.sleep(0.3)


def _prepare_database() -> None:
    surroundings.enter(surroundings.DEVELOPMENT)
    from django.conf import settings

    from motcua.kernel.connections import hang_up

    bring_up_to_date()
    if settings.DEMONSTRATION:
        load_demonstration()
    hang_up()


def _spawn(name: str, command: str) -> Child:
    reading, writing = os.pipe()
    # The writing end stays open here, unused, until this process is no more.
    process = subprocess.Popen(
        [sys.executable, "-m", "motcua.config.cli", command],
        env=os.environ | {lifeline.VARIABLE: str(reading)},
        stdin=subprocess.DEVNULL,
        pass_fds=[reading],
        start_new_session=True,  # Ctrl-C reaches the supervisor alone, who stops them in order
    )
    os.close(reading)
    assert writing > 0
    return Child(name=name, process=process, why=lambda: "lý do ở ngay phía trên")


def _wait_for_web(host: str, port: int, children: list[Child]) -> None:
    local = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}  # noqa: S104 - read, never listened on
    url = f"http://{local.get(host, host)}:{port}/healthz"
    # A proxy named in the environment is for the outside.
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        _check_alive(children)
        try:
            browser.open(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers; what it says is for the log
        except OSError:
            time.sleep(0.05)
    raise Stopped(f"Web không trả lời sau {READY_SECONDS} giây; hãy xem các dòng phía trên.")


def _check_alive(children: list[Child]) -> None:
    for child in children:
        code = child.process.poll()
        if code is None:
            continue
        how = f"bị tín hiệu {signal.Signals(-code).name}" if code < 0 else f"mã kết thúc {code}"
        # Said at once: stopping the others may take a while.
        say_fault(f"{child.name} đã tự dừng ({how}; {child.why()}). Đang dừng các phần còn lại…")
        raise Stopped("Motcua đã dừng. Hãy chạy lại bằng: make run.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    # Whoever is left of its session: web workers whose parent was killed would keep the port.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    # Once is enough: a second Ctrl-C must not break off the stopping.
    for signal_number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signal_number, signal.SIG_IGN)
    if number == signal.SIGINT:
        console.print()
    say("Đang dừng…")
    raise AskedToStop
