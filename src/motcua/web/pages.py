"""A long list in pages: which one an address asks for, and what stands on it."""

from collections.abc import Callable
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from .numbers import whole

_NUMBER_MAX = 9_999

RowT = TypeVar("RowT")


def page_asked(request: HttpRequest) -> int:
    """Return the number of the page that is asked for: the first, unless the address has one."""
    return min(whole(request.GET.get("page", "")) or 1, _NUMBER_MAX)


def page_read(
    request: HttpRequest, rows: int, read: Callable[[int, int], tuple[int, list[RowT]]]
) -> tuple[Page[int], list[RowT]]:
    """
    Return the page that is asked for, of so many rows each, and its rows; the last, if it has less.

    `read` is told where the page starts and stops, and returns its rows behind the number of all.
    """
    asked = page_asked(request)
    count, found = read((asked - 1) * rows, asked * rows)
    if asked > 1 and not found:
        # A stretch beyond the end need not know how many there are; the first one does.
        count, found = read(0, rows)
    page = Paginator(range(count), rows).get_page(asked)
    if page.number not in (1, asked):
        count, found = read((page.number - 1) * rows, page.number * rows)
    return page, found
