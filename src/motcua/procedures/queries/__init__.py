"""What is published, and what of it the words of people mean."""

from . import national, versions
from .national import (
    differences_of,
    national_differences,
    national_procedure,
    national_procedures,
)
from .reviews import (
    NationalFilter,
    NoSuchRecord,
    Review,
    national_counts,
    national_records,
    review_of,
)
from .search import search
from .versions import (
    FRESH_SECONDS,
    UnknownProcedure,
    compiled,
    published,
    version_in_force,
)

__all__ = [
    "FRESH_SECONDS",
    "NationalFilter",
    "NoSuchRecord",
    "Review",
    "UnknownProcedure",
    "compiled",
    "differences_of",
    "forget",
    "national_counts",
    "national_differences",
    "national_procedure",
    "national_procedures",
    "national_records",
    "published",
    "review_of",
    "search",
    "version_in_force",
]


def forget() -> None:
    """Read anew, at the next question, what is in force and what is published nationally."""
    versions.forget()
    national.forget()
