"""
`python -m bench.lists`: an officer's work list in a city with very many dossiers.

The demonstration city is filled in a PostgreSQL of its own with fsync on. Then the officer of the
busiest agency's counter opens lists over HTTP, on the web server as production runs it.
"""

import argparse
import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil
from rich.console import Console
from rich.table import Table

from motcua.config import embedded

from .serving import DISK, serving

CLIENTS = 4
console = Console(width=110)

# What is looked at, and the milliseconds that 95 of 100 should take at most.
PAGES = {
    "first page of the list": ("/desk/", 30),
    "closed dossiers": ("/desk/?tab=closed", 30),
    "closed, by a rare name": (f"/desk/?tab=closed&words={quote('thach kim yen')}", 80),
    "closed, by a common name": (f"/desk/?tab=closed&words={quote('nguyen')}", 80),
    "closed, of one procedure": ("/desk/?tab=closed&procedure=2.000815", 80),
    "search by name": (f"/desk/tim/?q={quote('nguyen van an')}", 80),
    "search by the end of a code": (f"/desk/tim/?q={quote('0007')}", 80),
}


class Wrong(Exception):
    """An answer is not what it must be; the figures are worth nothing."""


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=400)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-lists-", dir=DISK))
    home.chmod(0o755)  # PostgreSQL may run as somebody else
    try:
        with _filled(home, options.dossiers), serving(home) as address:
            officer, mine = _busiest()
            _show(address, officer, mine, options)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _filled(home: Path, dossiers: int) -> Iterator[None]:
    cluster = embedded.throwaway_cluster(home / "postgres")
    cluster.settings.clear()  # which leaves PostgreSQL's own: fsync, synchronous_commit
    with cluster.running():
        os.environ |= {"DATABASE_URL": cluster.url(), "MOTCUA_VAR": str(home / "var")}
        told = os.environ | {"DJANGO_SETTINGS_MODULE": "motcua.config.settings.dev"}
        command = [sys.executable, "-m", "motcua.config.cli", "demo", "--dossiers", str(dossiers)]
        subprocess.run(command, env=told, stdout=subprocess.DEVNULL, check=True)
        yield


def _busiest() -> tuple[str, int]:
    """Return a session of the receiver whose agency settles most, and how many it settles."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db.models import Count

    from motcua.dossiers.models import Dossier
    from motcua.offices.models import Appointment, PostRole

    [(agency, mine)] = (
        Dossier.objects.values_list("settling_agency").annotate(n=Count("pk")).order_by("-n")[:1]
    )
    account = (
        Appointment.objects.filter(
            post__unit__agency_id=agency, post__role=PostRole.RECEIVER, valid_to=None
        )
        .select_related("officer__account")
        .order_by("pk")[0]
        .officer.account
    )
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}", mine


def _show(address: str, officer: str, mine: int, options: argparse.Namespace) -> None:
    figures = "p50 ms", "p95 ms", "goal", "per second", "CPU ms: web", "database", "bytes"
    table = Table("", *figures, box=None)
    for name, (path, goal) in PAGES.items():
        _get(address, path, officer)  # the first of a process compiles the procedures
        alone = sorted(_get(address, path, officer)[0] for _ in range(options.requests // 4))
        began, spent = time.perf_counter(), _cpu_seconds()
        with ThreadPoolExecutor(CLIENTS) as clients:
            sizes = list(
                clients.map(
                    lambda _n, path=path: _get(address, path, officer)[1], range(options.requests)
                )
            )
        rate = options.requests / (time.perf_counter() - began)
        web, database = (
            f"{(after - before) / options.requests * 1000:.1f}"
            for before, after in zip(spent, _cpu_seconds(), strict=True)
        )
        p50, p95 = statistics.median(alone), alone[int(len(alone) * 0.95)]
        measured = f"{p50:.1f}", f"{p95:.1f}", f"{goal}", f"{rate:.0f}", web, database
        table.add_row(name, *measured, f"{sizes[0]:,}")
    for kind in ("xlsx", "csv"):
        seconds, size = _get(address, f"/desk/xuat/?tab=closed&format={kind}", officer)
        table.add_row(f"export, {kind}", f"{seconds:.0f}", "", "", "", "", "", f"{size:,}")
    console.print(f"{options.dossiers:,} dossiers; the officer's agency settles {mine:,} of them.")
    console.print(f"One client at a time for the milliseconds, {CLIENTS} for the rate.")
    console.print(table)
    console.print(f"Load average: {os.getloadavg()[0]:.1f}")


def _cpu_seconds() -> tuple[float, float]:
    """Return what the web server and PostgreSQL have spent: all that this process has started."""
    web = database = 0.0
    for process in psutil.Process().children(recursive=True):
        times = process.cpu_times()
        if process.name() == "postgres":
            database += times.user + times.system
        else:
            web += times.user + times.system
    return web, database


def _get(address: str, path: str, officer: str) -> tuple[float, int]:
    """Return how many milliseconds the answer took, and its bytes."""
    began = time.perf_counter()
    client = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    client.request("GET", path, headers={"Cookie": officer, "X-Forwarded-Proto": "https"})
    answer = client.getresponse()
    content = answer.read()
    client.close()
    if answer.status != 200:
        raise Wrong(f"{path}: {answer.status}")
    return (time.perf_counter() - began) * 1000, len(content)


if __name__ == "__main__":
    main()
