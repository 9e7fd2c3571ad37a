"""Who follows: each handler with its name, the events it wants, and how it is fed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.kernel.ledger.events import Event
from motcua.kernel.ledger.models import LedgerEvent

from .stretches import Stretch

# Each event costs one savepoint, and PostgreSQL slows down for everyone past 64 in a transaction.
ONE_BY_ONE_BATCH = 50
PROJECTION_BATCH = 1000

Handler = Callable[[LedgerEvent], None]
BatchHandler = Callable[[Sequence[LedgerEvent]], None]
Fold = Callable[[Stretch], None]
Told = tuple[str, datetime, Any]  # of an event: its kind, when it happened, what it says


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """
    How an empty projection takes in whole histories, told or read, by many hands that each commit.

    What it keeps of each subject alone is written at once. What it sums up is laid aside in the
    same transaction, and added up when all are done. `clear` forgets it.
    """

    of_chains: Callable[[Mapping[str, Sequence[Told]]], None]
    of_stretch: Fold
    add_up: Callable[[int], None]  # with so many hands


@dataclass(frozen=True, kw_only=True)
class Follower:
    """A handler with a place in the ledger. The name is stored: renaming it starts it afresh."""

    name: str
    kinds: frozenset[str]
    handle: BatchHandler
    at_once: int = 1  # how many events it is handed together
    batch: int = ONE_BY_ONE_BATCH  # how many are read, and committed, together
    clear: Callable[[], None] | None = None
    fold: Fold | None = None  # does at once what `handle` does event by event
    gathering: Gathering | None = None  # and from the beginning


def follower(
    name: str, *events: type[Event], clear: Callable[[], None] | None = None
) -> Callable[[Handler], Follower]:
    """
    Make a follower of a function that writes rows or defers jobs, and never calls the outside.

    A projection says with `clear` how it is emptied. A new follower hears all of history:
    one that acts is given its place by its migration, with `start_at_end`.
    """

    def of(handle: Handler) -> Follower:
        def handle_each(batch: Sequence[LedgerEvent]) -> None:
            for event in batch:
                handle(event)

        return Follower(name=name, kinds=_kinds(events), handle=handle_each, clear=clear)

    return of


def projection(
    name: str,
    *events: type[Event],
    clear: Callable[[], None],
    fold: Fold | None = None,
    gathering: Gathering | None = None,
    batch: int = PROJECTION_BATCH,
) -> Callable[[BatchHandler], Follower]:
    """
    Make a follower of a function that writes down many events, in order, in a few statements.

    When it fails on a batch, it gets the halves of it, until the event to blame stands alone.
    With `fold` it says how a stretch of any length is taken in at once, for `catch_up`; with
    `gathering` how that is done by many hands, or along with a bulk load, for `fed`.
    """
    return lambda handle: Follower(
        name=name,
        kinds=_kinds(events),
        handle=handle,
        at_once=batch,
        batch=batch,
        clear=clear,
        fold=fold,
        gathering=gathering,
    )


_joined: dict[str, Follower] = {}


def join(follower: Follower) -> None:
    """Let the follower be run by every worker of this process."""
    if follower.name in _joined:
        raise ValueError(f"{follower.name} follows already")
    _joined[follower.name] = follower


def joined() -> list[Follower]:
    """Return every follower that workers run."""
    return list(_joined.values())


def _kinds(events: Sequence[type[Event]]) -> frozenset[str]:
    return frozenset(event.kind for event in events)
