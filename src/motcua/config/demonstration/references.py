"""
What the rows of a filling refer to: looked up for all of them together, once they are there.

Row by row it is a third of the database's work, and the two hands wait for each other at the few
offices and officers that every row names. So while an empty city is filled its foreign keys rest
(PostgreSQL 18: NOT ENFORCED; the catalogue keeps them as they were), and are checked by a join of
each when they are taken up again, before the filling counts as finished. Who kills it in between
finds them resting: `motcua doctor` says so, and `motcua demo` goes on, which takes them up.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction

from motcua.kernel.hands import work_through

_RESTS_SINCE = 180_000  # the version of PostgreSQL that lets a foreign key rest
_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname)
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE contype = 'f' AND conenforced = %s AND relname = ANY(%s)
        AND pg_has_role(relowner, 'USAGE')
    ORDER BY 1, 2
"""


class ForeignKey(NamedTuple):
    """A foreign key, by the names that a statement needs."""

    table: str
    name: str


@contextmanager
def checked_together(tables: Sequence[str], *, workers: int = 1) -> Iterator[None]:
    """Let the foreign keys of these tables rest meanwhile, and check all rows at the end."""
    with transaction.atomic():
        connection.check_constraints()  # nothing may wait for a check that is not made
        for key in _keys(tables, enforced=True):
            _alter(key, "NOT ENFORCED")
    try:
        yield
    finally:
        # Each locks its own table and then the one it refers to, never the other way round: hands
        # wait for each other, but not in a circle.
        tasks = [(key, "ENFORCED") for key in resting(tables)]
        for _task, _done in work_through(_alter, tasks, workers=workers):
            pass


def resting(tables: Sequence[str]) -> list[ForeignKey]:
    """Return the foreign keys that nobody keeps, as after a filling that was killed."""
    return _keys(tables, enforced=False)


def _keys(tables: Sequence[str], *, enforced: bool) -> list[ForeignKey]:
    with connection.cursor() as cursor:
        if connection.connection.info.server_version < _RESTS_SINCE:
            return []
        cursor.execute(_KEYS, [enforced, list(tables)])
        return [ForeignKey(*row) for row in cursor.fetchall()]


def _alter(key: ForeignKey, how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {key.table} ALTER CONSTRAINT {key.name} {how}")
