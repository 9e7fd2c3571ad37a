"""How many statements reach the database for one request, transaction control included."""

import re
from collections.abc import Callable
from typing import Any

from .stage import Stage, acceptance, reading, submission


def counted(stage: Stage, code: str) -> dict[str, int]:
    """Return the number for each operation, with the memories of the process warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    agency = code.rsplit("-", 2)[0]
    counter = next(c for c in stage.counters if c.agency_code == agency)

    def count(send: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert send().status_code < 300
        return len(queries)

    def send(raw: bytes) -> Any:
        head, _, body = raw.partition(b"\r\n\r\n")
        line, *fields = head.decode().split("\r\n")
        method, path, _version = line.split(" ")
        told = dict(re.split(r": ?", each, maxsplit=1) for each in fields)
        kind = told.pop("Content-Type", "application/json")
        told.pop("Content-Length", None)
        return client.generic(method, path, body, content_type=kind, headers=told)

    first = send(submission(stage, 10**9)).json()["code"]
    owner = next(c for c in stage.counters if c.agency_code == first.rsplit("-", 2)[0])
    send(reading(counter.token, code))
    send(acceptance(owner, first))
    submissions = count(lambda: send(submission(stage, 10**9 + len(stage.counters) * 100)))
    from motcua.dossiers.models import Dossier

    waiting = Dossier.objects.filter(state="submitted", receiving_unit_id=owner.unit_id).last()
    assert waiting is not None
    return {
        "submission": submissions,
        "act": count(lambda: send(acceptance(owner, waiting.code))),
        "read": count(lambda: send(reading(counter.token, code))),
    }
