"""
`python -m bench.recalibration --dossiers 50000`: counting open dossiers anew, with intake going on.

The demonstration city is filled in a PostgreSQL of its own with fsync on, and its open dossiers are
copied, each with its whole chain, until there are so many. Then days are declared off, a second
person approves, and one worker walks; meanwhile the web server, as production runs it, takes in
dossiers at a steady pace. Afterwards every date is computed again from its ledger.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
from rich.console import Console

from motcua.config import embedded

from . import stage
from .serving import DISK, serving

SEED = 6_000  # dossiers of the city whose open ones are copied
GOAL_SECONDS = 60
console = Console(width=110)


class Wrong(Exception):
    """A date or a row is not what it must be; the figures are worth nothing."""


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=50_000)
    parser.add_argument("--per-second", type=float, default=10, help="dossiers taken in meanwhile")
    parser.add_argument("--alone", type=float, default=15, help="seconds of intake before")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="motcua-recalibration-", dir=DISK))
    home.chmod(0o755)  # PostgreSQL may run as somebody else
    try:
        with _filled(home) as database, serving(home) as address:
            _measure(address, database, options)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _filled(home: Path) -> Iterator[psutil.Process]:
    cluster = embedded.throwaway_cluster(home / "postgres")
    cluster.settings.clear()  # which leaves PostgreSQL's own: fsync, synchronous_commit
    with cluster.running() as server:
        os.environ |= {"DATABASE_URL": cluster.url(), "MOTCUA_VAR": str(home / "var")}
        told = os.environ | {"DJANGO_SETTINGS_MODULE": "motcua.config.settings.dev"}
        command = [sys.executable, "-m", "motcua.config.cli", "demo", "--dossiers", str(SEED)]
        subprocess.run(command, env=told, stdout=subprocess.DEVNULL, check=True)
        yield psutil.Process(server.process.pid)


def _measure(address: str, database: psutil.Process, options: argparse.Namespace) -> None:
    import django

    django.setup()
    from motcua.dossiers.models import Recalibration
    from motcua.kernel import clock

    staged = stage.prepare(clock.now())
    copied = _copy_open(options.dossiers)
    intake = Intake(address, staged, pace=1 / options.per_second)
    alone = intake.during(lambda: time.sleep(options.alone))
    _declare_days_off()
    began, cpu, db_cpu = time.perf_counter(), time.process_time(), _cpu_seconds(database)
    beside = intake.during(_walk)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    db_cpu = _cpu_seconds(database) - db_cpu
    walk = Recalibration.objects.get()
    wrong = _differences()
    console.print(
        f"{walk.looked_at:,} open dossiers ({copied:,} copied), {walk.moved:,} dates moved: "
        f"{took:.1f} s, {walk.looked_at / took:,.0f} a second "
        f"(goal {GOAL_SECONDS} s for 50,000: {'met' if took <= GOAL_SECONDS else 'MISSED'})"
    )
    console.print(
        f"CPU: worker {cpu:.1f} s ({1000 * cpu / walk.looked_at:.2f} ms each), database, intake "
        f"and all, {db_cpu:.1f} s"
    )
    for name, seen in (("alone", alone), ("beside", beside)):
        ordered = sorted(seen)
        console.print(
            f"intake {name:<7} {len(seen):>5} taken in   p50 {statistics.median(ordered):6.1f} ms"
            f"   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms   slowest {ordered[-1]:6.1f} ms"
        )
    console.print(f"Computed again from the ledger: {wrong} differences.")
    console.print(f"Load average: {os.getloadavg()[0]:.1f}")
    if wrong:
        raise Wrong(f"{wrong} dates are not what the ledger says")


def _cpu_seconds(process: psutil.Process) -> float:
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            # What children of PostgreSQL used before they ended is counted with their parent.
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _copy_open(wanted: int) -> int:
    """Copy open dossiers with their chains until there are so many; return how many were copied."""
    from django.db import connection, transaction

    from motcua.dossiers.models import Dossier
    from motcua.dossiers.queries import RUNNING_STATES, histories_of, is_linked
    from motcua.kernel.ledger import chain
    from motcua.kernel.ledger.bulk import Chains, Fact, Words

    # A linked dossier is one with its parts, and a copy of one alone would be none.
    originals = [
        dossier
        for dossier in Dossier.objects.filed().filter(state__in=RUNNING_STATES).order_by("pk")
        if not is_linked(dossier)
    ]
    histories = dict((dossier.pk, history) for dossier, history in histories_of(originals))
    columns = [str(field.column) for field in Dossier._meta.concrete_fields]
    kept = [name for name in columns if name not in ("id", "code")]
    count = max(0, wanted - len(originals))
    copies = [
        (uuid4(), f"{dossier.code.rsplit('-', 1)[0]}-9{number:06}", dossier)
        for number, dossier in enumerate(islice(cycle(originals), count))
    ]
    for first in range(0, count, 5_000):
        part = copies[first : first + 5_000]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO dossier (id, code, {", ".join(kept)})
                SELECT told.id, told.code, {", ".join(f"original.{name}" for name in kept)}
                FROM unnest(%s::uuid[], %s::text[], %s::uuid[]) AS told (id, code, of)
                JOIN dossier AS original ON original.id = told.of
                """,  # the columns are the model's
                [
                    [id_ for id_, _code, _original in part],
                    [code for _id, code, _original in part],
                    [original.pk for _id, _code, original in part],
                ],
            )
            chains = Chains()
            for id_, code, original in part:
                chains.begin(
                    original.subject.type,
                    str(id_),
                    [
                        Fact(
                            int(event.occurred_at.timestamp()),
                            Words(
                                event.kind,
                                event.actor,
                                chain.canonical(
                                    event.data | {"code": code}
                                    if "code" in event.data
                                    else event.data
                                ),
                            ),
                        )
                        for event in histories[original.pk]
                    ],
                )
            chains.copy()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossier, ledger_event")
    return count


def _declare_days_off() -> None:
    """Have two working days declared off that most open dossiers' time runs through."""
    from motcua.calendars.definitions import DayLine
    from motcua.calendars.queries import city_calendar
    from motcua.calendars.seeds import DayKind
    from motcua.calendars.services import approve_change, propose_change
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.queries import RUNNING_STATES
    from motcua.dossiers.services import begin_recalibration
    from motcua.kernel import clock

    accepted = Dossier.objects.filter(state__in=RUNNING_STATES).order_by("-accepted_at")
    latest = accepted.values_list("accepted_at", flat=True)[0]
    assert latest is not None
    first = city_calendar().working_day_from(clock.day_of(latest))
    days = [first, city_calendar().next_working_day(first)]
    change = propose_change(
        days=[
            DayLine(day=day, kind=DayKind.HOLIDAY, name="Nghỉ tránh bão", basis="Công điện số 1")
            for day in days
        ],
        basis="Công điện số 1",
        reason="Nghỉ tránh bão.",
        recalculates=True,
        recalculation_reason="Nghỉ tránh bão.",
        actor="officer:1",
        at=clock.now(),
    )
    approved = approve_change(change_id=change.pk, actor="officer:2", at=clock.now())
    assert approved.edition is not None
    begin_recalibration(change_id=change.pk, edition=approved.edition, at=clock.now())


def _walk() -> None:
    from motcua.dossiers.services import recalibrate_some
    from motcua.dossiers.services.recalibrating import SETTLING
    from motcua.kernel import clock

    while (progress := recalibrate_some(at=clock.now() + SETTLING)) is not None:
        if not progress.is_more:
            break


def _differences() -> int:
    """Return how many due dates are other than the ledger and the calendar's editions say."""
    from motcua.calendars import queries as calendars
    from motcua.dossiers import clock
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.queries import (
        RUNNING_STATES,
        clock_events_in,
        due_of_whole,
        histories_of,
        limit_of,
    )
    from motcua.procedures.queries import compiled

    wrong = 0
    found = list(Dossier.objects.filter(state__in=RUNNING_STATES).defer("answers"))
    for first in range(0, len(found), 1_000):
        for dossier, history in histories_of(found[first : first + 1_000]):
            version = compiled(dossier.version_id)
            wrong += dossier.due_at != (
                due_of_whole(dossier, version)
                if version.linked is not None
                else clock.due_at(
                    clock_events_in(history),
                    limit=limit_of(dossier, version),
                    policy=version.pause_policy,
                    calendar=calendars.editions_for(dossier.settling_agency_id),
                )
            )
    return wrong


class Intake:
    """Somebody files a dossier at a steady pace; every answer is checked."""

    def __init__(self, address: str, staged: stage.Stage, *, pace: float) -> None:
        place = urlsplit(address)
        assert place.hostname is not None
        assert place.port is not None
        self._where = (place.hostname, place.port)
        self._stage, self._pace, self._number = staged, pace, 0

    def during(self, work: Callable[[], None]) -> list[float]:
        """Return the milliseconds of every filing while the work was going on."""
        seen: list[float] = []
        over = threading.Event()
        wrong: list[Exception] = []

        def take_in() -> None:
            try:
                with socket.create_connection(self._where) as line:
                    while not over.is_set():
                        began = time.perf_counter()
                        self._file(line)
                        took = time.perf_counter() - began
                        seen.append(1000 * took)
                        over.wait(max(0, self._pace - took))
            except Exception as error:
                wrong.append(error)

        somebody = threading.Thread(target=take_in)
        somebody.start()
        try:
            work()
        finally:
            over.set()
            somebody.join()
        if wrong:
            raise wrong[0]
        return seen

    def _file(self, line: socket.socket) -> None:
        line.sendall(stage.submission(self._stage, self._number))
        self._number += 1
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += line.recv(65_536)
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 201 " not in head.split(b"\r\n", 1)[0]:
            raise Wrong(head.decode(errors="replace"))
        length = next(
            int(each.split(b":")[1])
            for each in head.lower().split(b"\r\n")
            if each.startswith(b"content-length")
        )
        while len(body) < length:
            body += line.recv(65_536)


if __name__ == "__main__":
    main()
