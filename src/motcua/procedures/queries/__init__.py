"""What is published, and what of it the words of people mean."""

from .search import search
from .versions import (
    FRESH_SECONDS,
    UnknownProcedure,
    compiled,
    forget,
    published,
    version_in_force,
)

__all__ = [
    "FRESH_SECONDS",
    "UnknownProcedure",
    "compiled",
    "forget",
    "published",
    "search",
    "version_in_force",
]
