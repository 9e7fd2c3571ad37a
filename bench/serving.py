"""A server as production runs it, with a database of its own, for as long as it is looked at."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motcua.config import embedded

DISK = "/var/tmp"
START_SECONDS_MOST = 60
AS_FROM_THE_PROXY = {"X-Forwarded-Proto": "https"}


class DidNotStart(Exception):
    """The web server ended, or did not answer in time."""


@contextmanager
def served(national: Path | None) -> Iterator[tuple[str, str]]:
    """Load the city, the catalogue and a national list; yield the address and one of its codes."""
    home = Path(tempfile.mkdtemp(prefix="motcua-pages-", dir=DISK))
    home.chmod(0o755)  # PostgreSQL may run as somebody else
    try:
        with _served(home, national) as address_and_code:
            yield address_and_code
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _served(home: Path, national: Path | None) -> Iterator[tuple[str, str]]:
    cluster = embedded.throwaway_cluster(home / "postgres")
    with cluster.running():
        os.environ |= {
            "DATABASE_URL": cluster.url(role="postgres"),
            "MOTCUA_VAR": str(home / "var"),
        }
        _as_in_production()
        code = _load(national)
        with serving(home) as address:
            yield address, code


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Run the web server over the database that DATABASE_URL names; yield its address."""
    _as_in_production()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {"MOTCUA_VAR": str(home / "var"), "PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "motcua.config.cli", "web"], start_new_session=True
    )
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _as_in_production() -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings.prod",
        "MOTCUA_SECRET_KEY": os.environ.get("MOTCUA_SECRET_KEY") or secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "MOTCUA_BEHIND_PROXY": "1",  # which speaks TLS: a telephone's handshake is not measured
        "MOTCUA_LOG_LEVEL": "WARNING",
    }


def _load(national: Path | None) -> str:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from motcua.kernel import clock
    from motcua.offices.services import load_city
    from motcua.procedures.queries import national_procedures
    from motcua.procedures.services import import_catalogue, import_national

    call_command("migrate", verbosity=0)
    load_city(at=clock.now())
    import_catalogue(folder=settings.CATALOGUE_DIR, at=clock.now())
    if national is None:
        return ""
    with national.open("rb") as file:
        import_national(file=file, at=clock.now(), actor="bench")
    # The one with most to bring: the longest page that people read.
    return max(national_procedures(), key=lambda procedure: len(procedure.components)).code


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS_MOST
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise DidNotStart
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            time.sleep(1)
            return
        except OSError:
            time.sleep(0.1)
    raise DidNotStart
