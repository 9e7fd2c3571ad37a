"""By which way the dossiers of a period came, and what is doubtful about it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from motcua.steering.definitions import Period
from motcua.steering.definitions.index766 import OF_WAYS, Filings, Sign, signs_of
from motcua.steering.queries.counts import sums

from .figures import Figures
from .subjects import Subject

_FULLEST_DAY = """
    SELECT max(filed) FROM (
        SELECT sum(filed) AS filed FROM steering_day
        WHERE "on" BETWEEN %s AND %s AND agency_id = ANY(%s) AND channel = 'online' AND NOT is_part
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
    fullest = _fullest_day(Period(figures.period.first, figures.until), ids)
    return Ways(
        now=now, before=before, signs=tuple(signs_of(now, before=before, fullest_day=fullest))
    )


def _fullest_day(days: Period, ids: Collection[int]) -> int:
    """Return the most that was filed online on one day."""
    with connection.cursor() as cursor:
        cursor.execute(_FULLEST_DAY, [days.first, days.last, list(ids)])
        [(fullest,)] = cursor.fetchall()
    return fullest or 0
