"""A part of the ledger, however long, to be taken in at once; and how it is shared out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from motcua.kernel.ledger.models import FollowerCursor, Subject

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
        return " AND ".join(asked), values

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
