"""Taking in at once what would take a worker long, event by event."""

from django.db import transaction

from .gathering import gathering_of, read
from .joining import Follower
from .places import alone_apart_with, has_trouble, locked_cursor
from .stretches import stretch_ahead_of


def catch_up(follower: Follower, *, hands: int = 1) -> bool:
    """
    Take in all that is readable at once, as after a bulk load. Return whether it did: not if the
    follower cannot, another worker is at it, or it has trouble of its own.

    From the beginning of the ledger the hands share the subjects (gathering.py). From any other
    place it is one transaction, as one cannot begin anew.

    :raises RuntimeError: if a transaction is open
    """
    if follower.fold is None or follower.gathering is None or follower.clear is None:
        return False
    with alone_apart_with(follower) as alone:
        if not alone:
            return False
        with transaction.atomic(durable=True):
            cursor = locked_cursor(follower)
            if has_trouble(cursor):
                return False
            stretch = stretch_ahead_of(cursor)
            if stretch is None:
                return True
            if not cursor.is_at_the_beginning:
                follower.fold(stretch)
                cursor.move_to(xid=stretch.up_to.xid, position=stretch.up_to.position)
                cursor.save()
                return True
            follower.clear()
        read(follower, stretch, hands=hands)
        gathering_of(follower).add_up(hands)
        with transaction.atomic(durable=True):
            cursor = locked_cursor(follower)
            cursor.move_to(xid=stretch.up_to.xid, position=stretch.up_to.position)
            cursor.save()
    return True
