"""What the plan's forms have in common: what is amiss stands beside its box, or why not at all."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse

from motcua.documents.services import FileRefused
from motcua.kernel import clock
from motcua.plans import policies
from motcua.plans.services import Incomplete
from motcua.web import acting
from motcua.web.days import NoSuchDay

from .access import PlanRequest

Problems = list[dict[str, str]]

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


def problem(key: str, message: str) -> Problems:
    """Return what is wrong with one box, for the summary and the box itself."""
    return [{"key": key, "message": message}]


def errors_of(problems: Problems) -> dict[str, str]:
    """Return what stands beside each box; of several faults the first."""
    return {each["key"]: each["message"] for each in reversed(problems)}
