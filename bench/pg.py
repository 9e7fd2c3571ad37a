"""The yardstick: pgbench writing and reading the same rows, with no Python in between."""

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from motcua.config.embedded import DATABASE, Cluster, binaries

from .stage import ANSWERS, Stage

SCRIPTS = Path(__file__).parent
# operation → (script, what it is called in the figures)
YARDSTICKS = {
    "submission": {"one": "submit_cte.sql", "each": "submit_multi.sql"},
    "act": {"one": "move.sql", "each": "move_multi.sql"},
    "read": {"one": "read.sql"},
}
TPS = re.compile(r"tps = ([0-9.]+)")


@dataclass(kw_only=True)
class Pgbench:
    """Runs scripts with as many clients as the load generator has."""

    cluster: Cluster
    clients: int
    variables: dict[str, int] = field(default_factory=dict)

    def measure(self, stage: Stage, *, seconds: float) -> dict[str, dict[str, float]]:
        """Return transactions per second of every script, by operation."""
        self._set_the_stage(stage)
        return {
            operation: {
                name: self._tps(SCRIPTS / script, seconds) for name, script in scripts.items()
            }
            for operation, scripts in YARDSTICKS.items()
        }

    def _set_the_stage(self, stage: Stage) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                """
                CREATE TABLE bench_citizen (
                    n serial, account_id bigint, person_id uuid, files uuid[]
                );
                CREATE TABLE bench_unit (n serial, unit_id bigint, agency_id bigint, code text);
                CREATE TABLE bench_dossier (n serial PRIMARY KEY, id uuid, code text);
                CREATE TABLE bench_answers (answers jsonb);
                """
            )
            cursor.executemany(
                "INSERT INTO bench_citizen (account_id, person_id, files)"
                " VALUES (%s, %s, %s::uuid[])",
                [(c.account_id, c.person_id, c.files) for c in stage.citizens],
            )
            cursor.executemany(
                "INSERT INTO bench_unit (unit_id, agency_id, code) VALUES (%s, %s, %s)",
                [(c.unit_id, c.agency_id, c.agency_code) for c in stage.counters],
            )
            cursor.execute(
                "INSERT INTO bench_answers VALUES (%s::jsonb)",
                [json.dumps({**ANSWERS, "settling_commune": stage.counters[0].commune})],
            )
            cursor.execute(
                "INSERT INTO bench_dossier (id, code) SELECT id, code FROM dossier ORDER BY code"
            )
            cursor.execute("ALTER TABLE bench_citizen ADD PRIMARY KEY (n)")
            cursor.execute("ALTER TABLE bench_unit ADD PRIMARY KEY (n)")
            cursor.execute("SELECT count(*) FROM bench_dossier")
            (dossiers,) = cursor.fetchone()
            cursor.execute("SELECT min(id) FROM procedure_version")
            (version,) = cursor.fetchone()
        self.variables = {
            "citizens": len(stage.citizens),
            "units": len(stage.counters),
            "dossiers": dossiers,
            "version": version,
        }

    def _tps(self, script: Path, seconds: float) -> float:
        bin_folder = binaries.runnable_by(self.cluster.owner)
        command = [str(bin_folder / "pgbench"), "-n", "-M", "prepared", "-j", "2"]
        command += ["-c", str(self.clients), "-T", str(max(1, round(seconds)))]
        for name, value in self.variables.items():
            command += ["-D", f"{name}={value}"]
        command += ["-f", str(script), "-h", str(self.cluster.sockets), "-U", "postgres", DATABASE]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = TPS.search(done.stdout)
        if found is None:
            raise RuntimeError(f"pgbench {script.name}: {done.stdout}{done.stderr}")
        return float(found.group(1))
