"""What every page of an act has in common: ask, do, and say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.documents.services import FileRefused
from motcua.dossiers import policies
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Tab
from motcua.dossiers.services import Incomplete, NotAllowed
from motcua.kernel import clock
from motcua.offices.queries import Mandate, NoSuchUnit
from motcua.procedures.definitions import Problem, Version
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest
from motcua.web.words import Words

from .access import dossier_or_404
from .forms import ActForm


@dataclass(frozen=True, kw_only=True)
class ActPage:
    """The words of an act's page, and the template for what it shows beside its form."""

    verb: str
    title: Words
    lead: Words
    button: Words
    told: Words  # said when it is done
    template: str = "desk/dossiers/act.html"
    is_final: bool = False  # ends the dossier: the button warns


# Where each act has its page, and which list it works off: the next dossier comes from there.
SCREENS = {
    "accept": ("desk:acceptance-new", Tab.INTAKE),
    "refuse": ("desk:refusal-new", Tab.INTAKE),
    "request_intake_supplement": ("desk:intake-supplement-request-new", Tab.INTAKE),
    "take_up": ("desk:take-up-create", Tab.UNASSIGNED),
    "assign": ("desk:assignment-new", Tab.UNASSIGNED),
    "propose": ("desk:proposal-new", Tab.MINE),
    "request_supplement": ("desk:supplement-request-new", Tab.MINE),
    "impose_obligation": ("desk:obligation-new", Tab.MINE),
    "discharge_obligation": ("desk:obligation-discharge-new", Tab.WAITING),
    "consult_agency": ("desk:consultation-new", Tab.MINE),
    "hear_from_agency": ("desk:consultation-answer-new", Tab.WAITING),
    "suspend": ("desk:suspension-new", Tab.TO_DECIDE),
    "resume_settlement": ("desk:suspension-end-new", Tab.WAITING),
    "ask_further_intake_round": ("desk:further-intake-round-new", Tab.INTAKE),
    "ask_further_round": ("desk:further-round-new", Tab.MINE),
    "approve_further_round": ("desk:further-round-approval-new", Tab.ASKED),
    "decline_further_round": ("desk:further-round-refusal-new", Tab.ASKED),
    "grant_withdrawal": ("desk:withdrawal-new", Tab.ASKED),
    "decline_withdrawal": ("desk:withdrawal-refusal-new", Tab.ASKED),
    "decide": ("desk:decision-new", Tab.TO_DECIDE),
    "send_back": ("desk:send-back-new", Tab.TO_DECIDE),
    "stop": ("desk:stop-new", Tab.TO_DECIDE),
    "return_result": ("desk:return-new", Tab.TO_RETURN),
    "state_cause": ("desk:delay-cause-new", Tab.OVERDUE),
    "apologise": ("desk:apology-new", Tab.OVERDUE),
    "extend": ("desk:extension-new", Tab.NEAR),
}


def posted(request: OfficerRequest) -> QueryDict | None:
    """Return what was sent to be done; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def perform(
    request: OfficerRequest,
    dossier: Dossier,
    page: ActPage,
    form: ActForm,
    act: Callable[[datetime], object],
    **shown: object,
) -> HttpResponse:
    """
    Show the page of an act, or do the act and go back to the dossier.

    What is typed wrongly is said beside the form (422). An act that is not allowed, or no longer,
    as after a second click, is explained with what became of the dossier; nothing typed is lost.
    """
    refusal = _why_not(request, dossier, page.verb)
    if not refusal and request.method == "POST" and form.is_valid():
        try:
            act(clock.now())
        except (NotAllowed, NoSuchUnit) as refused:
            refusal = str(refused)
        except (Incomplete, FileRefused) as incomplete:
            form.add_error(None, str(incomplete))
        else:
            messages.success(request, str(page.told))
            return redirect(f"{reverse('desk:dossier', args=[dossier.code])}?sau={page.verb}")
    if refusal:
        return _refused(request, dossier, page, form, refusal)
    return render(
        request,
        page.template,
        {"dossier": dossier, "act": page, "form": form, "problems": problems_of(form), **shown},
        status=422 if form.is_bound else 200,
    )


def problems_of(form: ActForm) -> list[Problem]:
    """Return what is wrong with the form, each with the box to mend."""
    return [
        Problem(key="" if name == "__all__" else name, message=str(message))
        # As the boxes stand on the page, not as they were judged; what concerns all comes last.
        for name in (*form.fields, "__all__")
        for message in form.errors.get(name, ())
    ]


def check_may(
    verb: str, mandate: Mandate, dossier: Dossier, version: Version, *, at: datetime
) -> None:
    """
    Stop an officer who may not do this now: by state and post, or by what a delay asks for.

    :raises NotAllowed: one of its kinds
    """
    if verb in policies.LATENESS_ACTS:
        policies.check_lateness_act(verb, mandate, dossier, version, at=at)
        return
    policies.check_officer_may(verb, mandate, dossier, version)
    if verb == "decide":
        policies.check_cause_is_stated(dossier, at=at)


def _why_not(request: OfficerRequest, dossier: Dossier, verb: str) -> str:
    try:
        check_may(verb, request.mandate, dossier, compiled(dossier.version_id), at=clock.now())
    except NotAllowed as refusal:
        return str(refusal) or _("Việc này chưa làm được.")
    return ""


def _refused(
    request: OfficerRequest, dossier: Dossier, page: ActPage, form: ActForm, refusal: str
) -> HttpResponse:
    return render(
        request,
        "desk/dossiers/act_refused.html",
        {
            # Read again: it may have moved between the first look and the act.
            "dossier": dossier_or_404(request, dossier.code),
            "act": page,
            "refusal": refusal,
            "typed": form.typed(),
        },
        status=422 if request.method == "POST" else 200,
    )
