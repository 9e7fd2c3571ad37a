"""Who may open a screen: a citizen, an officer, an administrator. Acts are guarded by policies."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.accounts.models import Account
from motcua.kernel import clock
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, NotAnOfficer
from motcua.parties.models import Person
from motcua.parties.queries import person_of

from .asked import Waiting
from .sessions import mandate_in

View = Callable[..., HttpResponse]


class CitizenRequest(HttpRequest):
    """A request that `citizen_required` let through."""

    user: Account
    person: Person


class OfficerRequest(HttpRequest):
    """A request that `officer_required` let through."""

    user: Account
    mandate: Mandate
    waiting: Waiting | None = None  # a view that has counted it tells the frame


def citizen_required(view: View) -> View:
    """Let through who is signed in as a person, as `request.person`; tell others what to do."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.person = person_of(request.user)
        if request.person is None:
            return render(request, "sign_in/not_a_citizen.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def officer_required(view: View) -> View:
    """Let through who holds a post today, as `request.mandate`; tell others what to do."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            request.mandate = mandate_in(request, clock.today())
        except NotAnOfficer:
            return render(request, "sign_in/not_an_officer.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def administrator_required(view: View) -> View:
    """Let through an officer who runs the system."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if PostRole.ADMINISTRATOR not in request.mandate.roles:
            return render(request, "sign_in/not_an_administrator.html", status=403)
        return view(request, *args, **kwargs)

    return officer_required(guarded)
