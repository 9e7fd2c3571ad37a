"""
After a logical restore: `pg_dump` keeps each event's xid, but the new cluster counts its own
transactions from the start, and would keep the events from their followers for years.
"""

from django.db import connection, transaction

# Order is all that counts, per subject and on both sides of each cursor. So below, between and
# above the cursors' xids, one number each is enough; all are smaller than any live xid. Who is at
# the beginning stays there.
_RENUMBER_EVENTS = """
    UPDATE ledger_event AS event SET xid = (
        SELECT (1 + 2 * count(*) FILTER (WHERE place.xid < event.xid)
                  + count(*) FILTER (WHERE place.xid = event.xid))::text::xid8
        FROM (SELECT DISTINCT xid FROM ledger_cursor) AS place
    )
"""
_RENUMBER_CURSORS = """
    UPDATE ledger_cursor AS cursor SET xid = (
        SELECT (2 + 2 * count(*) FILTER (WHERE place.xid < cursor.xid))::text::xid8
        FROM (SELECT DISTINCT xid FROM ledger_cursor) AS place
    )
    WHERE cursor.xid <> '0'
"""
_IS_FROM_ANOTHER_CLUSTER = """
    SELECT coalesce(
        greatest((SELECT max(xid) FROM ledger_event), (SELECT max(xid) FROM ledger_cursor))
            >= pg_snapshot_xmax(pg_current_snapshot()),
        false
    )
"""


class NotRealigned(Exception):
    """The ledger was restored from a dump; `realign` it before anybody records or follows."""


def check_realigned() -> None:
    """
    Make sure that the stored xids belong to this cluster.

    :raises NotRealigned: if some lie in its future
    """
    with connection.cursor() as cursor:
        cursor.execute(_IS_FROM_ANOTHER_CLUSTER)
        if cursor.fetchone()[0]:
            raise NotRealigned("the ledger comes from another cluster: run `realign` first")


@transaction.atomic
def realign() -> int:
    """
    Renumber the stored xids so that followers go on in this cluster exactly where they were.
    Return how many events there are. Harmless when it was not needed.

    Run it once after a logical restore, as the owner of the tables, before anything is recorded.
    A base backup, a standby and `pg_upgrade` keep counting: they do not need it.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledger_event, ledger_cursor IN ACCESS EXCLUSIVE MODE")
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_is_append_only")
        cursor.execute(_RENUMBER_EVENTS)
        renumbered: int = cursor.rowcount
        cursor.execute(_RENUMBER_CURSORS)
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_is_append_only")
    return renumbered
