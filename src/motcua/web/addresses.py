"""Addresses that nothing can be at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
