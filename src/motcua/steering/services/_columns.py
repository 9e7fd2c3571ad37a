"""How the columns of the read models are written: in arrays of a statement, and in rows of COPY."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from motcua.kernel import copying

# What psycopg is to say of the columns of `unnest`.
TYPES: Mapping[str, str] = {
    "UUIDField": "uuid",
    "BigIntegerField": "bigint",
    "PositiveSmallIntegerField": "smallint",
    "CharField": "text",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "timestamptz",
}
# And how a row of COPY says it. Of numbers and words there are few, each in many rows.
WRITERS: Mapping[str, Callable[[Any], bytes]] = {
    "UUIDField": copying.uuid,
    "BigIntegerField": cache(copying.bigint),
    "PositiveSmallIntegerField": copying.smallint,
    "CharField": cache(copying.word),
    "BooleanField": copying.truth,
    "DateField": copying.day,
    "DateTimeField": copying.moment,
}
