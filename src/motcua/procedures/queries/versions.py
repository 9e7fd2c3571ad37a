"""
What is published, from when to when, compiled once per process.

Versions never change, so a compiled one is kept for good. Which version is in force can change:
that table is read again when it is older than `FRESH_SECONDS`, so a version published by another
process is seen within five seconds, and between two readings a look-up costs no SQL at all.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from motcua.kernel import text
from motcua.procedures.definitions import Version, compile_definition
from motcua.procedures.models import ProcedureVersion

FRESH_SECONDS = 5.0


class UnknownProcedure(Exception):
    """No such procedure is in force on that day."""


class _Validity(NamedTuple):
    version_id: int
    code: str
    valid_from: date
    valid_to: date | None

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class _Timetable:
    read_at: float  # on the monotonic clock
    by_code: dict[str, tuple[_Validity, ...]]
    by_day: dict[date, tuple[Version, ...]] = field(default_factory=dict)  # as they are asked for

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.read_at < FRESH_SECONDS


_compiled: dict[int, Version] = {}
_ids: dict[tuple[str, int], int] = {}
_timetable: _Timetable | None = None


def compiled(version_id: int) -> Version:
    """
    Return the version, compiled once per process. Published versions never change.

    :raises UnknownProcedure: if there is no such version
    """
    version = _compiled.get(version_id)
    if version is None:
        (version,) = _compile_missing([version_id])
    return version


def version_in_force(code: str, on: date) -> Version:
    """
    Return the version of the procedure that is in force on that day.

    :raises UnknownProcedure: if there is none
    """
    version_id = _id_in_force(_current_timetable(), code, on)
    if version_id is None:
        # Perhaps it was published a moment ago: only a miss pays for a second look.
        version_id = _id_in_force(_read_timetable(), code, on)
    if version_id is None:
        raise UnknownProcedure(code)
    return compiled(version_id)


def gives_document(code: str, number: int) -> bool:
    """
    Return whether that version of the procedure ends in a document for the applicant.

    :raises UnknownProcedure: if there is no such version
    """
    version_id = _ids.get((code, number))
    if version_id is None:
        rows = ProcedureVersion.objects.filter(procedure__code=code)
        _ids.update({(code, row.number): row.id for row in rows.only("id", "number")})
        version_id = _ids.get((code, number))
        if version_id is None:
            raise UnknownProcedure(f"{code}/{number}")
    version = compiled(version_id)
    return bool(version.result_code or version.result_name)


def published(on: date) -> Sequence[Version]:
    """Return every version in force on that day, by name."""
    timetable = _current_timetable()
    versions = timetable.by_day.get(on)
    if versions is None:
        versions = timetable.by_day[on] = _published(timetable, on)
    return versions


def forget() -> None:
    """Read anew, at the next question, which versions are in force."""
    global _timetable
    _timetable = None
    _ids.clear()


def _current_timetable() -> _Timetable:
    timetable = _timetable  # another thread may replace it meanwhile
    return timetable if timetable is not None and timetable.is_fresh else _read_timetable()


def _read_timetable() -> _Timetable:
    global _timetable
    read_at = time.monotonic()
    by_code: dict[str, tuple[_Validity, ...]] = {}
    rows = ProcedureVersion.objects.order_by("procedure__code", "number").values_list(
        "id", "procedure__code", "valid_from", "valid_to"
    )
    for row in rows:
        validity = _Validity(*row)
        by_code[validity.code] = (*by_code.get(validity.code, ()), validity)
    _timetable = timetable = _Timetable(read_at, by_code)
    return timetable


def _published(timetable: _Timetable, on: date) -> tuple[Version, ...]:
    ids = [
        validity.version_id
        for validities in timetable.by_code.values()
        for validity in validities
        if validity.covers(on)
    ]
    missing = [version_id for version_id in ids if version_id not in _compiled]
    if missing:
        _compile_missing(missing)
    by_name = sorted((_compiled[each] for each in ids), key=lambda v: (text.fold(v.name), v.code))
    return tuple(by_name)


def _id_in_force(timetable: _Timetable, code: str, on: date) -> int | None:
    validities = timetable.by_code.get(code, ())
    return next((v.version_id for v in validities if v.covers(on)), None)


def _compile_missing(version_ids: Iterable[int]) -> list[Version]:
    rows = list(ProcedureVersion.objects.filter(id__in=version_ids))
    if not rows:
        raise UnknownProcedure(", ".join(map(str, version_ids)))
    for row in rows:
        _compiled[row.id] = compile_definition(
            row.definition,
            source=str(row),
            version_id=row.id,
            procedure_id=row.procedure_id,
            number=row.number,
        )
    return [_compiled[row.id] for row in rows]
