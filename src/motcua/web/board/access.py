"""Who sees the boards: leaders of agencies, and the committee of the city with its office."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from motcua.offices.models import Agency
from motcua.offices.queries import (
    Mandate,
    agencies_led,
    agencies_of_city,
    leads_city,
    works_for_city,
)
from motcua.web.access import OfficerRequest, View, officer_required
from motcua.web.navigation import oversees


def overseer_required(view: View) -> View:
    """Let through who leads an agency, or works for the committee of the city."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not oversees(request.mandate):
            return render(request, "sign_in/not_a_leader.html", status=403)
        return view(request, *args, **kwargs)

    return officer_required(guarded)


def office_required(view: View) -> View:
    """Let through an officer of the city's committee or its office."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_for_city(request.mandate):
            return render(request, "board/not_the_office.html", status=403)
        return view(request, *args, **kwargs)

    return officer_required(guarded)


def sees_all(mandate: Mandate) -> bool:
    """Return whether every agency of the city is open to the officer."""
    return leads_city(mandate) or works_for_city(mandate)


def agencies_seen(mandate: Mandate) -> list[Agency]:
    """Return the agencies whose figures the officer may open, communes after their districts."""
    return agencies_of_city() if sees_all(mandate) else agencies_led(mandate)


def seen_ids(mandate: Mandate) -> frozenset[int] | None:
    """Return the same as ids; None: all of them."""
    if sees_all(mandate):
        return None
    return frozenset(agency.pk for agency in agencies_led(mandate))


def check_seen(request: OfficerRequest, agency_id: int) -> None:
    """
    Stop who opens the page of a stranger's agency.

    :raises Http404: if the agency is none that the officer answers for
    """
    seen = seen_ids(request.mandate)
    if seen is not None and agency_id not in seen:
        raise Http404
