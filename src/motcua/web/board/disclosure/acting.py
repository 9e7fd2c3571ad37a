"""What the office's forms have in common: which refusals can be mended, and which are another's."""

from collections.abc import Callable

from django.http import HttpResponse

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
from motcua.web import acting
from motcua.web.access import OfficerRequest
from motcua.web.words import Words

_REFUSALS = acting.Refusals(
    to_mend=(AmendedToNothingLess, NamesACitizen, NeedsAReason, NothingToCorrect),
    not_theirs=(NotALeaderOfTheCity, NotAnother, NotNamedThere, NotTheCitysOffice),
    not_now=(NotAllowed,),
)


def attempt(
    request: OfficerRequest,
    act: Callable[[], object],
    *,
    told: Words,
    then: str,
    again: Callable[[str], HttpResponse],
) -> HttpResponse:
    """Do the act, say `told` and lead on; or say what stands in the way, as `acting.attempt`."""

    def done() -> Words:
        act()
        return told

    return acting.attempt(
        request,
        done,
        refusals=_REFUSALS,
        then=then,
        again=lambda lacking: again(str(lacking)),
        typed=request.POST.get("words") or request.POST.get("reason", ""),
    )
