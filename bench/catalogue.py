"""
`python -m bench.catalogue --import FILE.jsonl`: a national list into an empty database, and again.

The list is not part of the repository, so `make bench` cannot do it alone. The PostgreSQL is one
of its own on disk with fsync on, as there.
"""

import argparse
import json
import os
import secrets
import shutil
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

from motcua.config import embedded

DISK = "/var/tmp"  # on a disk: /tmp may be memory
GOAL_SECONDS = 20


def main() -> int:
    """Import the list twice, print what it took, and fail above the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--import", dest="path", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-bench-", dir=DISK))
    home.chmod(0o755)
    try:
        cluster = embedded.throwaway_cluster(home / "postgres")
        cluster.settings.clear()  # which leaves PostgreSQL's own: fsync, synchronous_commit
        with cluster.running():
            figures = _measure(options.path, cluster.url(role="postgres"), home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 0 if figures["first_seconds"] <= GOAL_SECONDS else 1


def _measure(path: Path, url: str, home: Path) -> dict[str, Any]:
    os.environ |= {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings.prod",
        "MOTCUA_SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "MOTCUA_VAR": str(home / "var"),
        "MOTCUA_LOG_LEVEL": "WARNING",
    }
    import django

    django.setup()
    from django.core.management import call_command

    from motcua.procedures import queries

    call_command("migrate", verbosity=0)
    first_seconds, first = _import(path)
    again_seconds, again = _import(path)
    begun = time.perf_counter()
    known = len(queries.national_procedures())
    load_seconds = time.perf_counter() - begun
    tracemalloc.start()
    _import(path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {
        "records": first.records,
        "broken": first.broken,
        "first_seconds": round(first_seconds, 2),
        "again_seconds": round(again_seconds, 2),
        "again_changed": again.new + again.changed + again.reread,
        "load_seconds": round(load_seconds, 2),  # all of them, into a process that knows none
        "loaded": known,
        "python_memory_mb": round(most / 1024**2, 1),
    }


def _import(path: Path) -> tuple[float, Any]:
    from motcua.kernel import clock
    from motcua.procedures import services

    begun = time.perf_counter()
    with path.open("rb") as file:
        done = services.import_national(file=file, at=clock.now(), actor=services.PUBLISHER)
    return time.perf_counter() - begun, done


if __name__ == "__main__":
    sys.exit(main())
