"""
`python -m bench.waking`: finding the dossiers that time has come for, among very many open ones.

A PostgreSQL of its own is filled with rows as the waking reads them: open, and due at moments
spread over the coming months. Then the statement that finds the due ones is measured, with its
plan, and what comes after it is left out.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from motcua.config import embedded

from .serving import DISK

GOAL_MS = 50
NOW = datetime(2024, 10, 15, 2, tzinfo=UTC)
console = Console(width=110)

# Rows that break no constraint, copied from one that the services made. Two of three wake within
# a year, evenly; one waits for its applicant and never wakes by itself.
_FILL = """
    INSERT INTO dossier (
        id, code, lookup_secret, version_id, case_key, channel, state, owner_id, submitter_id,
        owner_name, owner_name_folded, answers, receiving_unit_id, settling_agency_id, step_key,
        step_unit_id, submitted_at, accepted_at, due_at, wakes_at
    )
    SELECT gen_random_uuid(), 'B' || n, 'AAAAAAAA', one.version_id, one.case_key, one.channel,
           one.state, one.owner_id, one.submitter_id, one.owner_name, one.owner_name_folded, '{}',
           one.receiving_unit_id, one.settling_agency_id, one.step_key, one.step_unit_id,
           one.submitted_at, one.accepted_at, one.due_at,
           CASE WHEN n %% 3 > 0 THEN %s::timestamptz + make_interval(secs => n * 31.5) END
    FROM generate_series(1, %s) AS n, (SELECT * FROM dossier WHERE id = %s) AS one
"""


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-waking-", dir=DISK))
    home.chmod(0o755)  # PostgreSQL may run as somebody else
    try:
        with _city(home):
            _measure(options)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _city(home: Path) -> Iterator[None]:
    cluster = embedded.throwaway_cluster(home / "postgres")
    with cluster.running():
        os.environ |= {
            "DATABASE_URL": cluster.url(),
            "MOTCUA_VAR": str(home / "var"),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings.dev",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        yield
        connections.close_all()


def _measure(options: argparse.Namespace) -> None:
    from django.db import connection, transaction

    from motcua.dossiers.services import waking
    from tests.builders import ADesk

    began = time.perf_counter()
    one = ADesk().accepted()
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [NOW, options.dossiers, one.pk])
        cursor.execute("ANALYZE dossier")
    console.print(f"{options.dossiers:,} open dossiers in {time.perf_counter() - began:.0f} s")
    table = Table("due at that moment", "found", "p50 ms", "p95 ms", "goal ms", box=None)
    for name, ahead in {"none": 0, "about a hundred": 1.3, "all of a day": 24}.items():
        at = NOW + timedelta(hours=ahead)
        times, found = [], 0
        for _ in range(options.rounds):
            with transaction.atomic(), connection.cursor() as cursor:
                start = time.perf_counter()
                cursor.execute(waking.DUE, [at, waking.BATCH])
                found = len(cursor.fetchall())
                times.append((time.perf_counter() - start) * 1000)
                transaction.set_rollback(True)
        times.sort()
        p95 = times[int(len(times) * 0.95)]
        table.add_row(
            name, str(found), f"{statistics.median(times):.2f}", f"{p95:.2f}", str(GOAL_MS)
        )
        if p95 > GOAL_MS:
            raise SystemExit(f"{p95:.1f} ms are more than {GOAL_MS} ms")
    console.print(table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (ANALYZE, COSTS OFF) " + waking.DUE,
            [NOW + timedelta(hours=1.3), waking.BATCH],
        )
        for (line,) in cursor.fetchall():
            console.print(line, highlight=False)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
