"""What many tests begin with is made once a session; later it is copied back, row by row."""

from collections.abc import Callable

from django.apps import apps
from django.db import connection, transaction

_copies: dict[str, list[tuple[str, bytes]]] = {}


def loaded_once(name: str, load: Callable[[], object]) -> None:
    """Run `load`, or put back what it wrote when it first ran, with the same numbers."""
    if name in _copies:
        _put_back(_copies[name])
        return
    before = {table: _count(table) for table in _tables()}
    load()
    filled = {table: count for table, count in before.items() if _count(table) > count}
    if all(count == 0 or table == "ledger_event" for table, count in filled.items()):
        _copies[name] = [(table, _read(table, skipping=count)) for table, count in filled.items()]


def _tables() -> list[str]:
    # In an order in which each table comes after those that it points to, or nearly so: foreign
    # keys are checked at the end of the transaction.
    return [model._meta.db_table for model in apps.get_models() if model._meta.managed]


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def _read(table: str, *, skipping: int) -> bytes:
    # Positions only grow, so the events that were there before are the first.
    order = "ORDER BY position" if table == "ledger_event" else ""
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY (SELECT * FROM "{table}" {order} OFFSET {skipping}) TO STDOUT') as rows,
    ):
        return b"".join(bytes(piece) for piece in rows)


@transaction.atomic
def _put_back(copies: list[tuple[str, bytes]]) -> None:
    for table, rows in copies:
        with connection.cursor() as cursor:
            if table == "ledger_event":
                # The same history, told in this transaction: followers read in its order.
                cursor.execute("SELECT pg_current_xact_id()::text")
                [xid] = cursor.fetchone()
                lines = [line.split("\t") for line in rows.decode().splitlines()]
                rows = "".join(
                    "\t".join([line[0], xid, *line[2:]]) + "\n" for line in lines
                ).encode()
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
