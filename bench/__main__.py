"""
`make bench`: durable work over HTTP, measured beside pgbench doing the same rows.

A PostgreSQL of its own with fsync on, the web server as production runs it, eight clients. Every
answer is checked, and afterwards the database: what was acknowledged is there, once.
"""

import argparse
import json
import os
import pickle
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from motcua.config import embedded

from . import stage
from .pg import Pgbench
from .stage import Stage

HERE = Path(__file__).parent
DISK = "/var/tmp"  # on a disk: /tmp may be memory, where durable writes cost nothing
console = Console(width=132)

GOALS = {"submission": (1000, 500), "act": (1000, 500), "read": (2500, 1200)}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One run of one operation."""

    operation: str
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    answered: int
    web_cpu_ms: float  # per request, as are the next two
    database_cpu_ms: float
    client_cpu_ms: float


class Wrong(Exception):
    """An answer or a row is not what it must be; the figures are worth nothing."""


class Bench:
    """One measurement from an empty cluster to the table."""

    def __init__(self, options: argparse.Namespace, home: Path) -> None:
        self.options = options
        self.home = home
        self.port = _free_port()
        self.figures: list[Figure] = []
        self.submitted: list[tuple[str, int]] = []  # code, number of the submission
        self.accepted = 0

    def run(self) -> dict[str, Any]:
        """Measure everything, and return what was seen."""
        cluster = embedded.throwaway_cluster(self.home / "postgres")
        cluster.settings.clear()  # which leaves PostgreSQL's own: fsync, synchronous_commit
        with cluster.running() as server:
            self.database = psutil.Process(server.process.pid)
            self.pgbench = Pgbench(cluster=cluster, clients=self.options.clients)
            self._enter(cluster.url(role="postgres"))
            console.print("Loading the city, the catalogue, accounts and tokens …")
            self.stage = self._prepare()
            with self._web() as self.web:
                for _ in range(self.options.repeats):
                    self._measure()
            self._check_rows()
            yardsticks = self.pgbench.measure(self.stage, seconds=self.options.seconds)
            statements = self._statements()
        return self._told(yardsticks, statements)

    def _enter(self, url: str) -> None:
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings.prod",
            "MOTCUA_SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "MOTCUA_BEHIND_PROXY": "1",  # which speaks TLS; what it costs is its own affair
            "MOTCUA_VAR": str(self.home / "var"),
            "MOTCUA_LOG_LEVEL": "WARNING",
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
        }
        import django

        django.setup()

    def _prepare(self) -> Stage:
        from django.core.management import call_command

        from motcua.kernel import clock

        call_command("migrate", verbosity=0)
        return stage.prepare(clock.now())

    @contextmanager
    def _web(self) -> Iterator[psutil.Process]:
        process = subprocess.Popen(
            [sys.executable, "-m", "motcua.config.cli", "web"], start_new_session=True
        )
        try:
            self._wait_for_web(process)
            yield psutil.Process(process.pid)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)

    def _wait_for_web(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise Wrong("the web server did not start")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                time.sleep(1)
                return
            except OSError:
                time.sleep(0.1)
        raise Wrong("the web server does not answer")

    def _measure(self) -> None:
        begun = len(self.submitted)
        rate = 4000  # requests prepared per second; more than any machine of ours answers
        wanted = int(self.options.seconds * rate)
        requests = [stage.submission(self.stage, begun * 10 + n) for n in range(wanted)]
        bodies = self._load("submission", requests, expected=201)
        codes = [json.loads(body)["code"] for body in bodies]
        self.submitted += [(code, begun * 10) for code in codes]

        by_agency = {counter.agency_code: counter for counter in self.stage.counters}
        requests = [stage.acceptance(by_agency[code.rsplit("-", 2)[0]], code) for code in codes]
        self.accepted += len(self._load("act", requests, expected=201))

        requests = [stage.reading(by_agency[code.rsplit("-", 2)[0]].token, code) for code in codes]
        for body in self._load("read", requests, expected=200, again=True)[:100]:
            if json.loads(body)["answers"]["child_name"] != stage.ANSWERS["child_name"]:
                raise Wrong("a dossier was read back otherwise than it was filed")

    def _load(
        self, operation: str, requests: list[bytes], *, expected: int, again: bool = False
    ) -> list[bytes]:
        plan, answer = self.home / "plan", self.home / "answer"
        plan.write_bytes(
            pickle.dumps(
                {
                    "port": self.port,
                    "requests": requests,
                    "clients": self.options.clients,
                    "seconds": self.options.seconds,
                    "again": again,
                }
            )
        )
        web, database = _cpu_seconds(self.web), _cpu_seconds(self.database)
        subprocess.run(
            [sys.executable, str(HERE / "load.py"), str(plan), str(answer)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seen = pickle.loads(answer.read_bytes())
        count = len(seen["latencies"])
        if set(seen["statuses"]) != {expected}:
            raise Wrong(f"{operation}: {seen['statuses']}, e.g. {seen['bodies'][:1]}")
        ordered = sorted(seen["latencies"])
        figure = Figure(
            operation=operation,
            per_second=count / seen["seconds"],
            p50_ms=1000 * ordered[count // 2],
            p95_ms=1000 * ordered[int(count * 0.95)],
            p99_ms=1000 * ordered[int(count * 0.99)],
            answered=count,
            web_cpu_ms=1000 * (_cpu_seconds(self.web) - web) / count,
            database_cpu_ms=1000 * (_cpu_seconds(self.database) - database) / count,
            client_cpu_ms=1000 * seen["cpu_seconds"] / count,
        )
        self.figures.append(figure)
        console.print(
            f"  {operation:<11} {figure.per_second:7.0f}/s   p50 {figure.p50_ms:6.2f}   "
            f"p95 {figure.p95_ms:6.2f}   p99 {figure.p99_ms:6.2f} ms   CPU web "
            f"{figure.web_cpu_ms:.2f} database {figure.database_cpu_ms:.2f} "
            f"client {figure.client_cpu_ms:.2f} ms"
        )
        return seen["bodies"]

    def _check_rows(self) -> None:
        from motcua.dossiers.models import Dossier, DossierComponent
        from motcua.filings.models import Submission
        from motcua.kernel.ledger import chain
        from motcua.kernel.ledger.models import LedgerEvent

        acknowledged = {code for code, _number in self.submitted}
        kept = set(Dossier.objects.values_list("code", flat=True))
        counts = {
            "acknowledged": len(self.submitted),
            "distinct codes acknowledged": len(acknowledged),
            "dossiers": len(kept),
            "submission keys": Submission.objects.count(),
            "papers": DossierComponent.objects.count() / len(stage.PAPERS),
            "events of opening": LedgerEvent.objects.filter(kind="dossiers.opened").count(),
        }
        if len(set(counts.values())) != 1 or acknowledged != kept:
            raise Wrong(f"the database does not hold what was acknowledged: {counts}")
        accepted = Dossier.objects.filter(state="accepted").count()
        told = LedgerEvent.objects.filter(kind="dossiers.accepted").count()
        if not accepted == told == self.accepted:
            raise Wrong(f"{self.accepted} acceptances answered, {accepted} rows, {told} events")
        if broken := chain.verify():
            raise Wrong(f"the ledger's chain is broken: {broken}")
        console.print(
            f"Checked: {len(kept)} dossiers acknowledged and kept once each, "
            f"{accepted} acceptances, every chain of the ledger whole."
        )

    def _statements(self) -> dict[str, int]:
        from . import statements

        return statements.counted(self.stage, self.submitted[0][0])

    def _told(
        self, yardsticks: dict[str, dict[str, float]], statements: dict[str, int]
    ) -> dict[str, Any]:
        table = Table(title=f"{self.options.clients} clients, medians of {self.options.repeats}")
        for head in ("operation", "per s", "goal", "floor", "p50", "p95", "p99 ms", "SQL"):
            table.add_column(head, justify="left" if head == "operation" else "right")
        for head in ("CPU web", "db", "client", "pgbench: one statement", "statement by statement"):
            table.add_column(head, justify="right")
        summary = {}
        for operation, (goal, floor) in GOALS.items():
            runs = [f for f in self.figures if f.operation == operation]
            median = {
                name: statistics.median(asdict(run)[name] for run in runs)
                for name in asdict(runs[0])
                if name != "operation"
            }
            against = yardsticks[operation]
            summary[operation] = {
                **median,
                "goal": goal,
                "floor": floor,
                "statements": statements[operation],
                "pgbench": against,
                "ratio": {name: tps / median["per_second"] for name, tps in against.items()},
            }
            table.add_row(
                operation,
                f"{median['per_second']:.0f}",
                f"{goal} {'met' if median['per_second'] >= goal else 'MISSED'}",
                f"{floor} {'met' if median['per_second'] >= floor else 'MISSED'}",
                *(f"{median[f'{p}_ms']:.2f}" for p in ("p50", "p95", "p99")),
                str(statements[operation]),
                *(f"{median[f'{who}_cpu_ms']:.2f}" for who in ("web", "database", "client")),
                *(
                    f"{against[name]:.0f} ({against[name] / median['per_second']:.1f}×)"
                    if name in against
                    else "–"
                    for name in ("one", "each")
                ),
            )
        console.print(table)
        return {"options": vars(self.options), "summary": summary}


def _cpu_seconds(process: psutil.Process) -> float:
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        times = each.cpu_times()
        # What children of PostgreSQL used before they ended is counted with their parent.
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--seconds", type=float, default=8, help="length of each run")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--repeats", type=int, default=3, help="medians are of so many runs")
    parser.add_argument("--json", type=Path, help="where to write the figures as JSON")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-bench-", dir=DISK))
    home.chmod(0o755)
    try:
        told = Bench(options, home).run()
    except Wrong as wrong:
        raise SystemExit(f"bench: {wrong}") from wrong
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if options.json:
        options.json.write_text(json.dumps(told, indent=2, default=str))


if __name__ == "__main__":
    main()
