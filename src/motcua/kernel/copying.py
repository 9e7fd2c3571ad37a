"""
Rows in great number, by COPY in PostgreSQL's binary format: nothing to escape, nothing to parse.

A row is `row(how many)` and then its fields, each from one of the functions here, by its column's
type; together they are bytes to be joined. PostgreSQL reads moments and JSON so in half the time
that their text takes it, and a field that many rows share is written out once.
"""

from binascii import unhexlify
from collections.abc import Iterable
from datetime import UTC, date, datetime
from struct import Struct

from django.db import connection

NONE = b"\xff\xff\xff\xff"
_BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_FALSE, _TRUE = b"\0\0\0\1\0", b"\0\0\0\1\1"
# A length and a number.
_SMALLINT, _INTEGER, _BIGINT = Struct(">ih").pack, Struct(">ii").pack, Struct(">iq").pack
# PostgreSQL counts from the year 2000.
_FIRST_DAY = date(2000, 1, 1).toordinal()
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_SECOND = int(_FIRST_MOMENT.timestamp())


def copy_rows(table: str, columns: Iterable[str], rows: Iterable[bytes]) -> None:
    """Write rows of these columns. The table's name and theirs are ours, not a stranger's."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(statement) as copy,
    ):
        copy.write(b"".join((_BEGIN, *rows, _END)))


def row(fields: int) -> bytes:
    """Return how a row of so many fields begins."""
    return fields.to_bytes(2, "big")


def word(value: str) -> bytes:
    """Return a field of a column of characters."""
    written = value.encode()
    return len(written).to_bytes(4, "big") + written


def json(written: bytes) -> bytes:
    """Return a field of a column of type jsonb, from JSON text."""
    return (len(written) + 1).to_bytes(4, "big") + b"\1" + written


def uuid(value: str) -> bytes:
    """Return a field of a column of type uuid."""
    return b"\0\0\0\x10" + unhexlify(value.replace("-", ""))


def smallint(value: int) -> bytes:
    """Return a field of a column of type smallint."""
    return _SMALLINT(2, value)


def integer(value: int) -> bytes:
    """Return a field of a column of type integer."""
    return _INTEGER(4, value)


def bigint(value: int) -> bytes:
    """Return a field of a column of type bigint, or of xid8."""
    return _BIGINT(8, value)


def truth(value: bool) -> bytes:
    """Return a field of a column of type boolean."""
    return _TRUE if value else _FALSE


def day(value: date) -> bytes:
    """Return a field of a column of type date."""
    return _INTEGER(4, value.toordinal() - _FIRST_DAY)


def moment(at: datetime) -> bytes:
    """Return a field of a column of type timestamptz."""
    since = at - _FIRST_MOMENT
    return _BIGINT(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def second(at: int) -> bytes:
    """Return a field of a column of type timestamptz, from whole seconds since 1970."""
    return _BIGINT(8, (at - _FIRST_SECOND) * 1_000_000)
