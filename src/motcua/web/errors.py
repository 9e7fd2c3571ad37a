"""The pages for when something went wrong. They ask no database and no session, so they stand."""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from motcua.kernel.numbers import random_secret

from .security import API

logger = logging.getLogger(__name__)

_TITLES = {
    400: "Bad request",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    500: "Internal server error",
    503: "Service unavailable",
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be understood."""
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this is not theirs to see."""
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or not ours, and how to send it again."""
    return _answer(request, 403, template="csrf")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return _answer(request, 404)


def no_door_without_a_form(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let who opens the address of an act read a page; Django's own answer is blank."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = _answer(request, 405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, with a code to quote; 503 while the database is away."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    code = random_secret()
    logger.error("error %s at %s", code, request.path)
    return _answer(request, 500, code=code)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that the system rests for a moment."""
    response = _answer(request, 503)
    response.headers["Retry-After"] = "60"
    return response


def _answer(
    request: HttpRequest, status: int, template: str | None = None, code: str = ""
) -> HttpResponse:
    if request.path_info.startswith(API):
        problem = {"type": "about:blank", "title": _TITLES[status], "status": status}
        if code:
            problem["detail"] = code
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    page = render_to_string(
        f"errors/{template or status}.html",
        {"city_phone": settings.CITY_PHONE, "code": code, "next": request.path},
    )
    return HttpResponse(page, status=status)
