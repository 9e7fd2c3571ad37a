"""Taking in at once what would take a worker long, event by event."""

from django.db import transaction

from motcua.kernel.hands import work_through

from .joining import Fold, Follower
from .places import alone_apart_with, commit_without_waiting, has_trouble, locked_cursor
from .stretches import Stretch, parts_for, stretch_ahead_of


def catch_up(follower: Follower, *, hands: int = 1) -> bool:
    """
    Take in all that is readable at once, as after a bulk load. Return whether it did: not if the
    follower cannot fold, another worker is at it, or it has trouble of its own.

    From the beginning of the ledger the hands share the subjects, and commit part by part. Nobody
    can tell how far they came if they are killed. So the projection is emptied before, its
    follower leaves the beginning after all of them, and whoever finds a follower there, empties
    the projection again. From any other place it is one transaction, as one cannot begin anew.

    :raises RuntimeError: if a transaction is open
    """
    if follower.fold is None or follower.clear is None:
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
            if cursor.is_at_the_beginning:
                follower.clear()
            else:
                follower.fold(stretch)
                cursor.move_to(xid=stretch.up_to.xid, position=stretch.up_to.position)
                cursor.save()
                return True
        _share_out(stretch, follower.fold, hands)
        with transaction.atomic(durable=True):
            cursor = locked_cursor(follower)
            cursor.move_to(xid=stretch.up_to.xid, position=stretch.up_to.position)
            cursor.save()
    return True


def _share_out(stretch: Stretch, fold: Fold, hands: int) -> None:
    @transaction.atomic(durable=True)
    def take_in(part: Stretch) -> None:
        # Waited for together with the move of the cursor, without which it is as good as lost.
        commit_without_waiting()
        fold(part)

    parts = [(part,) for part in parts_for(stretch, hands)]
    for _part, _done in work_through(take_in, parts, workers=hands):
        pass
