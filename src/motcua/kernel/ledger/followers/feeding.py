"""
Followers that go along with a bulk load: told of new chains by whoever writes them.

Reading them again would cost as much as writing them did. So while the load lasts its writers tell
each such follower, in the transaction that writes the chains, as the hands of `catch_up` do what
they read (gathering.py). It stands at the beginning until all is done, and other workers are kept
from it meanwhile.
"""

import logging
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Protocol

from django.db import transaction

from motcua.kernel.ledger.models import FollowerCursor

from .gathering import gathering_of, read
from .joining import Follower, Told
from .places import alone_apart_with, has_trouble, locked_cursor
from .stretches import Stretch, stretch_ahead_of

logger = logging.getLogger(__name__)

# For how long the end waits for older transactions, which keep new events from being readable.
_PATIENCE_SECONDS = 10.0


class Written(Protocol):
    """The new chains of one transaction."""

    xid: int

    def told(self, kinds: Collection[str]) -> Mapping[str, Sequence[Told]]:
        """Return of each subject the events of these kinds, in order."""


class Feeding:
    """A bulk load as its followers see it."""

    def __init__(self, followers: Iterable[Follower] = ()) -> None:
        self._fed = list(followers)
        self._xids: set[int] = set()

    def take_in(self, written: Written) -> None:
        """Tell the followers, in the transaction that has written these chains."""
        for follower in self._fed:
            if told := written.told(follower.kinds):
                gathering_of(follower).of_chains(told)

    def add(self, xid: int) -> None:
        """Count a transaction that has committed to the load."""
        self._xids.add(xid)

    def finish(self, follower: Follower, since: Stretch | None, *, hands: int) -> None:
        """Add up, and let the follower go on from the end of the load."""
        ahead = self._all_readable()
        if ahead is None:
            logger.warning("%s is to be built again: the load is not readable", follower.name)
            return
        gathering_of(follower).add_up(hands)
        meanwhile = ahead if since is None else replace(ahead, after=since.up_to)
        of_others = frozenset(meanwhile.transactions() - self._xids)
        with transaction.atomic(durable=True):
            cursor = locked_cursor(follower)
            if of_others:
                assert follower.fold is not None
                follower.fold(replace(meanwhile, only=of_others))
            cursor.move_to(xid=ahead.up_to.xid, position=ahead.up_to.position)
            cursor.save()

    def _all_readable(self) -> Stretch | None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        last = max(self._xids, default=0)
        while (stretch := stretch_ahead_of(FollowerCursor())) is None or stretch.up_to.xid < last:
            if time.monotonic() > deadline or not last:
                return None
            time.sleep(0.02)
        return stretch


@contextmanager
def fed(followers: Iterable[Follower], *, hands: int) -> Iterator[Feeding]:
    """
    Let these followers go along with a bulk load, as far as they can gather and nobody else is at
    them. Those that were told of all stand at its end afterwards; the others have it before them.

    :raises RuntimeError: if a transaction is open
    """
    with ExitStack() as kept:
        fed = [
            follower
            for follower in followers
            if follower.gathering is not None
            and kept.enter_context(alone_apart_with(follower))
            and _sent_to_the_beginning(follower)
        ]
        load = Feeding(fed)
        before = {each.name: stretch_ahead_of(FollowerCursor()) for each in fed}
        for each in fed:
            if (stretch := before[each.name]) is not None:
                read(each, stretch, hands=hands)
        yield load
        for each in fed:
            load.finish(each, before[each.name], hands=hands)


def _sent_to_the_beginning(follower: Follower) -> bool:
    assert follower.clear is not None
    with transaction.atomic(durable=True):
        cursor = locked_cursor(follower)
        if has_trouble(cursor):
            return False
        follower.clear()
        cursor.move_to(xid=0, position=0)
        cursor.save()
    return True
