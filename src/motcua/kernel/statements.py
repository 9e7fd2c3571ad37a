"""
Statements that are written once by the ORM and run many times with other values.

Writing a statement costs the ORM milliseconds, ten times what the database needs to answer it.
What a screen asks again and again differs from time to time in a moment or a key only. So the
query is made with a stand-in for it, and each run says what stands there this time.

The members of enumerations (states, kinds) are the same every time and are written out. Else the
server, which keeps a plan that fits all values, would not know which partial indexes may serve it,
and would plan anew each time: that takes it longer than answering.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql
from psycopg.pq import Format

# What stands in statements for the moment at which they are asked.
AT = datetime.min.replace(tzinfo=UTC)

_PLACE = re.compile("%[%s]")
_PART = re.compile(r"\{(\w+)\}")


class Statement:
    """
    A query written down, with what it was made with. `within` may set it into a larger one, at {}.

    What is the same every time stands in its `text`, so one that is always the same is all there.
    """

    def __init__(self, query: QuerySet[Any, Any], *, within: str = "{}") -> None:
        self.text = ""
        self._parameters: tuple[Any, ...] = ()
        try:
            written, self._parameters = query.query.sql_with_params()
        except EmptyResultSet:
            return  # the ORM knows that no row can match
        written, self._parameters = _with_members(written, self._parameters)
        self.text = within.replace("{}", written)

    def rows(self, given: Mapping[Any, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows, with the values given in the place of their stand-ins."""
        if not self.text:
            return []
        instead = given or {}
        with connection.cursor() as cursor:
            # Moments as numbers: read from text, they cost more than all the rest of a list.
            cursor.cursor.format = Format.BINARY
            cursor.execute(self.text, [instead.get(value, value) for value in self._parameters])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class Joined(Statement):
    """Several statements as one, so that they are asked for once: `within` says where each is."""

    def __init__(self, within: str, **parts: Statement) -> None:
        pieces = _PART.split(within)  # text and name by turns
        named = [parts[name] for name in pieces[1::2]]
        pieces[1::2] = [part.text for part in named]
        self.text = "".join(pieces)
        self._parameters = tuple(value for part in named for value in part._parameters)


def plain_array(values: Iterable[object]) -> str:
    """
    Return numbers, days, moments and truths as the array that PostgreSQL reads; not for words.

    psycopg asks of each element whether it must be quoted: for a million it takes seconds.
    """
    return f"{{{','.join(['NULL' if value is None else str(value) for value in values])}}}"


def word_array(values: Iterable[str | None]) -> str:
    """Return words as the array that PostgreSQL reads, as quick as `plain_array`."""
    return f"{{{','.join(['NULL' if word is None else _quoted(word) for word in values])}}}"


def _quoted(word: str) -> str:
    if "\\" in word or '"' in word:
        word = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{word}"'


def _with_members(written: str, parameters: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """Write the members of enumerations into the text; return it with what is left to be given."""
    given = iter(parameters)
    left: list[Any] = []

    def instead(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        value = next(given)
        if isinstance(value, Enum):
            return sql.quote(value.value).replace("%", "%%")
        left.append(value)
        return "%s"

    return _PLACE.sub(instead, written), tuple(left)
