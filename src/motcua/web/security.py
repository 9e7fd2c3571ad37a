"""What every answer carries so that a page can do no harm, and what only pages have to pay for."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

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


class PageMessages(_PagesOnly, MessageMiddleware):
    """Messages carried to the next page, for pages."""


class PageCsrf(_PagesOnly, CsrfViewMiddleware):
    """Tokens against forged forms, for pages: a bearer token is never sent by itself."""

    def process_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.path_info.startswith(API):
            return None
        return super().process_view(request, *args, **kwargs)
