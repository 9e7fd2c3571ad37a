"""By which way the dossiers of a period came, and what is doubtful about it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from motcua.steering.definitions import Period
from motcua.steering.definitions.index766 import OF_WAYS, Filings, Sign, full_from, signs_of
from motcua.steering.queries.counts import sums

from .figures import Figures
from .subjects import Subject

# Only a month that has so many has a day that does.
_FULLEST_DAY = """
    SELECT max(filed) FROM (
        SELECT sum(filed) AS filed FROM steering_day_total
        JOIN (
            SELECT month FROM steering_month_total
            WHERE month BETWEEN date_trunc('month', %(first)s::date) AND %(last)s
                AND agency_id = ANY(%(agencies)s) AND channel = 'online' AND NOT is_part
            GROUP BY month HAVING sum(filed) >= %(least)s
        ) AS full_month ON "on" >= month AND "on" < month + interval '1 month'
        WHERE "on" BETWEEN %(first)s AND %(last)s
            AND agency_id = ANY(%(agencies)s) AND channel = 'online' AND NOT is_part
        GROUP BY "on"
    ) AS of_a_day
"""


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How somebody's dossiers came, and the signs that they show."""

    now: Filings
    before: Filings  # of the period before
    signs: tuple[Sign, ...]


def ways_of(figures: Figures, subject: Subject) -> Ways:
    """Return by which way somebody's dossiers came, in three statements."""
    ids = subject.agency_ids

    def filings(period: Period) -> Filings:
        by = ("channel", "is_part")
        told = sums(OF_WAYS, period, by=by, as_of=figures.as_of, at=figures.at, agency_ids=ids)
        return Filings.of(told)

    now, before = filings(figures.period), filings(figures.period.before)
    fullest = _fullest_day(figures.days, ids, least=full_from(now))
    return Ways(
        now=now, before=before, signs=tuple(signs_of(now, before=before, fullest_day=fullest))
    )


def _fullest_day(days: Period, ids: Collection[int], *, least: int) -> int:
    """Return the most that was filed online on one day; nothing, if no month had the least."""
    asked: dict[str, Any] = {
        "first": days.first,
        "last": days.last,
        "agencies": list(ids),
        "least": least,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FULLEST_DAY, asked)
        [(fullest,)] = cursor.fetchall()
    return fullest or 0
