"""Addresses that nothing can be at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .errors import bad_request


class WholeAddresses:
    """Middleware: refuse an address with a NUL, which stands in no name and no database takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        return self.get_response(request)
