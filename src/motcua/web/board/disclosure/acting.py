"""What the office's forms have in common: done, it says so; refused, it says why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.disclosure.services import (
    AmendedToNothingLess,
    NamesACitizen,
    NeedsAReason,
    NotALeaderOfTheCity,
    NotAllowed,
    NotAnother,
    NothingToCorrect,
    NotNamedThere,
    NotTheCitysOffice,
)
from motcua.web.access import OfficerRequest
from motcua.web.words import Words

# What whoever typed it can mend at once.
_TO_MEND = (AmendedToNothingLess, NamesACitizen, NeedsAReason, NothingToCorrect)

_NOT_THEIRS = (NotALeaderOfTheCity, NotAnother, NotNamedThere, NotTheCitysOffice)


def attempt(
    request: OfficerRequest,
    act: Callable[[], object],
    *,
    told: Words,
    then: str,
    again: Callable[[str], HttpResponse],
) -> HttpResponse:
    """
    Do the act and lead on, or say what stands in the way.

    What is missing is asked for on the page itself (422, `again`), and nothing typed is lost. An
    act that is not the officer's (403), or not allowed as the publication stands (409), has a page
    that says why and leads to where it stands now.
    """
    try:
        act()
    except _TO_MEND as lacking:
        return again(str(lacking))
    except NotAllowed as refused:
        return render(
            request,
            "board/disclosure/refused.html",
            {
                "refusal": str(refused),
                "then": then,
                "typed": request.POST.get("words") or request.POST.get("reason", ""),
            },
            status=403 if isinstance(refused, _NOT_THEIRS) else 409,
        )
    messages.success(request, str(told))
    return redirect(then)
