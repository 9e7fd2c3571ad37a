"""What the plan's forms have in common: what is amiss stands beside its box, or why not at all."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse

from motcua.documents.services import FileRefused
from motcua.kernel import clock
from motcua.plans import policies
from motcua.plans.services import Incomplete
from motcua.web import acting
from motcua.web.acting import Problems, problem
from motcua.web.days import NoSuchDay

from .access import PlanRequest

REFUSALS = acting.Refusals(
    to_mend=(Incomplete, NoSuchDay, FileRefused),
    not_theirs=(
        policies.NotTheirPlan,
        policies.NotTheKeeper,
        policies.NotTheOwner,
        policies.NotTheSolver,
        policies.NotASecondPerson,
    ),
    not_now=(policies.NotAllowed,),
)


def attempt(
    request: PlanRequest,
    act: Callable[[datetime], str],
    *,
    then: str,
    again: Callable[[Problems], HttpResponse],
    box: str = "words",
) -> HttpResponse:
    """
    Do the act at this moment and lead on; or say what stands in the way, as `acting.attempt`.

    `box` is where the page has the words that the act takes.
    """

    def amiss(lacking: Exception) -> HttpResponse:
        key = lacking.key if isinstance(lacking, Incomplete | NoSuchDay) else "file"
        return again(problem(box if key == "words" else key, str(lacking)))

    return acting.attempt(
        request,
        lambda: act(clock.now()),
        refusals=REFUSALS,
        then=then,
        again=amiss,
        typed=request.POST.get(box) or request.POST.get("words", ""),
    )
