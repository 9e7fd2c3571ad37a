"""Connections beside the one that Django has: letting go of all, and one apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, connections


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
