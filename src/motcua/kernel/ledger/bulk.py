"""
New chains in great number, by COPY: the events that ledger_append() would have written.

For subjects that no event was ever about. Their chains begin here, so there is no last event to
find and no writer to wait for; the unique constraint refuses a chain that was begun already. What
followers go by is kept: the writing transaction's own xid, positions drawn in the order of each
chain, and the call after the commit.
"""

from binascii import hexlify
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

import msgspec
from django.db import connection

from motcua.kernel import copying

from .chain import moment_text
from .events import announce

_COLUMNS = (
    "xid", "subject_type", "subject_id", "subject_seq", "kind", "actor", "data", "occurred_at",
    "recorded_at", "prev_hash", "hash",
)  # fmt: skip
_DAY = 86_400
_FIRST = copying.word("")  # nothing comes before the first event
_HASH = (64).to_bytes(4, "big")  # how long a hash is
_OFTEN = 50_000  # words that a process remembers: a kilobyte each


class Words:
    """What an event says, without when and of whom: written out once for all that say the same."""

    __slots__ = ("_told", "actor", "data", "fields", "hashed", "kind")

    def __init__(self, kind: str, actor: str, data: str) -> None:
        """Write it out. `data` is canonical JSON, as chain.canonical() writes it."""
        self.kind, self.actor = kind, actor
        self.data = data.encode()
        kind_hashed, kind_field = _kind(kind)
        actor_hashed, actor_field = _actor(actor)
        # In step with chain.hash_of(); and the three columns of the table, one after the other.
        self.hashed = b"".join((actor_hashed, self.data, kind_hashed))
        self.fields = b"".join((kind_field, actor_field, copying.json(self.data)))
        self._told: Any = None

    @property
    def told(self) -> Any:
        """Return the data as followers know it."""
        if self._told is None:
            self._told = msgspec.json.decode(self.data)
        return self._told


# For what is said again and again.
often_said = lru_cache(maxsize=_OFTEN)(Words)

# One event of a chain: when it happened, in whole seconds since 1970, and what it says.
Fact = tuple[int, Words]


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
            xid, recorded_at = cursor.fetchone()
        assert isinstance(recorded_at, datetime)
        self.xid = int(xid)
        self._begun: list[tuple[str, str, Sequence[Fact]]] = []
        self._recorded = f'","recorded_at":"{moment_text(recorded_at)}","seq":'
        self._recorded_field = copying.moment(recorded_at)
        self._places: list[tuple[bytes, bytes]] = []
        self._rows: list[bytes] = []

    def begin(self, subject_type: str, subject_id: str, facts: Sequence[Fact]) -> None:
        """Add a subject's first events, in order. They are hashed as chain.hash_of() does it."""
        self._begun.append((subject_type, subject_id, facts))
        head = b"".join((
            copying.row(len(_COLUMNS)), copying.bigint(self.xid), copying.word(subject_type),
            copying.word(subject_id),
        ))  # fmt: skip
        about = f',"subject":{encode_basestring(f"{subject_type}:{subject_id}")}}}'.encode()
        recorded_field, rows = self._recorded_field, self._rows
        previous, previous_field = b"", _FIRST
        for (at, words), (said, seq_field) in zip(facts, self._places_of(facts), strict=False):
            day, second = divmod(at, _DAY)
            told = previous, words.hashed, _day(day)[1], _clock(second)[1], said, about
            previous = hexlify(sha256(b"".join(told)).digest())
            hash_field = _HASH + previous
            row = (
                head, seq_field, words.fields, copying.second(at), recorded_field, previous_field,
                hash_field,
            )  # fmt: skip
            rows.append(b"".join(row))
            previous_field = hash_field

    def told(self, kinds: Collection[str]) -> dict[str, list[tuple[str, datetime, Any]]]:
        """Return of each subject what followers of these kinds are told, in order."""
        return {
            subject_id: told
            for _type, subject_id, facts in self._begun
            if (
                told := [
                    (words.kind, datetime.fromtimestamp(at, UTC), words.told)
                    for at, words in facts
                    if words.kind in kinds
                ]
            )
        }

    def copy(self) -> int:
        """Write everything that was begun, and return how many events that is."""
        copying.copy_rows("ledger_event", _COLUMNS, self._rows)
        return len(self._rows)

    def _places_of(self, facts: Sequence[Fact]) -> list[tuple[bytes, bytes]]:
        """Return how the events of a chain are numbered: in what is hashed, and in a row."""
        places = self._places
        for number in range(len(places) + 1, len(facts) + 1):
            places.append((f"{self._recorded}{number}".encode(), copying.integer(number)))
        return places


def iso(at: int) -> str:
    """Return a moment in whole seconds as `datetime.isoformat()` writes it in UTC."""
    day, second = divmod(at, _DAY)
    return f"{_day(day)[0]}{_clock(second)[0]}+00:00"


# What Words write around the data: how it is hashed, and the field of the row.
@cache
def _kind(kind: str) -> tuple[bytes, bytes]:
    return f',"kind":"{kind}","occurred_at":"'.encode(), copying.word(kind)


@lru_cache(maxsize=_OFTEN)
def _actor(actor: str) -> tuple[bytes, bytes]:
    return f'{{"actor":{encode_basestring(actor)},"data":'.encode(), copying.word(actor)


# A moment's two halves as they are read, and as they are hashed.
@cache
def _day(number: int) -> tuple[str, bytes]:
    on = datetime.fromtimestamp(number * _DAY, UTC).date()
    return f"{on}T", f"{on}T".encode()


@cache
def _clock(second: int) -> tuple[str, bytes]:
    text = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return text, f"{text}.000000+00:00".encode()
