"""
What was late in a period, and why (report II.07): the same however often and late it is asked.

Late is told by the date, as report II.06a does: a dossier that ended on its due day is in time, and
so is one whose due day the period ends with.
Three things make an answer stay: an end is written once; a due moment that has passed moves no
more, for pauses and extensions only lengthen what is still running; and a cause is superseded,
never overwritten, so that what was known on a day can be asked for on any later one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.lifecycle import DossierState
from motcua.kernel.clock import CITY_TIME, midnight, midnight_after
from motcua.steering.definitions import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class LateDossier:
    """A dossier that ended late in a period, or was overdue at its end."""

    dossier_id: UUID
    code: str
    agency_id: int
    unit_id: int | None  # where it stood when it became late, if that was witnessed
    officer_id: int | None  # with whom
    due_on: date
    ended_on: date | None  # None: not within the period
    cause: str | None  # CauseClass, as it was known
    promised_on: date | None  # by an apology


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseCount:
    """How many were late for one cause."""

    agency_id: int
    cause: str | None  # CauseClass; None: nobody had said
    ended: int  # late, within the period
    open: int  # overdue at its end


# Each branch reads the late ones alone, by the index made for it: finished late, and still open.
# A linked dossier is told by its parts, each at the agency whose work it is. What was withdrawn
# counts as in time.
_LATE = """
    WITH found AS (
        SELECT d.*, d.completed_at AS ended_at FROM dossier AS d
        WHERE d.settling_agency_id = ANY(%(agencies)s) AND d.completed_at > d.due_at
            AND d.completed_at >= %(first)s AND d.completed_at < %(over)s
            AND d.state <> %(withdrawn)s
            AND (d.completed_at AT TIME ZONE %(zone)s)::date
                > (d.due_at AT TIME ZONE %(zone)s)::date
        UNION ALL
        SELECT d.*, NULL FROM dossier AS d
        WHERE d.settling_agency_id = ANY(%(agencies)s) AND d.completed_at > d.due_at
            AND d.completed_at >= %(over)s AND d.due_at < %(last)s
        UNION ALL
        SELECT d.*, NULL FROM dossier AS d
        WHERE d.settling_agency_id = ANY(%(agencies)s) AND d.completed_at IS NULL
            AND d.due_at IS NOT NULL AND d.due_at < %(last)s
            AND (d.paused_at IS NULL OR d.paused_at > d.due_at)
    ),
    late AS (
        SELECT f.id, f.code, f.settling_agency_id AS agency_id, w.unit_id, w.holder_id,
            (f.due_at AT TIME ZONE %(zone)s)::date AS due_on,
            (f.ended_at AT TIME ZONE %(zone)s)::date AS ended_on,
            c.cause,
            (a.promised_at AT TIME ZONE %(zone)s)::date AS promised_on
        FROM found AS f
        LEFT JOIN dossier_delay AS w ON w.dossier_id = f.id AND w.due_at = f.due_at
        LEFT JOIN dossier_delay_cause AS c ON c.dossier_id = f.id AND c.stated_at <= %(known)s
            AND (c.superseded_at IS NULL OR c.superseded_at > %(known)s)
        LEFT JOIN dossier_apology AS a ON a.dossier_id = f.id AND a.signed_at <= %(known)s
        WHERE NOT EXISTS (SELECT FROM dossier AS part WHERE part.parent_id = f.id)
    )
"""


def late_dossiers(
    period: Period, *, known_at: datetime, agency_ids: Collection[int]
) -> Iterator[LateDossier]:
    """Return what was late in the period, by agency and code, as it was known at that moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{_LATE}
            SELECT id, code, agency_id, unit_id, holder_id, due_on, ended_on, cause, promised_on
            FROM late ORDER BY agency_id, code
            """,  # noqa: S608 - words of ours
            _asked(period, known_at, agency_ids),
        )
        rows = cursor.fetchall()
    for row in rows:
        yield LateDossier(
            dossier_id=row[0],
            code=row[1],
            agency_id=row[2],
            unit_id=row[3],
            officer_id=row[4],
            due_on=row[5],
            ended_on=row[6],
            cause=row[7],
            promised_on=row[8],
        )


def late_causes(
    period: Period, *, known_at: datetime | None = None, agency_ids: Collection[int]
) -> list[CauseCount]:
    """
    Return how many were late in the period by agency and cause, in one statement.

    Without a moment, as it was known when the period ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{_LATE}
            SELECT agency_id, cause, count(ended_on), count(*) - count(ended_on)
            FROM late GROUP BY agency_id, cause ORDER BY agency_id, cause NULLS FIRST
            """,  # noqa: S608 - words of ours
            _asked(period, known_at or end_of(period), agency_ids),
        )
        return [
            CauseCount(agency_id=agency, cause=cause, ended=ended, open=open_)
            for agency, cause, ended, open_ in cursor.fetchall()
        ]


def causes_told(counts: Collection[CauseCount]) -> dict[str, tuple[int, int]]:
    """Return ended late and still overdue, by cause: every class, and "" for what none was told."""
    told = {"": (0, 0), **{cause.value: (0, 0) for cause in CauseClass}}
    for each in counts:
        ended, open_ = told[each.cause or ""]
        told[each.cause or ""] = (ended + each.ended, open_ + each.open)
    return told


def end_of(period: Period) -> datetime:
    """Return the moment at which a period is over, in the city."""
    return midnight_after(period.last)


def _asked(period: Period, known_at: datetime, agency_ids: Collection[int]) -> dict[str, Any]:
    return {
        "agencies": list(agency_ids),
        "first": midnight(period.first),
        "last": midnight(period.last),
        "over": end_of(period),
        "known": known_at,
        "zone": CITY_TIME.key,
        "withdrawn": DossierState.WITHDRAWN.value,
    }
