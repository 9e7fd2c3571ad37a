"""Importing the national list: what is new is shown, what is other waits for a review."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events
from motcua.kernel.ledger.models import Subject
from motcua.procedures import queries
from motcua.procedures.definitions import FIELDS, NationalProcedure
from motcua.procedures.definitions.national import (
    BadLine,
    InvalidRecord,
    digest_of,
    read_lines,
    read_national,
)
from motcua.procedures.events import NationalListImported
from motcua.procedures.models import NationalRecord, NationalState

BATCH = 500
BAD_LINES_KEPT = 1_000

Follower = Callable[[int, NationalProcedure | BadLine], None]


@dataclass(kw_only=True)
class ImportedList:
    """What became of a list."""

    new: int = 0
    changed: int = 0  # differences to review that were not there before
    unchanged: int = 0
    withdrawn: int = 0
    reread: int = 0
    broken: int = 0
    repeated: int = 0  # the same record again, word for word
    bad_lines: list[BadLine] = field(default_factory=list)  # the first of them
    marks: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in FIELDS}
    )

    @property
    def records(self) -> int:
        """Return how many records the list holds."""
        return self.new + self.changed + self.unchanged

    @property
    def did_something(self) -> bool:
        """Return whether anything is other than before."""
        return bool(self.new or self.changed or self.withdrawn or self.reread)


@transaction.atomic
def import_national(
    *, file: BinaryIO, at: datetime, actor: str, follower: Follower | None = None
) -> ImportedList:
    """
    Take over a list of the national portal, line by line; lines that are broken are reported.

    A code that is new is published, as information. One that says something else than what is
    published waits for a review. The same list again changes nothing.
    """
    with connection.cursor() as cursor:  # one list after the other; readers are not in the way
        cursor.execute("LOCK TABLE procedure_national_record IN SHARE ROW EXCLUSIVE MODE")
    taking_over = _TakingOver(at)
    done = taking_over.done
    for found in _found(file, done):
        if isinstance(found, BadLine):
            done.broken += 1
            if len(done.bad_lines) < BAD_LINES_KEPT:
                done.bad_lines.append(found)
        else:
            taking_over.take(found)
        if follower is not None:
            follower(found.number, found.read if isinstance(found, _Found) else found)
    taking_over.write()
    if done.did_something:
        told = {name: getattr(done, name) for name in ("new", "changed", "withdrawn", "reread")}
        events.record(
            NationalListImported(**told),
            subject=Subject("national-list", "procedures"),
            actor=actor,
            at=at,
        )
        queries.forget()
        transaction.on_commit(queries.forget)
    return done


class _TakingOver:
    """A list against what is there: one statement to read that, few to write."""

    def __init__(self, at: datetime) -> None:
        self.done = ImportedList()
        self._at = at
        self._published: dict[str, _Known] = {}
        self._pending: dict[str, _Known] = {}
        self._dismissed: set[tuple[str, str]] = set()
        self._to_create: list[NationalRecord] = []
        self._to_reread: list[NationalRecord] = []
        rows = NationalRecord.objects.exclude(state=NationalState.SUPERSEDED).values_list(
            "id", "code", "state", "digest", "reading_digest"
        )
        for pk, code, state, digest, reading_digest in rows.iterator(BATCH):
            if state == NationalState.PUBLISHED:
                self._published[code] = _Known(pk, digest, reading_digest)
            elif state == NationalState.PENDING:
                self._pending[code] = _Known(pk, digest, reading_digest)
            else:
                self._dismissed.add((code, digest))

    def take(self, found: "_Found") -> None:
        """Decide what becomes of one record."""
        record = self._record(found)
        published, pending = self._published.get(record.code), self._pending.get(record.code)
        if published is None:
            self.done.new += 1
            self._create(record, NationalState.PUBLISHED)
        elif published.digest == record.digest:
            self.done.unchanged += 1
            self._reread(published, record)
            if pending is not None:
                self.done.withdrawn += 1
                self._supersede(pending)
        elif pending is not None and pending.digest == record.digest:
            self.done.unchanged += 1
            self._reread(pending, record)
        elif (record.code, record.digest) in self._dismissed:
            self.done.unchanged += 1  # decided already: it does not come up again
        else:
            self.done.changed += 1
            if pending is not None:
                self._supersede(pending)
            self._create(record, NationalState.PENDING)

    def write(self) -> None:
        """Write what has gathered."""
        NationalRecord.objects.bulk_create(self._to_create, batch_size=BATCH)
        NationalRecord.objects.bulk_update(
            self._to_reread, ["name", "reading", "reading_digest", "gaps", "read_at"], BATCH
        )
        self._to_create, self._to_reread = [], []

    def _record(self, found: "_Found") -> NationalRecord:
        reading = found.read.reading()
        return NationalRecord(
            code=found.read.code,
            name=found.read.name,
            original=found.original,
            digest=found.digest,
            reading=reading,
            reading_digest=digest_of(reading),
            gaps=list(found.read.gaps),
            read_at=self._at,
            imported_at=self._at,
            source_line=found.number,
        )

    def _create(self, record: NationalRecord, state: NationalState) -> None:
        record.state = state
        self._to_create.append(record)
        if len(self._to_create) >= BATCH:
            self.write()

    def _reread(self, known: "_Known", record: NationalRecord) -> None:
        if known.reading_digest == record.reading_digest:
            return
        self.done.reread += 1
        record.pk = known.pk
        self._to_reread.append(record)

    def _supersede(self, known: "_Known") -> None:
        NationalRecord.objects.filter(pk=known.pk).update(state=NationalState.SUPERSEDED)


class _Known(NamedTuple):
    pk: int
    digest: str
    reading_digest: str


class _Found(NamedTuple):
    number: int  # of the line
    read: NationalProcedure
    original: dict[str, Any]
    digest: str


def _found(file: BinaryIO, done: ImportedList) -> Iterator[_Found | BadLine]:
    """Read each line; of a code that comes twice, the first is taken."""
    first: dict[str, _Seen] = {}
    for number, original in read_lines(file):
        if isinstance(original, BadLine):
            yield original
            continue
        try:
            read = read_national(original)
        except InvalidRecord as invalid:
            yield BadLine(number=number, reason=str(invalid))
            continue
        digest = digest_of(original)
        seen = first.setdefault(read.code, _Seen(number, digest))
        if seen.number == number:
            for name, mark in read.marks.items():
                done.marks[name][mark] += 1
            yield _Found(number, read, original, digest)
        elif seen.digest == digest:
            done.repeated += 1
        else:
            reason = _("mã %(code)s đã có ở dòng %(line)d với nội dung khác") % {
                "code": read.code,
                "line": seen.number,
            }
            yield BadLine(number=number, reason=reason)


class _Seen(NamedTuple):
    number: int
    digest: str
