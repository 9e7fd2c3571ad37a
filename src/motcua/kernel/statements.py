"""
Statements that are written once by the ORM and run many times with other values.

Writing a statement costs the ORM milliseconds, ten times what the database needs to answer it.
What a screen asks again and again differs from time to time in a moment or a key only. So the
query is made with a stand-in for it, and each run says what stands there this time.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


class Statement:
    """
    A query written down, with what it was made with. `within` may set it into a larger one, at {}.
    """

    def __init__(self, query: QuerySet[Any, Any], *, within: str = "{}") -> None:
        self._sql: str | None = None
        self._parameters: tuple[Any, ...] = ()
        try:
            written, self._parameters = query.query.sql_with_params()
        except EmptyResultSet:
            return  # the ORM knows that no row can match
        self._sql = within.replace("{}", written)

    def rows(self, given: Mapping[Any, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows, with the values given in the place of their stand-ins."""
        if self._sql is None:
            return []
        instead = given or {}
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [instead.get(value, value) for value in self._parameters])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
