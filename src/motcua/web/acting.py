"""What the forms of boards and console have in common: done, it says so; refused, it says why."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.web.words import Words

Problems = list[dict[str, str]]  # what is wrong with the boxes of a form: key and message


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """What the acts of a room refuse, by what whoever asked can do about it."""

    to_mend: tuple[type[Exception], ...] = ()  # on the page itself, at once
    not_theirs: tuple[type[Exception], ...] = ()  # it is another's act
    not_now: tuple[type[Exception], ...]  # it is not allowed as things stand
    layout: str = "layouts/board.html"


def attempt(
    request: HttpRequest,
    act: Callable[[], Words],
    *,
    refusals: Refusals,
    then: str,
    again: Callable[[Exception], HttpResponse],
    typed: str = "",
) -> HttpResponse:
    """
    Do the act, say what it returns and lead on; or say what stands in the way.

    What is missing is asked for on the page itself (422, `again`), and nothing typed is lost. An
    act that is not theirs (403), or not allowed as things stand (409), as after a second click,
    has a page that says why, shows what was typed and leads to `then`, where it stands now.
    """
    try:
        told = act()
    except refusals.to_mend as lacking:
        return again(lacking)
    except (*refusals.not_theirs, *refusals.not_now) as refusal:
        return refused(request, refusal, refusals=refusals, then=then, typed=typed)
    messages.success(request, str(told))
    return redirect(then)


def refused(
    request: HttpRequest, refusal: Exception, *, refusals: Refusals, then: str, typed: str = ""
) -> HttpResponse:
    """Say why an act is not theirs (403) or not allowed as things stand (409), and lead on."""
    return render(
        request,
        "refused.html",
        {"layout": refusals.layout, "refusal": str(refusal), "then": then, "typed": typed},
        status=403 if isinstance(refusal, refusals.not_theirs) else 409,
    )


def problem(key: str, message: str) -> Problems:
    """Return what is wrong with one box, for the summary and the box itself."""
    return [{"key": key, "message": message}]


def errors_of(problems: Problems) -> dict[str, str]:
    """Return what stands beside each box; of several faults the first."""
    return {each["key"]: each["message"] for each in reversed(problems)}
