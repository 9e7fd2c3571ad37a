"""What every answer carries so that a page can do no harm, and what only pages have to pay for."""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CsrfViewMiddleware, get_token
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from .sessions import account_in

API = "/api/"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

# Not no-referrer: Django checks the referrer of a form sent over https.
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)

_LETTERS = len(CSRF_ALLOWED_CHARS)
_PLACES = {letter: place for place, letter in enumerate(CSRF_ALLOWED_CHARS)}


class SecurityHeaders:
    """
    Middleware: add the headers above, unless the view has set its own.

    What is shown to somebody who is signed in stays in no cache: counters and cafés share
    computers, and the next person presses Back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS:
            if name not in response.headers:
                response.headers[name] = value
        if (
            "Cache-Control" not in response.headers
            and settings.SESSION_COOKIE_NAME in request.COOKIES
        ):
            response.headers["Cache-Control"] = "no-store"
        return response


class _PagesOnly:
    """A middleware of Django's that the API, which knows bearer tokens only, passes by."""

    get_response: Any  # of Django's middleware that stands beside this class

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(API):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]  # a mixin


class PageSessions(_PagesOnly, SessionMiddleware):
    """Sessions, for pages."""


class PageAccounts(_PagesOnly, AuthenticationMiddleware):
    """The account that is signed in, for pages."""

    def process_request(self, request: HttpRequest) -> None:
        """Look who it is when it is first asked."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: account_in(request))  # type: ignore[assignment]  # Django does so


class PageMessages(_PagesOnly, MessageMiddleware):
    """Messages carried to the next page, for pages."""


class PageCsrf(_PagesOnly, CsrfViewMiddleware):
    """Tokens against forged forms, for pages: a bearer token is never sent by itself."""

    def process_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.path_info.startswith(API):
            return None
        return super().process_view(request, *args, **kwargs)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say that the answer is for whoever has the cookie, if a form stands in it."""
        if hasattr(request, "has_form"):
            patch_vary_headers(response, ("Cookie",))
        return super().process_response(request, response)


def form_token(request: HttpRequest) -> dict[str, Any]:
    """
    Return the token of the page's forms for the templates (a context processor).

    It is Django's, masked anew for each page. But the mask is drawn at once and not letter by
    letter, and the cookie is not sent again with every form: it lives for a year, and whoever
    signs in, for a day, gets another.
    """
    return {"csrf_token": SimpleLazyObject(lambda: _token(request))}


def _token(request: HttpRequest) -> str:
    secret = request.META.get("CSRF_COOKIE")
    if secret is None:
        return get_token(request)  # which gives the visitor the cookie
    request.has_form = True  # type: ignore[attr-defined]  # for process_response, above
    return _masked(secret)


def _masked(secret: str) -> str:
    drawn = secrets.randbelow(_LETTERS ** len(secret))
    mask = cipher = ""
    for letter in secret:
        drawn, shift = divmod(drawn, _LETTERS)
        mask += CSRF_ALLOWED_CHARS[shift]
        cipher += CSRF_ALLOWED_CHARS[(_PLACES[letter] + shift) % _LETTERS]
    return mask + cipher
