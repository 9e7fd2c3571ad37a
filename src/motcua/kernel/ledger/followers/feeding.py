"""
Followers that go along with a bulk load: told of new chains by whoever writes them.

Reading them again would cost as much as writing them did. So while the load lasts its writers tell
each such follower, in the transaction that writes the chains, and its sums are gathered until the
end. As with `catch_up`, nobody can tell how far they came if they are killed: the projection is
emptied before, its follower stands at the beginning until all is done, and whoever finds a follower
there empties the projection again. Other workers are kept from it meanwhile.
"""

import logging
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import NamedTuple, Protocol

from django.db import transaction

from motcua.kernel.hands import work_through
from motcua.kernel.ledger.models import FollowerCursor

from .joining import Follower, Gathered, Gathering, Told
from .places import alone_apart_with, commit_without_waiting, has_trouble, locked_cursor
from .stretches import Stretch, parts_for, stretch_ahead_of

logger = logging.getLogger(__name__)

# For how long the end waits for older transactions, which keep new events from being readable.
_PATIENCE_SECONDS = 10.0


class Written(Protocol):
    """The new chains of one transaction."""

    xid: int

    def told(self, kinds: Collection[str]) -> Mapping[str, Sequence[Told]]:
        """Return of each subject the events of these kinds, in order."""


class Share(NamedTuple):
    """What one transaction of the load adds to the sums of each follower."""

    xid: int
    gathered: Mapping[str, Gathered]


class Feeding:
    """A bulk load as its followers see it."""

    def __init__(self, followers: Iterable[Follower] = ()) -> None:
        self._fed = {follower.name: follower for follower in followers}
        self._gathered: dict[str, Gathered] = {}
        self._xids: set[int] = set()

    def take_in(self, written: Written) -> Share:
        """Tell the followers, in the transaction that has written these chains."""
        gathered = {}
        for name, follower in self._fed.items():
            if told := written.told(follower.kinds):
                gathered[name] = _gathering(follower).of_chains(told)
        return Share(written.xid, gathered)

    def add(self, share: Share) -> None:
        """Add to the sums what a transaction that has committed added."""
        self._xids.add(share.xid)
        for name, gathered in share.gathered.items():
            self._add(name, gathered)

    def read(self, follower: Follower, stretch: Stretch, *, hands: int) -> None:
        """Let a follower take in what was there before the load."""

        @transaction.atomic(durable=True)
        def gather(part: Stretch) -> Gathered:
            commit_without_waiting()
            return _gathering(follower).of_stretch(part)

        parts = [(part,) for part in parts_for(stretch, hands)]
        # So few that each hand had one or none would cost more to share than to read.
        workers = hands if len(parts) > hands else 1
        for _part, gathered in work_through(gather, parts, workers=workers):
            self._add(follower.name, gathered)

    def finish(self, follower: Follower, since: Stretch | None, *, hands: int) -> None:
        """Write the sums, and let the follower go on from the end of the load."""
        ahead = self._all_readable()
        if ahead is None:
            logger.warning("%s is to be built again: the load is not readable", follower.name)
            return
        if (gathered := self._gathered.pop(follower.name, None)) is not None:
            gathered.fill(hands=hands)
        # Of others, who recorded something meanwhile.
        rest = replace(
            ahead, after=since.up_to if since else ahead.after, without=frozenset(self._xids)
        )
        with transaction.atomic(durable=True):
            cursor = locked_cursor(follower)
            if not rest.is_empty:
                assert follower.fold is not None
                follower.fold(rest)
            cursor.move_to(xid=ahead.up_to.xid, position=ahead.up_to.position)
            cursor.save()

    def _add(self, name: str, gathered: Gathered) -> None:
        if name in self._gathered:
            self._gathered[name].add(gathered)
        else:
            self._gathered[name] = gathered

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
                load.read(each, stretch, hands=hands)
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


def _gathering(follower: Follower) -> Gathering:
    assert follower.gathering is not None
    return follower.gathering
