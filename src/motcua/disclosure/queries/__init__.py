"""Reads of publications: for the office, for those named in them, and for everybody."""

from .asked import PublicationAsks, lines_to_answer, publication_asks, takes_any_replies
from .content import FORMAT, content_for
from .figures import figures_of
from .publications import (
    LineSheet,
    NoSuchPublication,
    Published,
    content_of,
    corrections_of,
    corrections_proposed,
    dossiers_behind,
    line_with,
    lines_concerning,
    lines_of,
    name_in,
    publication_with,
    publications,
    published,
    published_months,
    published_of,
)

__all__ = [
    "FORMAT",
    "LineSheet",
    "NoSuchPublication",
    "PublicationAsks",
    "Published",
    "content_for",
    "content_of",
    "corrections_of",
    "corrections_proposed",
    "dossiers_behind",
    "figures_of",
    "line_with",
    "lines_concerning",
    "lines_of",
    "lines_to_answer",
    "name_in",
    "publication_asks",
    "publication_with",
    "publications",
    "published",
    "published_months",
    "published_of",
    "takes_any_replies",
]
