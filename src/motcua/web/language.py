"""Which language a page speaks: Vietnamese, unless the person has chosen another."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

_A_YEAR = 365 * 24 * 60 * 60


class ChosenLanguage:
    """
    Middleware: speak the language of the cookie.

    The browser's Accept-Language is not asked: telephones sold here often say English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        # Threads are used again, so the language is set for every request.
        translation.activate(chosen if chosen in self.known else settings.LANGUAGE_CODE)
        return self.get_response(request)


@require_GET
def set_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language for a year and go back to the page it was chosen on."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponseRedirect(safe_next(request) or "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=_A_YEAR,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


def safe_next(request: HttpRequest) -> str:
    """Return where the request asks to go next, if that is on this site; else no text."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # What does not begin with a stroke would be taken for the name of an address.
    return wanted if ours and wanted.startswith("/") else ""
