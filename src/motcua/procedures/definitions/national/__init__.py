"""
Procedures as the national portal publishes them, read from a crawl of it.

The crawl flattened its tables: header words, then cells, run together without a sign between
them. What can be told apart is read; what cannot stays in the original, and the field says so.
"""

from .differences import Difference, differences
from .lines import BadLine, canonical, digest_of, read_lines
from .procedure import (
    FIELDS,
    Mark,
    NationalBasis,
    NationalChannel,
    NationalComponent,
    NationalFee,
    NationalLimit,
    NationalProcedure,
    NationalResult,
    TimeUnit,
)
from .record import SOURCES, InvalidRecord, read_national

__all__ = [
    "FIELDS",
    "SOURCES",
    "BadLine",
    "Difference",
    "InvalidRecord",
    "Mark",
    "NationalBasis",
    "NationalChannel",
    "NationalComponent",
    "NationalFee",
    "NationalLimit",
    "NationalProcedure",
    "NationalResult",
    "TimeUnit",
    "canonical",
    "differences",
    "digest_of",
    "read_lines",
    "read_national",
]
