"""
The indexes of a filling: built by sorting, once all rows are there.

Only those that find things quicker; what keeps a truth (primary keys, unique ones) stays and is
asked for every row. Which they are stands in the event that begins the filling, so that whoever
goes on with one that was killed puts back what it had set aside.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection

from motcua.kernel.hands import work_through

# Conditions and expressions would come back in other words, so an index of such stays too.
_SECONDARY = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relname = ANY(%(tables)s) AND NOT indisunique AND indpred IS NULL AND indexprs IS NULL
        AND pg_has_role(relowner, 'USAGE')
    ORDER BY array_position(%(tables)s, relname::text), 1
"""


def indexes_of(tables: Sequence[str]) -> dict[str, str]:
    """Return the indexes of these tables that keep no truth, in order: name and definition."""
    with connection.cursor() as cursor:
        cursor.execute(_SECONDARY, {"tables": list(tables)})
        return dict(cursor.fetchall())


@contextmanager
def built_together(indexes: Mapping[str, str], *, workers: int) -> Iterator[None]:
    """Do without these indexes meanwhile, and build them at the end."""
    with connection.cursor() as cursor:
        for name in indexes:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    finally:
        connection.check_constraints()  # nothing may wait for a check while a table is indexed
        tasks = [(definition,) for definition in indexes.values()]
        for _definition, _done in work_through(_build, tasks, workers=workers):
            pass


def _build(definition: str) -> None:
    with connection.cursor() as cursor:
        # There already if the filling was killed while it built them.
        cursor.execute(definition.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))
