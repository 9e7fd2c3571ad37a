import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def var():
    """One folder for all: the first to start makes the database, and the others find it."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-up-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def start(var, free_port):
    """Start `motcua up`, without demonstration data; return it once it serves or has ended."""
    started = []

    def start_up():
        kept = {n: v for n, v in os.environ.items() if n not in {"DATABASE_URL"}}
        told = {"MOTCUA_VAR": str(var), "MOTCUA_DEMO": "0", "PORT": str(free_port)}
        told |= {"PYTHONPATH": "src", "WEB_WORKERS": "1"}
        told["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings.dev"
        with (var / "said").open("w") as heard:
            process = subprocess.Popen(
                [sys.executable, "-m", "motcua.config.cli", "up"],
                env=kept | told,
                stdout=heard,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        wait_until(lambda: "đang chạy tại" in said() or process.poll() is not None)
        return process

    def said():
        return (var / "said").read_text()

    start_up.said = said
    yield start_up
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def wait_until(true):
    deadline = time.monotonic() + 180
    while not true():
        assert time.monotonic() < deadline, "waited for three minutes"
        time.sleep(0.05)


def family_of(process):
    """Return everything that the supervisor started."""
    return psutil.Process(process.pid).children(recursive=True)


def test_stops_all_it_started(start):
    process = start()
    family = family_of(process)
    assert len(family) >= 4, start.said()

    process.send_signal(signal.SIGINT)

    assert process.wait(60) == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert "Đã dừng tất cả." in start.said()


def test_says_which_child_died_and_stops_the_others(start):
    process = start()
    family = family_of(process)
    worker = next(child for child in family if child.cmdline()[-1:] == ["worker"])

    worker.kill()

    assert process.wait(60) == 1
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert re.search(r"tiến trình nền đã tự dừng \(bị tín hiệu SIGKILL", start.said())


def test_starts_again_after_it_was_killed(start):
    process = start()
    # Asked for their names while they live: once the supervisor is gone they go by themselves.
    left_alone = [child for child in family_of(process) if "postgres" not in child.name()]
    process.kill()
    process.wait()
    assert psutil.wait_procs(left_alone, timeout=30)[1] == []

    assert start().poll() is None, start.said()


def test_refuses_to_start_twice(start):
    start()

    second = start()

    assert second.wait(60) == 1
    assert "Motcua đang chạy rồi" in start.said()
