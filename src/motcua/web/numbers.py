"""Whole numbers as addresses, boxes and buttons send them: read in one way, whatever was sent."""

from django.http import HttpRequest

_DIGITS_MAX = 18  # every such number is one that the database can look for
_PAGES_MAX = 9_999


def whole(sent: str, *, digits_max: int = _DIGITS_MAX) -> int | None:
    """Return the number that was sent, or None where it is none, or longer than any of its kind."""
    is_one = sent.isascii() and sent.isdecimal() and len(sent) <= digits_max
    return int(sent) if is_one else None


def start_of_page(request: HttpRequest, rows: int) -> int:
    """Return how many rows come before the page that is asked for, of so many rows each."""
    page = whole(request.GET.get("page", "")) or 1
    return (page - 1) * rows if page <= _PAGES_MAX else 0
