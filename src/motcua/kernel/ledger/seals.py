"""Seals: digests over all chains, kept outside the database, so that a cut-off tail shows."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from . import chain
from .models import Subject

# The last event of every chain, as it was when `position` was the highest drawn. In byte order,
# which unlike a locale's is the same on every machine.
_TIPS = """
    SELECT DISTINCT ON (subject_type COLLATE "C", subject_id COLLATE "C")
           subject_type, subject_id, subject_seq, hash
    FROM ledger_event WHERE position <= %s
    ORDER BY subject_type COLLATE "C", subject_id COLLATE "C", subject_seq DESC
"""


class TooBusyToSeal(Exception):
    """A transaction has been open for so long that nobody knows what it will still record."""


class BrokenSeal(Exception):
    """The ledger is not, or no longer, what was sealed."""


@dataclass(frozen=True, kw_only=True)
class Tip:
    """The last event of one chain."""

    subject: Subject
    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Seal:
    """One line of the file: what all chains amounted to at a position."""

    sealed_at: str
    position: int
    chains: int
    digest: str
    previous: str  # SHA-256 of the line before, so that the file is a chain too

    def line(self) -> str:
        return chain.canonical(vars(self))


def tips(*, up_to: int) -> Iterator[Tip]:
    """Yield the last event of every chain among the events up to this position."""
    # A server-side cursor, because there is a chain for every dossier there ever was.
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_TIPS, [up_to])
        for type_, id_, seq, hash_ in cursor:
            yield Tip(subject=Subject(type_, id_), seq=seq, hash=hash_)


def seal(path: Path, *, at: datetime, patience_seconds: float = 10) -> Seal:
    """
    Append a seal over all that is recorded to the file. Keep copies of it in other hands.

    :raises TooBusyToSeal: if older transactions did not end in time
    """
    position = _settled_position(patience_seconds)
    lines = _lines(path)
    chains, digest = _digest(position)
    made = Seal(
        sealed_at=at.isoformat(),
        position=position,
        chains=chains,
        digest=digest,
        previous=_sha256(lines[-1]) if lines else "",
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(made.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return made


def verify_seals(path: Path) -> Seal:
    """
    Check the file's own chain, and its last seal against the ledger. Return that seal.

    Together with `chain.verify` this covers everything up to the seal's position: every earlier
    event is under one of the hashes that it sealed.

    :raises BrokenSeal: if there is no seal, one was changed or removed, or the ledger differs
    """
    previous = ""
    last: Seal | None = None
    for number, line in enumerate(_lines(path), start=1):
        last = _parse(line, number)
        if last.previous != previous:
            raise BrokenSeal(f"seal {number} does not continue the one before it")
        previous = _sha256(line)
    if last is None:
        raise BrokenSeal("there is no seal")
    chains, digest = _digest(last.position)
    if digest != last.digest:
        raise BrokenSeal(
            f"{last.chains} chains were sealed on {last.sealed_at}; the {chains} of today differ"
        )
    return last


def _settled_position(patience_seconds: float) -> int:
    # A position is drawn by a transaction that has its xid already. So once all that had one when
    # we looked have ended, nothing can appear at or below the highest position we saw.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
            ["ledger_event", "position"],
        )
        position = cursor.fetchone()[0] or 0
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        [horizon] = cursor.fetchone()
        deadline = time.monotonic() + patience_seconds
        while True:
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::text::xid8", [horizon]
            )
            if cursor.fetchone()[0]:
                return int(position)
            if time.monotonic() > deadline:
                raise TooBusyToSeal(f"a transaction is open for over {patience_seconds} seconds")
            time.sleep(0.02)


def _digest(position: int) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    for tip in tips(up_to=position):
        count += 1
        digest.update(f"{tip.subject}\n{tip.seq}\n{tip.hash}\n".encode())
    return count, digest.hexdigest()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _parse(line: str, number: int) -> Seal:
    try:
        told: dict[str, Any] = json.loads(line)
        return Seal(**told)
    except (ValueError, TypeError) as error:
        raise BrokenSeal(f"line {number} is not a seal") from error


def _sha256(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
