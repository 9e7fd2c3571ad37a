"""What is published, and what of it the words of people mean."""

from . import national, versions
from .announcements import (
    Announced,
    AnnouncementSheet,
    NoSuchAnnouncement,
    announced,
    announcement_sheet,
    announcement_years,
    announcements,
    knows_announcements,
    names_of_procedures,
    procedures_of,
)
from .entries import Online, field_key
from .life_events import LifeEvent, common_ranks, life_events
from .national import (
    differences_of,
    national_differences,
    national_original,
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
from .search import Explanation, Found, Hit, find
from .versions import (
    FRESH_SECONDS,
    UnknownProcedure,
    compiled,
    gives_document,
    published,
    version_in_force,
)

__all__ = [
    "FRESH_SECONDS",
    "Announced",
    "AnnouncementSheet",
    "Explanation",
    "Found",
    "Hit",
    "LifeEvent",
    "NationalFilter",
    "NoSuchAnnouncement",
    "NoSuchRecord",
    "Online",
    "Review",
    "UnknownProcedure",
    "announced",
    "announcement_sheet",
    "announcement_years",
    "announcements",
    "common_ranks",
    "compiled",
    "differences_of",
    "field_key",
    "find",
    "forget",
    "gives_document",
    "knows_announcements",
    "life_events",
    "names_of_procedures",
    "national_counts",
    "national_differences",
    "national_original",
    "national_procedure",
    "national_procedures",
    "national_records",
    "procedures_of",
    "published",
    "review_of",
    "version_in_force",
]


def forget() -> None:
    """Read anew, at the next question, what is in force and what is published nationally."""
    versions.forget()
    national.forget()
