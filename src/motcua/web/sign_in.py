"""
Signing in and out.

One page for all ways in. Today: a name and a password, and in a demonstration its accounts at one
press. National e-identity (VNeID) and the officers' own sign-in plug in here, as further ways: each
is a view that ends in `_welcome(request, account)`, and a button in `sign_in/sign_in.html`.
"""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts.models import Account
from motcua.parties.queries import person_of
from motcua.procedures.definitions import Problem

from .language import safe_next
from .navigation import path_to

BACKEND = "motcua.web.sessions.Accounts"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a password, and go on to the page that asked who is there."""
    problems: list[Problem] = []
    username = ""
    if request.method == "POST":
        username = request.POST.get("username", "").strip()[:80]
        password = request.POST.get("password", "")
        problems = _missing(username, password)
        if not problems:
            account = authenticate(request, username=username, password=password)
            if isinstance(account, Account):
                return _welcome(request, account)
            # One message for both, so that nobody learns which names exist.
            problems = [Problem(key="username", message=_("Tên đăng nhập hoặc mật khẩu chưa đúng"))]
    return render(
        request,
        "sign_in/sign_in.html",
        {
            "username": username,
            "next": safe_next(request),
            "groups": _demonstration_accounts(),
            "problems": problems,
        },
        status=422 if problems else 200,
    )


@never_cache
@require_POST
def sign_in_demonstration(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's accounts. Elsewhere this page does not exist."""
    names = {account["username"] for account in settings.DEMO_ACCOUNTS}
    username = request.POST.get("username", "")
    if not settings.DEMONSTRATION or username not in names:
        raise Http404
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Http404
    return _welcome(request, account)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go home."""
    logout(request)
    return HttpResponseRedirect(reverse("portal:home"))


def _welcome(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(safe_next(request) or _first_page_of(account))


def _first_page_of(account: Account) -> str:
    url_name = "portal:my-dossiers" if person_of(account) else "desk:home"
    return path_to(url_name) or reverse("portal:home")


def _missing(username: str, password: str) -> list[Problem]:
    problems = []
    if not username:
        problems.append(Problem(key="username", message=_("Nhập tên đăng nhập")))
    if not password:
        problems.append(Problem(key="password", message=_("Nhập mật khẩu")))
    return problems


def _demonstration_accounts() -> dict[str, list[dict[str, str]]]:
    """Return the demonstration's accounts by role, in the order the settings name them."""
    groups: dict[str, list[dict[str, str]]] = {}
    if settings.DEMONSTRATION:
        for account in settings.DEMO_ACCOUNTS:
            groups.setdefault(account["role"], []).append(account)
    return groups
