"""Addresses that nothing can be at, and signs that stand in no word."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from .errors import not_found
from .security import API


class WholeAddresses:
    """
    Middleware: take the NULs out of an address, which stand in no word and which no database takes.

    In the path of a page they are a page that is not there; the API answers for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path and not request.path.startswith(API):
            return not_found(request)
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return self.get_response(request)


class WholeForms:
    """
    Middleware: take the NULs out of a form that was sent, as out of an address.

    Behind whatever reads the form first: one that is not ours is refused unread.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Replace what was sent, if any of it has a NUL."""
        if request.method != "POST" or request.path.startswith(API):
            return
        sent = request.POST
        if any("\0" in each for _name, values in sent.lists() for each in values):
            request.POST = QueryDict(
                urlencode(
                    [
                        (name, each.replace("\0", ""))
                        for name, values in sent.lists()
                        for each in values
                    ]
                )
            )
