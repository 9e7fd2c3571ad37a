"""Where a follower stands: its row, and the lock of whoever is at it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from motcua.kernel import connections
from motcua.kernel.ledger.models import FollowerCursor, LedgerEvent, ParkedEvent

from .joining import Follower

_KEY = "hashtext('ledger_cursor'), hashtext(%s)"


@contextmanager
def alone_with(follower: Follower) -> Iterator[bool]:
    """Keep others from the follower, unless they keep us from it, which is the answer."""
    # A lock of the session, since a run is two transactions. It goes when the connection does.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})", [follower.name])
        alone = bool(cursor.fetchone()[0])
        try:
            yield alone
        finally:
            if alone and connection.is_usable():
                cursor.execute(f"SELECT pg_advisory_unlock({_KEY})", [follower.name])


@contextmanager
def alone_apart_with(follower: Follower) -> Iterator[bool]:
    """Do so by a connection of its own, which stays when processes are made and ours is let go."""
    with connections.apart() as own:
        row = own.execute(f"SELECT pg_try_advisory_lock({_KEY})", [follower.name]).fetchone()
        yield bool(row and row[0])
        # The server notices a connection that is gone a little later than we go on.
        own.execute("SELECT pg_advisory_unlock_all()")


def wait_to_be_alone_with(follower: Follower) -> None:
    """Keep others from the follower until the transaction ends, once they are done."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_KEY})", [follower.name])


def locked_cursor(follower: Follower) -> FollowerCursor:
    """Return the follower's row, which nobody else can move before the transaction ends."""
    cursors = FollowerCursor.objects.select_for_update().filter(name=follower.name)
    if cursor := cursors.first():
        return cursor
    FollowerCursor.objects.get_or_create(name=follower.name)
    return cursors.get()


def has_trouble(cursor: FollowerCursor) -> bool:
    """Return whether events are parked for the follower, or in hands that did not report back."""
    return cursor.at_risk > 0 or ParkedEvent.objects.filter(follower=cursor.name).exists()


def commit_without_waiting() -> None:
    """Let the open transaction be on disk with the next one that is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def failure(follower: Follower, events: Sequence[LedgerEvent]) -> Exception | None:
    """Hand the events over, and return what went wrong, when nothing of it is left."""
    try:
        with transaction.atomic():
            follower.handle(events)
            # Django defers foreign keys to the commit, which is too late to blame these events.
            connection.check_constraints()
    except Exception as error:
        return error
    return None
