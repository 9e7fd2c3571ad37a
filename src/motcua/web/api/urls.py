"""The addresses of the API. What has none, or another method, is a problem too."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from .answers import public
from .bodies import check_length
from .problems import Refused, answer, answer_to
from .schema import Api

app_name = "api"

api = Api()


def openapi(request: HttpRequest) -> HttpResponse:
    """Describe the API to programs."""
    if request.method != "GET":
        return _not_allowed(request, "GET")
    return public(api.description_of_all())


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Say in the API's own way that an address leads nowhere."""
    return answer(request, "not-found")


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **path: Any) -> HttpResponse:
        if "\x00" in request.path:  # which PostgreSQL cannot even be asked for
            return answer(request, "not-found")
        if request.method != "GET":
            try:
                check_length(request)
            except Refused as refused:
                return answer_to(request, refused)
        response = view(request, *args, **path)
        if response.status_code == 405:
            return _not_allowed(request, response.headers["Allow"])
        return response

    return guarded


def _not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = answer(request, "method-not-allowed")
    response.headers["Allow"] = allowed
    return response


def _addresses() -> list[URLPattern]:
    patterns, _app, _namespace = api.urls
    addresses = [p for p in patterns if isinstance(p, URLPattern) and p.name != "api-root"]
    for address in addresses:
        address.callback = _guarded(address.callback)
    return addresses


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *_addresses(),
    re_path(r"^.*\Z", nothing_here),
]
