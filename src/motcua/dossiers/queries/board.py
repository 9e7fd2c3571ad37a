"""Lateness as leaders see it: what is late or near, whose doing, and what waits for others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from motcua.dossiers.definitions import NOT_THE_OFFICERS
from motcua.dossiers.lifecycle import CLOCK_PAUSED_IN
from motcua.kernel.clock import midnight
from motcua.kernel.months import month_after

from .lists import NEAR_DUE


class LateStand(StrEnum):
    """How a dossier stands to its due moment."""

    NEAR = "near"
    LATE = "late"
    FINISHED = "finished"  # late, within the month that was asked for


class By(StrEnum):
    """What lateness is looked at by."""

    UNIT = "unit"
    OFFICER = "officer"
    STEP = "step"
    CAUSE = "cause"


class Tally(NamedTuple):
    """So many dossiers that have all of this in common."""

    stand: str
    agency_id: int
    unit_id: int | None
    officer_id: int | None  # None: nobody's, or not an officer's doing
    version_id: int
    step_key: str | None
    cause: str | None
    dossiers: int

    def key(self, by: By) -> str:
        """Return under what it is counted, as an address writes it; empty for what is not known."""
        found: dict[By, Any] = {
            By.UNIT: self.unit_id,
            By.OFFICER: self.officer_id,
            By.STEP: self.step_key and f"{self.version_id}:{self.step_key}",
            By.CAUSE: self.cause,
        }
        return "" if found[by] is None else str(found[by])


@dataclass(frozen=True, kw_only=True)
class Pause:
    """How many stand still in one state: time that nobody in the office is blamed for."""

    state: str
    count: int
    late_before: int  # that were late when the pause began


class PausedDossier(NamedTuple):
    """One dossier whose clock stands still."""

    id: UUID
    code: str
    agency_id: int
    unit_id: int | None
    version_id: int
    waits_for: str | None
    paused_at: datetime
    due_at: datetime | None

    @property
    def was_late(self) -> bool:
        """Whether it was late already when the clock was stopped."""
        return self.due_at is not None and self.paused_at > self.due_at


class Behind(NamedTuple):
    """One dossier behind a number."""

    id: UUID
    code: str
    stand: str
    agency_id: int
    unit_id: int | None
    officer_id: int | None
    version_id: int
    step_key: str | None
    cause: str | None
    due_at: datetime
    completed_at: datetime | None
    promised_at: datetime | None


# Of what is late counts where it stood when it became so: whoever got it afterwards is not to
# blame. What was not witnessed counts where it stands; if it is done, nobody knows any more.
# A cause that lies elsewhere takes the officer's name off. A linked dossier is late by its parts:
# where nobody spoke of the whole, the cause is that of the part that ended last.
_ROWS = """
    WITH found AS (
        SELECT d.*, CASE WHEN d.due_at < %(at)s THEN 'late' ELSE 'near' END AS stand
        FROM dossier AS d
        WHERE d.settling_agency_id = ANY(%(agencies)s) AND d.completed_at IS NULL
            AND d.paused_at IS NULL AND d.due_at IS NOT NULL AND d.due_at < %(near)s
        UNION ALL
        SELECT d.*, 'finished'
        FROM dossier AS d
        WHERE d.settling_agency_id = ANY(%(agencies)s) AND d.completed_at > d.due_at
            AND d.completed_at >= %(first)s AND d.completed_at < %(last)s
    ),
    late AS (
        SELECT f.id, f.code, f.stand, f.settling_agency_id AS agency_id,
            CASE WHEN f.stand <> 'near' AND w.id IS NOT NULL THEN w.unit_id
                 WHEN f.stand <> 'finished' THEN f.step_unit_id END AS unit_id,
            CASE WHEN c.cause = ANY(%(elsewhere)s) THEN NULL
                 WHEN f.stand <> 'near' AND w.id IS NOT NULL THEN w.holder_id
                 WHEN f.stand <> 'finished' THEN f.holder_id END AS officer_id,
            f.version_id,
            CASE WHEN f.stand <> 'near' AND w.id IS NOT NULL THEN w.step_key
                 WHEN f.stand <> 'finished' THEN f.step_key END AS step_key,
            c.cause, f.due_at, f.completed_at, f.promised_at
        FROM found AS f
        LEFT JOIN dossier_delay AS w ON w.dossier_id = f.id AND w.due_at = f.due_at
        LEFT JOIN LATERAL (
            SELECT said.cause
            FROM dossier_delay_cause AS said JOIN dossier AS of ON of.id = said.dossier_id
            WHERE (of.id = f.id OR of.parent_id = f.id) AND said.superseded_at IS NULL
            ORDER BY of.id = f.id DESC, coalesce(of.completed_at, 'infinity') DESC LIMIT 1
        ) AS c ON TRUE
    )
"""
_TALLIES = f"""
    {_ROWS}
    SELECT stand, agency_id, unit_id, officer_id, version_id, step_key, cause, count(*)
    FROM late GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608 - words of ours
_KEYS = {
    By.UNIT: "coalesce(unit_id::text, '')",
    By.OFFICER: "coalesce(officer_id::text, '')",
    By.STEP: "coalesce(version_id || ':' || step_key, '')",
    By.CAUSE: "coalesce(cause, '')",
}
_PAUSES = """
    SELECT state, count(*), count(*) FILTER (WHERE paused_at > due_at)
    FROM dossier
    WHERE settling_agency_id = ANY(%s) AND state = ANY(%s) AND completed_at IS NULL
    GROUP BY state ORDER BY state
"""

_PAUSED = """
    SELECT id, code, settling_agency_id, step_unit_id, version_id, waits_for, paused_at, due_at,
        count(*) OVER ()
    FROM dossier
    WHERE settling_agency_id = ANY(%s) AND state = %s AND completed_at IS NULL
        AND (%s OR paused_at > due_at)
    ORDER BY paused_at, code LIMIT %s OFFSET %s
"""


def late_tallies(agency_ids: Sequence[int], *, month: date, at: datetime) -> list[Tally]:
    """Return how many are near, late, and were finished late in the month, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, _asked(agency_ids, month, at))
        return [Tally._make(row) for row in cursor.fetchall()]


def behind(
    agency_ids: Sequence[int],
    *,
    by: By,
    keys: Iterable[str] | None,
    stand: LateStand,
    month: date,
    at: datetime,
    start: int = 0,
    stop: int = 50,
) -> tuple[int, list[Behind]]:
    """Return how many dossiers are behind a number, and some of them, the longest late first."""
    asked = _asked(agency_ids, month, at)
    asked |= {"stand": stand.value, "keys": list(keys or ()), "start": start, "stop": stop - start}
    narrowed = f"AND {_KEYS[by]} = ANY(%(keys)s)" if keys is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{_ROWS}
            SELECT id, code, stand, agency_id, unit_id, officer_id, version_id, step_key, cause,
                   due_at, completed_at, promised_at, count(*) OVER ()
            FROM late WHERE stand = %(stand)s {narrowed}
            ORDER BY due_at, code LIMIT %(stop)s OFFSET %(start)s
            """,  # noqa: S608 - words of ours
            asked,
        )
        rows = cursor.fetchall()
    return (rows[0][-1] if rows else 0), [Behind._make(row[:-1]) for row in rows]


def pauses(agency_ids: Sequence[int]) -> list[Pause]:
    """Return how many stand still, by why, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PAUSES, [list(agency_ids), sorted(CLOCK_PAUSED_IN)])
        return [
            Pause(state=state, count=count, late_before=late)
            for state, count, late in cursor.fetchall()
        ]


def paused_dossiers(
    agency_ids: Sequence[int],
    *,
    state: str,
    only_late: bool = False,
    start: int = 0,
    stop: int = 50,
) -> tuple[int, list[PausedDossier]]:
    """Return how many stand still in a state, and some of them, the longest paused first."""
    with connection.cursor() as cursor:
        cursor.execute(_PAUSED, [list(agency_ids), state, not only_late, stop - start, start])
        rows = cursor.fetchall()
    return (rows[0][-1] if rows else 0), [PausedDossier._make(row[:-1]) for row in rows]


def _asked(agency_ids: Sequence[int], month: date, at: datetime) -> dict[str, Any]:
    return {
        "agencies": list(agency_ids),
        "at": at,
        "near": at + NEAR_DUE,
        "first": midnight(month.replace(day=1)),
        "last": midnight(month_after(month)),
        "elsewhere": sorted(NOT_THE_OFFICERS),
    }
