"""
`python -m bench.lists`: an officer's work list in a city with very many dossiers.

The demonstration city is filled in a PostgreSQL of its own with fsync on. Then the officer of the
busiest agency's counter opens lists over HTTP, on the web server as production runs it: as browsers
do, over connections that stay open, with the cookies of a person who is signed in. Read the
processor time first: it says what a page costs everybody, whatever else the machine does.
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
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from rich.console import Console
from rich.table import Table

from motcua.config import embedded

from .serving import DISK, serving
from .visits import LONGEST_SECONDS, Wrong, asked, cpu_seconds, signed_in

CLIENTS = 2, 4, 8
# PostgreSQL keeps the plan of a statement after ten times, on each connection of each process.
WARMED_BY = 400
console = Console(width=140)

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
        _clean_up()
        yield


def _clean_up() -> None:
    """Do now what PostgreSQL does by itself within minutes: a city is measured that is at work."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as own:
        own.execute("VACUUM (ANALYZE)")


def _busiest() -> tuple[str, int]:
    """Return the cookies of the receiver whose agency settles most, and how many it settles."""
    import django

    django.setup()
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
    return signed_in(account), mine


def _show(address: str, officer: str, mine: int, options: argparse.Namespace) -> None:
    rates = [f"per s: {clients}" for clients in CLIENTS]
    figures = "p50 ms", "p95 ms", "goal", *rates, "CPU ms: web", "database", "client", "bytes"
    table = Table("", *figures, box=None)
    for name, (path, goal) in PAGES.items():
        asked(address, path, officer, times=WARMED_BY, clients=max(CLIENTS))
        alone = sorted(asked(address, path, officer, times=options.requests).latencies)
        p50, p95 = statistics.median(alone), alone[int(len(alone) * 0.95)]
        measured = [f"{p50 * 1000:.1f}", f"{p95 * 1000:.1f}", f"{goal}"]
        spent, answered = cpu_seconds(), 0
        client = 0.0
        for clients in CLIENTS:
            seen = asked(address, path, officer, times=options.requests, clients=clients)
            answered, client = answered + len(seen.bodies), client + seen.cpu_seconds
            measured.append(f"{len(seen.bodies) / seen.seconds:.0f}")
        web, database = (b - a for a, b in zip(spent, cpu_seconds(), strict=True))
        measured += [f"{seconds / answered * 1000:.2f}" for seconds in (web, database, client)]
        table.add_row(name, *measured, f"{len(seen.bodies[0]):,}")
    for kind in ("xlsx", "csv"):
        seconds, size = _fetched(address, f"/desk/xuat/?tab=closed&format={kind}", officer)
        empty = [""] * (len(figures) - 2)
        table.add_row(f"export, {kind}", f"{seconds * 1000:.0f}", *empty, f"{size:,}")
    console.print(f"{options.dossiers:,} dossiers; the officer's agency settles {mine:,} of them.")
    console.print("One client at a time for the milliseconds, several for the rates.")
    console.print(table)
    console.print(f"Load average: {os.getloadavg()[0]:.1f}")


def _fetched(address: str, path: str, officer: str) -> tuple[float, int]:
    """Return how many seconds the answer took, and its bytes; it comes in pieces."""
    began = time.perf_counter()
    client = http.client.HTTPConnection(urlsplit(address).netloc, timeout=LONGEST_SECONDS)
    client.request("GET", path, headers={"Cookie": officer, "X-Forwarded-Proto": "https"})
    answer = client.getresponse()
    content = answer.read()
    client.close()
    if answer.status != 200:
        raise Wrong(f"{path}: {answer.status}")
    return time.perf_counter() - began, len(content)


if __name__ == "__main__":
    main()
