"""
New chains in great number, by COPY: the events that ledger_append() would have written.

For subjects that no event was ever about. Their chains begin here, so there is no last event to
find and no writer to wait for; the unique constraint refuses a chain that was begun already. What
followers go by is kept: the writing transaction's own xid, positions drawn in the order of each
chain, and the call after the commit.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import NamedTuple

from django.db import connection

from .chain import moment_text
from .events import announce

_COPY = """
    COPY ledger_event (
        xid, subject_type, subject_id, subject_seq, kind,
        occurred_at, recorded_at, actor, data, prev_hash, hash
    ) FROM STDIN
"""
_DAY = 86_400


class Fact(NamedTuple):
    """One event of a chain: what an `Event` and `record` say, ready to be written."""

    kind: str
    at: int  # whole seconds since 1970
    actor: str
    data: str  # canonical JSON, as chain.canonical() writes it


class Chains:
    """
    The chains of one transaction. Give it the facts, subject by subject, then `copy` once.

    :raises RuntimeError: if no transaction is open
    """

    def __init__(self) -> None:
        announce()
        with connection.cursor() as cursor:
            # The database's clock, as for every event; one moment for all that COPY brings.
            cursor.execute("SELECT pg_current_xact_id()::text, clock_timestamp()")
            self._xid, recorded_at = cursor.fetchone()
        assert isinstance(recorded_at, datetime)
        self._recorded_at = moment_text(recorded_at)
        self._lines: list[str] = []

    def begin(self, subject_type: str, subject_id: str, facts: Iterable[Fact]) -> None:
        """Add a subject's first events, in order. They are hashed as chain.hash_of() does it."""
        about = encode_basestring(f"{subject_type}:{subject_id}")
        before = f"{self._xid}\t{subject_type}\t{subject_id}\t"
        recorded_at = self._recorded_at
        lines = self._lines
        previous = ""
        for seq, (kind, at, actor, data) in enumerate(facts, start=1):
            day, second = divmod(at, _DAY)
            occurred_at = f"{_day(day)}T{_clock(second)}.000000+00:00"
            hashed = sha256(
                f'{previous}{{"actor":{encode_basestring(actor)},"data":{data},'
                f'"kind":"{kind}","occurred_at":"{occurred_at}",'
                f'"recorded_at":"{recorded_at}","seq":{seq},"subject":{about}}}'.encode()
            ).hexdigest()
            if "\\" in data:
                data = data.replace("\\", "\\\\")
            lines.append(
                f"{before}{seq}\t{kind}\t{occurred_at}\t{recorded_at}\t{actor}\t{data}\t"
                f"{previous}\t{hashed}\n"
            )
            previous = hashed

    def copy(self) -> int:
        """Write everything that was begun, and return how many events that is."""
        copy_lines(_COPY, self._lines)
        count = len(self._lines)
        self._lines = []
        return count


def copy_lines(statement: str, lines: Sequence[str]) -> None:
    r"""Send lines of COPY's text format: tabs between values, \N for none, escaped already."""
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(statement) as copy,
    ):
        copy.write("".join(lines).encode())


def iso(at: int) -> str:
    """Return a moment in whole seconds as `datetime.isoformat()` writes it in UTC."""
    day, second = divmod(at, _DAY)
    return f"{_day(day)}T{_clock(second)}+00:00"


@cache
def _day(number: int) -> str:
    return datetime.fromtimestamp(number * _DAY, UTC).date().isoformat()


@cache
def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
