"""Whether this is the right procedure: a few questions before anything is typed or sent."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.kernel.clock import today
from motcua.procedures.definitions import Problem, Screen, Version
from motcua.procedures.queries import UnknownProcedure, national_procedure, version_in_force

from . import shown

YES, NO, UNSURE = "co", "khong", "khong-chac"
ANSWERS = (
    {"value": YES, "label": gettext_lazy("Có")},
    {"value": NO, "label": gettext_lazy("Không")},
    {"value": UNSURE, "label": gettext_lazy("Tôi không chắc")},
)
ASKED = "xem"  # in the address once the answers are sent: nothing is kept of them anywhere else


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the answers come to: what does not fit, and what is still open."""

    against: tuple[Screen, ...]
    open: tuple[Screen, ...]

    @property
    def fits(self) -> bool:
        """Whether every question was answered as the procedure needs it."""
        return not self.against and not self.open


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what must be true for this procedure, or say what the answers come to."""
    try:
        version = version_in_force(code, today())
    except UnknownProcedure:
        raise Http404 from None
    if not version.screening:
        raise Http404
    given = {screen.key: request.GET.get(screen.key, "") for screen in version.screening}
    missing = [
        screen
        for screen in version.screening
        if given[screen.key] not in {answer["value"] for answer in ANSWERS}
    ]
    context: dict[str, Any] = {
        "version": version,
        "given": given,
        "answers": ANSWERS,
    }
    if ASKED in request.GET and not missing:
        verdict = weigh(version, given)
        context |= {
            "verdict": verdict,
            "against": [(screen, _name_of(screen.instead)) for screen in verdict.against],
            "settled_by": shown.settled_by(version),
            "change": urlencode(given),
        }
        return render(request, "portal/suitability_verdict.html", context)
    if ASKED in request.GET:
        context["problems"] = [
            Problem(key=screen.key, message=_("Chọn một câu trả lời: %s") % screen.question)
            for screen in missing
        ]
    return render(request, "portal/suitability.html", context)


def weigh(version: Version, given: dict[str, str]) -> Verdict:
    """Return what the answers come to; each question has one of the three."""
    return Verdict(
        against=tuple(
            screen
            for screen in version.screening
            if given[screen.key] == (NO if screen.passes else YES)
        ),
        open=tuple(screen for screen in version.screening if given[screen.key] == UNSURE),
    )


def _name_of(code: str) -> str:
    """Return the name of the procedure that fits instead; none where we do not have it."""
    for look_up in (lambda: version_in_force(code, today()), lambda: national_procedure(code)):
        with suppress(UnknownProcedure):
            return look_up().name
    return ""
