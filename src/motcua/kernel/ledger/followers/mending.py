"""What is done by hand: what was parked goes through, a projection is built again."""

from django.db import connection, transaction

from motcua.kernel.ledger.models import ParkedEvent

from .joining import Follower
from .places import failure, locked_cursor, wait_to_be_alone_with


class UnableToRebuild(Exception):
    """Only a projection can be rebuilt; a follower that acts would act again."""


@transaction.atomic
def replay(follower: Follower) -> int:
    """
    Hand over what was parked, in order. Return how many went through.

    A subject that fails again stays parked from that event on.
    """
    locked_cursor(follower)
    replayed = 0
    held = set()
    parked = ParkedEvent.objects.filter(follower=follower.name).select_related("event")
    for waiting in parked.order_by("event__xid", "event__position"):
        if waiting.event.subject in held:
            continue
        if error := failure(follower, [waiting.event]):
            waiting.error = repr(error)
            waiting.save(update_fields=["error"])
            held.add(waiting.event.subject)
        else:
            waiting.delete()
            replayed += 1
    return replayed


@transaction.atomic
def rebuild(follower: Follower) -> None:
    """
    Empty the projection and send its follower back to the beginning; the worker does the rest.

    :raises UnableToRebuild: if the follower is not a projection
    """
    if follower.clear is None:
        raise UnableToRebuild(follower.name)
    wait_to_be_alone_with(follower)
    cursor = locked_cursor(follower)
    follower.clear()
    ParkedEvent.objects.filter(follower=follower.name).delete()
    cursor.move_to(xid=0, position=0)
    cursor.at_risk = 0
    cursor.save()


def start_at_end(name: str) -> None:
    """
    Give a follower that has no place yet one at the end of the ledger, so that it does not act
    on history. For the migration that introduces it (which depends on this room's last one):

        migrations.RunPython(lambda apps, editor: followers.start_at_end("letters.apologies"))

    It hears everything recorded after this, and perhaps what was being recorded meanwhile.
    """
    with connection.cursor() as cursor:
        # Before anything that is not readable yet: what is under way shall not be jumped over.
        cursor.execute(
            """
            INSERT INTO ledger_cursor (name, xid, position, attempts, error, at_risk)
            VALUES (%s, pg_snapshot_xmin(pg_current_snapshot()), 0, 0, '', 0)
            ON CONFLICT (name) DO NOTHING
            """,
            [name],
        )
