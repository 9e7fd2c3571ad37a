"""
What the national portal says, as published here, read once per process.

Which records are published is asked again after `FRESH_SECONDS`; those that are known already
are not read again. An authored version in force wins over the record of the same code: who asks
for both looks there first.
"""

import time
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motcua.kernel import text
from motcua.procedures.definitions import Difference, NationalProcedure, Version, differences
from motcua.procedures.models import NationalRecord, NationalState

from .versions import FRESH_SECONDS, UnknownProcedure, published


@dataclass(frozen=True)
class _Catalogue:
    read_at: float  # on the monotonic clock
    rows: dict[tuple[int, datetime], NationalProcedure]  # by row, and when it was read
    by_code: dict[str, NationalProcedure]
    sorted: tuple[NationalProcedure, ...]
    # By version: neither side changes while this catalogue lasts, and comparing papers is dear.
    compared: dict[int, tuple[Difference, ...]] = field(default_factory=dict)

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.read_at < FRESH_SECONDS


_catalogue: _Catalogue | None = None
_is_stale = False


def national_procedure(code: str) -> NationalProcedure:
    """
    Return what the national portal says of the procedure.

    :raises UnknownProcedure: if no record of it is published
    """
    found = _current().by_code.get(code)
    if found is None:
        # Perhaps it was imported a moment ago: only a miss pays for a second look.
        found = _read().by_code.get(code)
    if found is None:
        raise UnknownProcedure(code)
    return found


def national_original(code: str) -> dict[str, Any]:
    """Return the published record as it was crawled: for what could not be read."""
    published_ones = NationalRecord.objects.filter(code=code, state=NationalState.PUBLISHED)
    return published_ones.values_list("original", flat=True).first() or {}


def national_procedures() -> tuple[NationalProcedure, ...]:
    """Return every published record, by name. The same tuple until one of them changes."""
    return _current().sorted


def national_differences(on: date) -> dict[str, tuple[Difference, ...]]:
    """Return where versions in force on that day and the national records differ, by code."""
    known = _current().by_code
    return {
        version.code: differences_of(version) for version in published(on) if version.code in known
    }


def differences_of(version: Version) -> tuple[Difference, ...]:
    """Return where the version and the national record of it differ; nothing if there is none."""
    catalogue = _current()
    national = catalogue.by_code.get(version.code)
    if national is None:
        return ()
    found = catalogue.compared.get(version.id)
    if found is None:
        found = catalogue.compared[version.id] = differences(version, national)
    return found


def forget() -> None:
    """Look again, at the next question, which records are published."""
    global _is_stale
    _is_stale = True


def _current() -> _Catalogue:
    catalogue = _catalogue  # another thread may replace it meanwhile
    if catalogue is None or _is_stale or not catalogue.is_fresh:
        return _read()
    return catalogue


def _read() -> _Catalogue:
    global _catalogue, _is_stale
    read_at = time.monotonic()
    _is_stale = False
    known = _catalogue.rows if _catalogue is not None else {}
    rows = NationalRecord.objects.filter(state=NationalState.PUBLISHED)
    wanted = dict(rows.values_list("id", "read_at"))
    missing = [pk for pk, at in wanted.items() if (pk, at) not in known]
    if _catalogue is not None and not missing and len(wanted) == len(known):
        _catalogue = replace(_catalogue, read_at=read_at)
        return _catalogue
    now_known = {(pk, at): known[pk, at] for pk, at in wanted.items() if (pk, at) in known}
    for pk, at, code, reading in rows.filter(id__in=missing).values_list(
        "id", "read_at", "code", "reading"
    ):
        now_known[pk, at] = NationalProcedure.of(code, reading)
    by_name = sorted(now_known.values(), key=lambda each: (text.fold(each.name), each.code))
    _catalogue = catalogue = _Catalogue(
        read_at, now_known, {each.code: each for each in by_name}, tuple(by_name)
    )
    return catalogue
