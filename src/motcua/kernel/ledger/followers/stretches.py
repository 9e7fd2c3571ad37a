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

    A part of it has some of the subjects, with all that the stretch has of each.
    """

    after: Place
    up_to: Place
    first: Subject | None = None
    before: Subject | None = None  # the first of the next part
    without: frozenset[int] = frozenset()  # transactions that were taken in by another way

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
        if self.without:
            asked.append("xid <> ALL(%s::text[]::xid8[])")
            values.append([str(xid) for xid in self.without])
        return " AND ".join(asked), values

    @property
    def is_empty(self) -> bool:
        """Whether there is no event in it."""
        condition, values = self.condition()
        asked = f"SELECT NOT EXISTS (SELECT FROM ledger_event WHERE {condition})"  # noqa: S608 - our own words
        with connection.cursor() as cursor:
            cursor.execute(asked, values)
            return bool(cursor.fetchone()[0])

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
