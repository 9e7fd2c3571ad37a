"""
`python -m bench.steering`: figures over very many dossiers.

The demonstration city is filled in a PostgreSQL of its own with fsync on. Its read models are built
anew, in a stretch and event by event; then the rows of the figures are multiplied, so that they are
those of ten million dossiers, and asked: in one process, and as pages over HTTP from the web server
as production runs it. Beside each figure stands the same one counted in a pass over the rows of the
dossiers, by PostgreSQL and by DuckDB over Parquet: read the ratios, which are those of medians. For
the latter, first `pip install duckdb`, which nothing else needs.
"""

import argparse
import gc
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from rich.console import Console
from rich.table import Table

from motcua.config import embedded

from .passes import PASS_OF_BOARD, in_duckdb, passes_of_index
from .serving import DISK, serving
from .visits import asked, cpu_seconds, signed_in

console = Console(width=110)
RATE, FRESH_SECONDS = 200, 15
AT = datetime(2024, 10, 15, 2, tzinfo=UTC)
GOAL, PASSES, WARMED_UP = "40", 3, 12
LEADER = "chutich-tp"  # of the demonstration
# The web server's clock is the real one: the pages are asked for by their days.
PAGES = {
    "board of 26 agencies": "/lanh-dao/chi-tieu/?den-ngay=2024-10-14",
    "766 index of the city, a month": "/lanh-dao/chi-so-766/?ky=2024-09",
    "766 index of the city, this year": "/lanh-dao/chi-so-766/?ky=2024",
}
# PostgreSQL keeps the plan of a statement after ten times, on each connection of each process.
WARMED_BY, WARMING_CLIENTS = 200, 8


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000, help="filled with their ledger")
    parser.add_argument("--times", type=int, default=100, help="how often figures stand for them")
    parser.add_argument("--asked", type=int, default=60, help="how often each figure is asked")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-steering-", dir=DISK))
    home.chmod(0o755)  # PostgreSQL may run as somebody else
    try:
        cluster = embedded.throwaway_cluster(home / "postgres")
        cluster.settings.clear()  # which leaves PostgreSQL's own: fsync, synchronous_commit
        with cluster.running():
            os.environ |= {
                "DATABASE_URL": cluster.url(role="postgres"),
                "MOTCUA_VAR": str(home / "var"),
                "DJANGO_SETTINGS_MODULE": "motcua.config.settings.dev",
                "MOTCUA_SECRET_KEY": secrets.token_urlsafe(50),  # the web server's, too
            }
            command = [sys.executable, "-m", "motcua.config.cli", "demo", "--dossiers"]
            subprocess.run([*command, str(options.dossiers)], stdout=subprocess.DEVNULL, check=True)
            import django

            django.setup()
            _follow(options)
            _see_fresh()
            _multiply(options)
            _ask(options, home)
            _open_pages(options, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    console.print(f"Load average: {os.getloadavg()[0]:.1f}")


def _follow(options: argparse.Namespace) -> None:
    from motcua.kernel.hands import enough
    from motcua.kernel.ledger import followers
    from motcua.kernel.ledger.models import LedgerEvent
    from motcua.steering.followers import follow_dossiers

    events = LedgerEvent.objects.count()
    followers.rebuild(follow_dossiers)
    began = time.perf_counter()
    assert followers.catch_up(follow_dossiers, hands=enough())
    took = time.perf_counter() - began
    per_million = took * 1_000_000 / options.dossiers
    console.print(
        f"Built anew: {options.dossiers:,} dossiers, {events:,} events in {took:.1f} s, "
        f"{events / took:,.0f} events a second; a million dossiers {per_million:.0f} s (goal 300)"
    )
    followers.rebuild(follow_dossiers)
    passed, began = 0, time.perf_counter()
    while time.perf_counter() - began < 20 and (step := followers.run_once(follow_dossiers)):
        passed += step
    took = time.perf_counter() - began
    console.print(
        f"Followed as they come: {passed:,} events, {passed / took:,.0f} a second (goal 5,000)"
    )
    followers.rebuild(follow_dossiers)
    assert followers.catch_up(follow_dossiers, hands=enough())


def _see_fresh() -> None:
    """Record 200 events a second beside a worker, and see how soon the figures have them."""
    from motcua.dossiers.events import DossierRated
    from motcua.dossiers.services import learn
    from motcua.steering.models import Fact

    unrated = Fact.objects.filter(rated_at__isnull=True, received_at__isnull=False)
    ids = list(unrated.values_list("dossier_id", flat=True)[: RATE * FRESH_SECONDS])
    worker = subprocess.Popen([sys.executable, "-m", "motcua.config.cli", "worker"])
    recorded: Queue[tuple[Any, float] | None] = Queue()
    lags: list[float] = []
    watcher = Thread(target=_watch, args=(recorded, lags))
    try:
        time.sleep(15)  # until it has loaded the program and caught up
        watcher.start()
        began = time.perf_counter()
        for place, id_ in enumerate(ids):
            time.sleep(max(began + place / RATE - time.perf_counter(), 0))
            learn(dossier_id=id_, fact=DossierRated(liked=True), actor="system", at=AT)
            if place % 20 == 0:
                recorded.put((id_, time.perf_counter()))
        took = time.perf_counter() - began
        recorded.put(None)
        watcher.join()
    finally:
        worker.terminate()
        worker.wait()
    lags.sort()
    console.print(
        f"Fresh at {len(ids) / took:.0f} events a second: p50 {statistics.median(lags):.2f} s, "
        f"p95 {lags[int(len(lags) * 0.95)]:.2f} s, slowest {lags[-1]:.2f} s (goal 1 s)"
    )


def _watch(recorded: "Queue[tuple[Any, float] | None]", lags: list[float]) -> None:
    from motcua.steering.models import Fact

    while (each := recorded.get()) is not None:
        id_, since = each
        while not Fact.objects.filter(pk=id_, rated_at__isnull=False).exists():
            time.sleep(0.005)
        lags.append(time.perf_counter() - since)


def _multiply(options: argparse.Namespace) -> None:
    from django.db import connection

    from motcua.steering.models import COUNTS, TOTALS, Fact, Petition

    counts = (*COUNTS, *TOTALS)
    with connection.cursor() as cursor:
        for facts in (Fact, Petition):
            table = facts._meta.db_table
            names = [field.column for field in facts._meta.concrete_fields]
            listed = ", ".join(name for name in names if name != "dossier_id")
            cursor.execute(
                f"INSERT INTO {table} (dossier_id, {listed}) "
                f"SELECT gen_random_uuid(), {listed} FROM {table}, generate_series(2, %s)",
                [options.times],
            )
        for model in counts:
            more = ", ".join(
                f'"{measure.value}" = "{measure.value}" * {options.times}'
                for measure in model.measures
            )
            cursor.execute(f"UPDATE {model._meta.db_table} SET {more}")
        sizes = []
        for model in (Fact, Petition, *counts):
            table = model._meta.db_table
            cursor.execute(f"VACUUM ANALYZE {table}")
            cursor.execute(f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}")
            rows, size = cursor.fetchone()
            sizes.append(f"{table} {rows:,} rows {size / 1e6:,.0f} MB")
    console.print("; ".join(sizes))


def _ask(options: argparse.Namespace, home: Path) -> None:
    from motcua.steering.definitions import Period
    from motcua.steering.queries import counted
    from motcua.steering.queries.index766 import Figures, figures
    from motcua.steering.queries.targets import board
    from motcua.steering.services import load_targets

    def city(of: Figures) -> object:
        return of.score(of.subjects.city)

    load_targets(at=AT)
    # As the web server does at its start: the collector leaves alone what was loaded.
    gc.collect()
    gc.freeze()
    month, year = Period.month(2024, 9), Period.year(2024)
    of_month = passes_of_index("2024-09-01", "2024-10-01")
    of_year = passes_of_index("2024-01-01", f"{AT:%Y-%m-%d}")
    questions = [
        _Question("board of 26 agencies", lambda: board(at=AT), [PASS_OF_BOARD]),
        _Question("… when one came in", lambda: board(at=AT), stir=_RECEIVE_ONE),
        _Question("766 index of the city, a month", lambda: city(figures(month, at=AT)), of_month),
        _Question(
            "… when one was learned of", lambda: city(figures(month, at=AT)), stir=_LEARN_OF_ONE
        ),
        _Question(
            "… as known on a past day", lambda: city(figures(month, as_of=month.last, at=AT))
        ),
        _Question("766 index of the city, this year", lambda: city(figures(year, at=AT)), of_year),
        _Question("all figures of a month", lambda: counted(month, at=AT), of_month),
        _Question("… as known on a past day", lambda: counted(month, as_of=month.last, at=AT)),
        _Question("all figures of this year, now", lambda: counted(year, at=AT), of_year),
    ]
    by_duckdb = in_duckdb(home)
    baselines = "from the rows ms", "ratio", "DuckDB ms", "ratio"
    table = Table("figure", "p50 ms", "p95 ms", "goal p95", *baselines, box=None)
    for question in questions:
        for _ in range(WARMED_UP):
            question.milliseconds()
        times = sorted(question.milliseconds() for _ in range(options.asked))
        median = statistics.median(times)
        slow: list[str] = []
        for read in (_raw, by_duckdb):
            if question.passes and read:
                took = sum(
                    statistics.median(_milliseconds(partial(read, each)) for _ in range(PASSES))
                    for each in question.passes
                )
                slow += [f"{took:,.0f}", f"{took / median:,.0f}"]
        late = times[int(len(times) * 0.95)]
        table.add_row(question.name, f"{median:.1f}", f"{late:.1f}", GOAL, *slow)
    console.print(table)


@dataclass(frozen=True)
class _Question:
    """A figure, and what would have to be read for it if nothing were counted beforehand."""

    name: str
    ask: Callable[[], Any]
    passes: Sequence[str] = ()
    stir: str = ""  # what changes a figure each time before it is asked for

    def milliseconds(self) -> float:
        if self.stir:
            _raw(self.stir)
        return _milliseconds(self.ask)


def _open_pages(options: argparse.Namespace, home: Path) -> None:
    """Open the boards as a leader of the city, over HTTP."""
    from motcua.accounts.models import Account

    leader = signed_in(Account.objects.get(username=LEADER))
    costs = "CPU ms: web", "database"
    table = Table("page", "p50 ms", "p95 ms", "goal p95", *costs, "bytes", box=None)
    with serving(home) as address:
        for name, path in PAGES.items():
            asked(address, path, leader, times=WARMED_BY, clients=WARMING_CLIENTS)
            spent = cpu_seconds()
            seen = asked(address, path, leader, times=options.asked)
            web, database = (b - a for a, b in zip(spent, cpu_seconds(), strict=True))
            times = sorted(seen.latencies)
            table.add_row(
                name,
                f"{statistics.median(times) * 1000:.1f}",
                f"{times[int(len(times) * 0.95)] * 1000:.1f}",
                GOAL,
                f"{web / len(times) * 1000:.1f}",
                f"{database / len(times) * 1000:.1f}",
                f"{len(seen.bodies[0]):,}",
            )
    console.print(table)


# Figures that become others, as they do all day.
_RECEIVE_ONE = """
    UPDATE steering_day SET received = received + 1 WHERE ctid = (
        SELECT ctid FROM steering_day WHERE "on" = '2024-10-01' AND received > 0 LIMIT 1
    )
"""
_LEARN_OF_ONE = """
    UPDATE steering_month_total SET synced = synced + 1 WHERE ctid = (
        SELECT ctid FROM steering_month_total WHERE month = '2024-09-01' AND synced > 0 LIMIT 1
    )
"""


def _raw(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()


def _milliseconds(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
