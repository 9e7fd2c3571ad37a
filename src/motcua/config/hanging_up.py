"""Letting go of the database: its connections, and the pool with its threads."""

from django.db import connections


def hang_up() -> None:
    """Close every connection of this process, and every pool. The next query opens anew."""
    connections.close_all()
    for alias in connections:
        connection = connections[alias]
        if "pool" in connection.settings_dict["OPTIONS"]:
            # Only PostgreSQL's connection has a pool.
            connection.close_pool()  # type: ignore[attr-defined]  # Django's types know of none
