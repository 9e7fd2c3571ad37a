"""A part of the ledger, however long, to be taken in at once; and how it is shared out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from motcua.kernel.ledger.models import FollowerCursor, LedgerEvent, Subject

# Events of a part. Fewer, and more is added up again and again; more, and one hand waits long for
# the other at the end.
_PART_MAX, _PART_MIN = 120_000, 2_000
_PARTS_PER_HAND = 2

_LAST_READABLE = """
    SELECT xid::text, position FROM ledger_event
    WHERE (xid, position) > (%s::text::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY ledger_event.xid DESC, position DESC LIMIT 1
"""
# Each transaction that wrote events of a stretch: one step along the index, however many it wrote.
_TRANSACTIONS = """
    WITH RECURSIVE written (xid) AS (
        (
            SELECT xid FROM ledger_event
            WHERE (xid, position) > (%(after)s::text::xid8, %(position)s)
            ORDER BY ledger_event.xid LIMIT 1
        )
        UNION ALL
        SELECT following.xid FROM written, LATERAL (
            SELECT xid FROM ledger_event WHERE ledger_event.xid > written.xid
            ORDER BY ledger_event.xid LIMIT 1
        ) AS following
    )
    SELECT xid::text FROM written WHERE written.xid <= %(last)s::text::xid8
"""
# Every so many events along the index of the chains, the subject that stands there.
_SUBJECTS = """
    WITH RECURSIVE bound AS (
        (
            SELECT subject_type, subject_id FROM ledger_event
            ORDER BY subject_type, subject_id LIMIT 1
        )
        UNION ALL
        SELECT following.* FROM bound, LATERAL (
            SELECT subject_type, subject_id FROM ledger_event
            WHERE (subject_type, subject_id) > (bound.subject_type, bound.subject_id)
            ORDER BY subject_type, subject_id OFFSET %s LIMIT 1
        ) AS following
    )
    SELECT subject_type, subject_id FROM bound
"""


class Place(NamedTuple):
    """Where an event stands in the order of reading."""

    xid: int
    position: int


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """
    The events after one and up to another, in reading order.

    A part of it has some of the subjects, with all that the stretch has of each; or what some of
    the transactions wrote.
    """

    after: Place
    up_to: Place
    first: Subject | None = None
    before: Subject | None = None  # the first of the next part
    only: frozenset[int] = frozenset()  # these transactions; none: all

    def condition(self) -> tuple[str, list[Any]]:
        """Return what a statement asks of `ledger_event` to read this, and with which values."""
        asked = [
            "(xid, position) > (%s::text::xid8, %s) AND (xid, position) <= (%s::text::xid8, %s)"
        ]
        values: list[Any] = [
            str(self.after.xid), self.after.position, str(self.up_to.xid), self.up_to.position,
        ]  # fmt: skip
        for sign, subject in ((">=", self.first), ("<", self.before)):
            if subject is not None:
                asked.append(f"(subject_type, subject_id) {sign} (%s, %s)")
                values += [subject.type, subject.id]
        if self.only:
            asked.append("xid = ANY(%s::text[]::xid8[])")
            values.append([str(xid) for xid in self.only])
        return " AND ".join(asked), values

    def transactions(self) -> set[int]:
        """Return the transactions that wrote it. Ask once nobody can write any more of it."""
        asked = {"after": self.after.xid, "position": self.after.position, "last": self.up_to.xid}
        with connection.cursor() as cursor:
            cursor.execute(_TRANSACTIONS, asked)
            return {int(xid) for (xid,) in cursor.fetchall()}

    def parts(self, events: int) -> Sequence["Stretch"]:
        """Share it out by subjects, so that each part has about so many events."""
        with connection.cursor() as cursor:
            cursor.execute(_SUBJECTS, [events])
            bounds = [Subject(*names) for names in cursor.fetchall()]
        return [
            replace(self, first=first, before=before)
            for first, before in pairwise([*bounds, None])
            if first is not None
        ]


def stretch_ahead_of(cursor: FollowerCursor) -> Stretch | None:
    """Return all that a follower can read now, or None if that is nothing."""
    after = Place(cursor.xid, cursor.position)
    with connection.cursor() as asked:
        asked.execute(_LAST_READABLE, [str(after.xid), after.position])
        last = asked.fetchone()
    return Stretch(after=after, up_to=Place(int(last[0]), last[1])) if last else None


def parts_for(stretch: Stretch, hands: int) -> Sequence[Stretch]:
    """Share out a stretch from the beginning of the ledger, so that it keeps all hands busy."""
    # Positions are drawn in turn, so they tell about how many events there are.
    first = LedgerEvent.objects.order_by("position")[0]
    events = (stretch.up_to.position - first.position) // (hands * _PARTS_PER_HAND)
    return stretch.parts(min(max(events, _PART_MIN), _PART_MAX))
