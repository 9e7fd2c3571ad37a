"""The worker's turn with a follower: the next events, in order, exactly once."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from django.db import connection, transaction

from motcua.kernel.ledger.models import FollowerCursor, LedgerEvent, ParkedEvent, Subject

from .joining import Follower
from .places import alone_with, commit_without_waiting, failure, locked_cursor
from .stretches import Place

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3

# Transactions below the snapshot's xmin have all ended, so nothing can appear behind the cursor.
# Events of every kind are read, so that a follower of rare ones does not rescan the same stretch.
_NEXT_EVENTS = """
    SELECT * FROM ledger_event
    WHERE (xid, position) > (%s::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, position
    LIMIT %s
"""
# Where nothing of a whole batch is wanted it looks further, at less of each.
_FURTHER = 10_000
_LOOKED_AT = """
    SELECT xid::text, position, kind = ANY(%s) FROM ledger_event
    WHERE (xid, position) > (%s::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY ledger_event.xid, position
    LIMIT %s
"""
_IS_ANYTHING_NEW = """
    SELECT EXISTS (
        SELECT FROM ledger_event
        WHERE (xid, position) > (
            coalesce((SELECT xid FROM ledger_cursor WHERE name = %(name)s), '0'),
            coalesce((SELECT position FROM ledger_cursor WHERE name = %(name)s), 0)
        ) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    )
"""


class DiedOfIt(Exception):
    """The worker died each time it handed this event to this follower."""


def run_once(follower: Follower, *, batch: int | None = None) -> int:
    """
    Hand over the next events. Return how many the follower got past, 0 when it need not be
    called again at once: nothing is new, another worker is at it, or it failed and should rest.

    What the handler wrote and the cursor's move commit together, so each event counts once.

    :raises RuntimeError: if a transaction is open
    """
    if not _is_anything_new(follower):
        return 0
    with alone_with(follower) as alone:
        return _Run(follower).advance(batch or follower.batch) if alone else 0


@dataclass
class _Run:
    """One worker's turn with one follower, whose lock it has."""

    follower: Follower
    cursor: FollowerCursor = field(init=False)
    careful: bool = field(init=False)
    held: set[Subject] = field(init=False)

    def advance(self, limit: int) -> int:
        # Two transactions. The first writes down that these events are about to be tried, so that
        # an event which kills the worker cannot do so for ever: the next one finds the note,
        # takes the events one at a time, counts each try before making it, and parks the killer.
        with transaction.atomic(durable=True):
            self._lock()
            if self.cursor.is_at_the_beginning and self.follower.clear is not None:
                self.follower.clear()  # of hands that were killed (gathering.py)
            events = self._next_events(limit)
            if not any(self._is_wanted(event) for event in events):
                return self._skip(self._next_unwanted() if len(events) == limit else events)
            if self.careful and self.cursor.attempts >= MAX_ATTEMPTS:
                return self._give_up(events[0])
            if self.careful:
                self.cursor.attempts += 1
            else:
                self.cursor.at_risk = len(events)
            # The second commit flushes this one too. Losing it takes a crash of the server.
            commit_without_waiting()
            self.cursor.save()
        begun_at = (self.cursor.xid, self.cursor.position)

        with transaction.atomic(durable=True):
            was_careful = self.careful
            self._lock()
            if (self.cursor.xid, self.cursor.position) != begun_at:
                return 0  # renumbered meanwhile, after a restore
            self.careful = was_careful
            passed = 0
            for part in _parts(events, self.follower.at_once):
                step = self._pass(part)
                passed += step
                if step < len(part):
                    break
            self.cursor.at_risk = self.cursor.at_risk - passed if self.careful else 0
            self.cursor.save()
            return passed

    def _lock(self) -> None:
        self.cursor = locked_cursor(self.follower)
        self.careful = self.cursor.at_risk > 0
        parked = ParkedEvent.objects.filter(follower=self.follower.name)
        held = parked.values_list("event__subject_type", "event__subject_id").distinct()
        self.held = {Subject(*names) for names in held}

    def _next_events(self, limit: int) -> list[LedgerEvent]:
        after = [str(self.cursor.xid), self.cursor.position, 1 if self.careful else limit]
        return list(LedgerEvent.objects.raw(_NEXT_EVENTS, after))

    def _next_unwanted(self) -> list[Place]:
        """Return where the events are that come before the first which is wanted."""
        wanted = list(self.follower.kinds)
        with connection.cursor() as cursor:
            cursor.execute(
                _LOOKED_AT, [wanted, str(self.cursor.xid), self.cursor.position, _FURTHER]
            )
            rows = takewhile(lambda row: not row[2], cursor.fetchall())
        return [Place(int(xid), position) for xid, position, _is_wanted in rows]

    def _is_wanted(self, event: LedgerEvent) -> bool:
        return event.kind in self.follower.kinds

    def _pass(self, events: Sequence[LedgerEvent]) -> int:
        """Get past these events, or past those before one that shall be tried again."""
        wanted = [e for e in events if self._is_wanted(e) and e.subject not in self.held]
        error = failure(self.follower, wanted) if wanted else None
        if error and len(events) > 1:
            half = len(events) // 2
            passed = self._pass(events[:half])
            return passed if passed < half else half + self._pass(events[half:])
        if error:
            logger.error("%s failed on %s", self.follower.name, events[0], exc_info=error)
            if not self.careful:
                self.cursor.attempts += 1
            self.cursor.error = repr(error)
            if self.cursor.attempts < MAX_ATTEMPTS:
                return 0
            self._park(events[0], error)
        else:
            self._let_wait(events)
        self.cursor.move_to(xid=events[-1].xid, position=events[-1].position)
        return len(events)

    def _skip(self, events: Sequence[LedgerEvent | Place]) -> int:
        if events:
            self.cursor.move_to(xid=events[-1].xid, position=events[-1].position)
            self.cursor.at_risk = max(self.cursor.at_risk - len(events), 0)
            self.cursor.save()
        return len(events)

    def _give_up(self, event: LedgerEvent) -> int:
        self._park(event, DiedOfIt(f"{self.cursor.attempts} times"))
        return self._skip([event])

    def _park(self, event: LedgerEvent, error: Exception) -> None:
        ParkedEvent.objects.create(follower=self.follower.name, event=event, error=repr(error))
        self.held.add(event.subject)

    def _let_wait(self, events: Sequence[LedgerEvent]) -> None:
        ParkedEvent.objects.bulk_create(
            ParkedEvent(follower=self.follower.name, event=event)
            for event in events
            if self._is_wanted(event) and event.subject in self.held
        )


def _parts(events: Sequence[LedgerEvent], size: int) -> Iterator[Sequence[LedgerEvent]]:
    for start in range(0, len(events), size):
        yield events[start : start + size]


def _is_anything_new(follower: Follower) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_IS_ANYTHING_NEW, {"name": follower.name})
        return bool(cursor.fetchone()[0])
