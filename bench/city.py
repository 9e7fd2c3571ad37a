"""
`python -m bench.city`: fill the demonstration city, then look at every dossier of it.

A PostgreSQL of its own with fsync on. The whole command is timed, once the city, its catalogue and
the dossiers with a story are there; the JSON that the commands print is the record. Beside it, what
the same rows cost where nobody makes them up, hashes them or counts: `pg_restore` of the filled
database by as many hands.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console
from rich.table import Table

from motcua.config import embedded
from motcua.config.embedded import binaries
from motcua.kernel.hands import enough

DISK = "/var/tmp"  # on a disk: /tmp may be memory, where durable writes cost nothing
console = Console(width=110)


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=67)
    parser.add_argument("--workers", type=int, default=enough())
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-city-", dir=DISK))
    home.chmod(0o755)
    try:
        figures = measure(options, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    _show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def measure(options: argparse.Namespace, home: Path) -> dict[str, Any]:
    """Fill a city in a cluster under `home`, verify it, and return the figures."""
    cluster = embedded.throwaway_cluster(home / "postgres")
    cluster.settings.clear()  # which leaves PostgreSQL's own: fsync, synchronous_commit
    with cluster.running():
        told = os.environ | {
            "DATABASE_URL": cluster.url(),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings.dev",
            "MOTCUA_VAR": str(home / "var"),
        }
        workers = ["--workers", str(options.workers)]
        _demo(told, "--dossiers", "0")
        filled = _demo(
            told, "--dossiers", str(options.dossiers), "--seed", str(options.seed), *workers
        )
        verified = _demo(told, "--verify", *workers)
        size = sum(f.stat().st_size for f in (cluster.data / "base").rglob("*") if f.is_file())
        restored = _restored(cluster, home / "dump", workers=options.workers)
    return {
        "cores": os.cpu_count(),
        "dossiers": filled["added"],
        "people": filled["people"],
        "events": filled["events"],
        "seconds": filled["seconds"],
        "per_second": filled["per_second"],
        "restored_seconds": round(restored, 2),
        "times_as_long_as_restored": round(filled["seconds"] / restored, 2),
        "database_gb": round(size / 1e9, 2),
        "verified_seconds": verified["seconds"],
        "faults": len(verified["faults"]),
        "shares_kept": sum(share["total"] > 0 for share in verified["shares"]),
        "holds": verified["holds"],
        "load_average": [round(load, 1) for load in os.getloadavg()],
    }


def _demo(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "motcua.config.cli", "demo", "--json", *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _restored(cluster: embedded.Cluster, dump: Path, *, workers: int) -> float:
    """Return how many seconds PostgreSQL takes to restore the filled database beside it."""
    programs = binaries.runnable_by(cluster.owner)
    hands = f"--jobs={workers}"
    filled, beside = (
        cluster.url(role="postgres", database=name) for name in (embedded.DATABASE, "beside")
    )
    dumping = [programs / "pg_dump", "--format=directory", hands, f"--file={dump}", filled]
    subprocess.run(dumping, check=True)
    with psycopg.connect(filled, autocommit=True) as connection:
        connection.execute("CREATE DATABASE beside")
        connection.execute("CHECKPOINT")
    began = time.perf_counter()
    subprocess.run([programs / "pg_restore", hands, f"--dbname={beside}", dump], check=True)
    return time.perf_counter() - began


def _show(figures: dict[str, Any]) -> None:
    table = Table("figure", "value", box=None)
    for name, value in figures.items():
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value))
    console.print(table)


if __name__ == "__main__":
    main()
