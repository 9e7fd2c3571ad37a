"""Connections as a pool keeps them, and beside those: letting go of all, and one apart."""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, connections

# For so long what was heard from the server is believed of a connection that is silent.
BELIEVED_SECONDS = 1.0


class Pooled(psycopg.Connection[Any]):
    """
    A connection of a pool, which sends an empty query before each use to hear whether it lives.

    That would be a way to the server and back for each request. A server that goes says so to
    everybody who is connected, so who has heard from it a moment ago need only look at the line.
    """

    _believed_until = 0.0

    def execute(self, query: Any, *args: Any, **options: Any) -> psycopg.Cursor[Any]:
        """Send the query; an empty one only if it is not known what it would tell."""
        if query:
            return super().execute(query, *args, **options)
        now = time.monotonic()
        if now < self._believed_until and not _has_news(self.fileno()):
            return self.cursor()
        answered = super().execute(query, *args, **options)
        self._believed_until = now + BELIEVED_SECONDS
        return answered


def _has_news(line: int) -> bool:
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))


def hang_up() -> None:
    """Close every connection of this process, and every pool. The next query opens anew."""
    connections.close_all()
    for alias in connections:
        each = connections[alias]
        if "pool" in each.settings_dict["OPTIONS"]:
            # Only PostgreSQL's connection has a pool.
            each.close_pool()  # type: ignore[attr-defined]  # Django's types know of none


@contextmanager
def apart() -> Iterator[psycopg.Connection[Any]]:
    """Open a connection that stays when Django's are let go, as before a process forks."""
    names = {"host", "port", "user", "password", "dbname", "options", "sslmode"}
    parameters = connection.get_connection_params()
    told = {name: value for name, value in parameters.items() if name in names}
    with psycopg.connect(**told, autocommit=True) as own:
        yield own
