"""What the office's forms have in common: done, it says so; refused, it says why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from motcua.disclosure.services import (
    AmendedToNothingLess,
    NamesACitizen,
    NeedsAReason,
    NotAllowed,
    NothingToCorrect,
)
from motcua.web.access import OfficerRequest
from motcua.web.words import Words

# What whoever typed it can mend at once.
_TO_MEND = (AmendedToNothingLess, NamesACitizen, NeedsAReason, NothingToCorrect)


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
    act that is not allowed, or no longer, leads to where the publication stands now.
    """
    try:
        act()
    except _TO_MEND as lacking:
        return again(str(lacking))
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(told))
    return redirect(then)
