"""How far the followers are behind, and what they stumbled on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from . import followers

# Past this many, how many more no longer matters, and counting them would cost.
COUNTED_TO = 10_000

_LAG = """
    SELECT asked.name, unread.behind, unread.oldest_at, parked.parked, cursor.attempts,
           coalesce(nullif(cursor.error, ''), parked.error, '')
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked (name, place)
    LEFT JOIN ledger_cursor AS cursor USING (name)
    CROSS JOIN LATERAL (
        SELECT count(*) AS behind, min(recorded_at) AS oldest_at FROM (
            SELECT recorded_at FROM ledger_event
            WHERE (xid, position) > (coalesce(cursor.xid, '0'), coalesce(cursor.position, 0))
            ORDER BY xid, position LIMIT %s
        ) AS ahead
    ) AS unread
    CROSS JOIN LATERAL (
        SELECT count(*) AS parked,
               (array_agg(error ORDER BY id DESC) FILTER (WHERE error <> ''))[1] AS error
        FROM ledger_parked_event WHERE follower = asked.name
    ) AS parked
    ORDER BY asked.place
"""


@dataclass(frozen=True, kw_only=True)
class Lag:
    """What stands between a follower and the end of the ledger."""

    follower: str
    behind: int  # events of all kinds, counted up to COUNTED_TO
    oldest_at: datetime | None  # when the first of them was recorded
    parked: int
    attempts: int
    last_error: str


def lag(names: Iterable[str] | None = None) -> list[Lag]:
    """Return the lag of these followers, or of all that have joined, in one statement."""
    asked = list(names) if names is not None else [f.name for f in followers.joined()]
    with connection.cursor() as cursor:
        cursor.execute(_LAG, [asked, COUNTED_TO])
        rows = cursor.fetchall()
    return [
        Lag(
            follower=name,
            behind=behind,
            oldest_at=oldest_at,
            parked=parked,
            attempts=attempts or 0,
            last_error=error,
        )
        for name, behind, oldest_at, parked, attempts, error in rows
    ]
