"""The web process dies again and again during submissions; what was acknowledged is there."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier, DossierComponent
from motcua.filings.models import Submission
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import a_citizen, the_catalogue

from .client import a_filing, a_token

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KILLS = 5
CLIENTS = 4


class TheWebProcess:
    """Granian as it is, killed and started again by its own hand only."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        host = connection.settings_dict["OPTIONS"].get("host", "")
        user = connection.settings_dict["OPTIONS"].get("user", "")
        name = connection.settings_dict["NAME"]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("--port", str(self.port), "--blocking-threads", "4"),
                *("--log-level", "critical", "motcua.config.wsgi:application"),
            ],
            env=os.environ
            | {
                "DATABASE_URL": f"postgresql://{user}@/{name}?host={host}",
                "DJANGO_SETTINGS_MODULE": "motcua.config.settings.test",
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
            start_new_session=True,
        )

    def kill(self) -> None:
        if self.process is not None:
            # The whole session: granian's worker must die with it, as when power fails.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            http = HTTPConnection("127.0.0.1", self.port, timeout=5)
            with contextlib.suppress(OSError, HTTPException), contextlib.closing(http):
                http.request("GET", "/healthz")
                http.getresponse().read()
                return
            time.sleep(0.02)
        raise AssertionError("the web process does not come back")


class TheOutsideClient(threading.Thread):
    """Sends each filing until it is acknowledged, and writes that down before the next one."""

    def __init__(self, number: int, port: int, token: str, filing: dict, notes) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.token, self.filing = number, port, token, filing
        self.notes = notes
        self.over = threading.Event()
        self.retries = 0
        self.acknowledged = 0

    def run(self) -> None:
        with self.notes.open("a") as notes:
            for serial in range(100_000):
                if self.over.is_set():
                    return
                key = f"crash-{self.number}-{serial}"
                code = self._send_until_acknowledged(key)
                if code is None:
                    return
                notes.write(json.dumps([key, code]) + "\n")
                notes.flush()
                os.fsync(notes.fileno())
                self.acknowledged += 1

    def _send_until_acknowledged(self, key: str) -> str | None:
        while True:
            try:
                return send(self.port, self.token, key, self.filing)
            except (OSError, HTTPException):
                if self.over.is_set():
                    return None
                self.retries += 1
                time.sleep(0.02)


def send(port: int, token: str, key: str, filing: dict) -> str:
    http = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        http.request(
            "POST",
            "/api/v1/dossiers",
            json.dumps(filing),
            {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        response = http.getresponse()
        body = response.read()
        if response.status in {500, 503}:  # dying; the same key may be sent again
            raise HTTPException(str(body))
        assert response.status == 201, body
        return json.loads(body)["code"]
    finally:
        http.close()


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path):
    the_catalogue()
    people = [a_citizen() for _ in range(CLIENTS)]
    web = TheWebProcess(_free_port())
    clients = [
        TheOutsideClient(
            number, web.port, a_token(person), a_filing(person), tmp_path / f"notes-{number}"
        )
        for number, person in enumerate(people)
    ]
    web.start()
    try:
        web.wait_until_it_answers()
        for client in clients:
            client.start()
        for _ in range(KILLS):
            _wait_for_more(clients)
            web.kill()
            web.start()
            web.wait_until_it_answers()
        _wait_for_more(clients)
        for client in clients:
            client.over.set()
        for client in clients:
            client.join(15)
            assert not client.is_alive()
        noted = [
            json.loads(line) for client in clients for line in client.notes.read_text().splitlines()
        ]
        # A client that lost its notes sends what it sent before.
        for key, code in noted[:: max(1, len(noted) // 100)]:
            client = clients[int(key.split("-")[1])]
            assert send(web.port, client.token, key, client.filing) == code
    finally:
        web.kill()

    assert len(noted) > KILLS, "hardly anything was submitted between the kills"
    assert sum(client.retries for client in clients) > 0, "no kill was felt"
    codes = Counter(code for _key, code in noted)
    assert max(codes.values()) == 1
    kept = {s.key: s.dossier.code for s in Submission.objects.select_related("dossier")}
    assert dict(noted).items() <= kept.items()
    # At most one filing a client was under way at each kill without being noted.
    dossiers = set(Dossier.objects.values_list("pk", flat=True))
    assert len(dossiers) == len(kept)
    assert set(DossierComponent.objects.values_list("dossier_id", flat=True)) == dossiers
    opened = LedgerEvent.objects.filter(kind="dossiers.opened").values_list("subject_id", flat=True)
    assert sorted(opened) == sorted(map(str, dossiers))
    assert chain.verify() is None


def _wait_for_more(clients: list[TheOutsideClient]) -> None:
    # The first submission of a process reads the catalogue; the kill is to fall among many.
    already = sum(client.acknowledged for client in clients)
    deadline = time.monotonic() + 60
    while sum(client.acknowledged for client in clients) < already + 2 * CLIENTS:
        assert time.monotonic() < deadline, "nothing is acknowledged any more"
        time.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
