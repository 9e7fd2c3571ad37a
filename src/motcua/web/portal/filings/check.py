"""Everything read back before it is sent, and the act of sending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.filings import queries, services
from motcua.filings.models import Draft
from motcua.kernel import clock
from motcua.offices.models import Unit
from motcua.offices.queries import check_unit_open
from motcua.procedures.definitions import Channel, Problem, Version, Widget
from motcua.procedures.queries import compiled
from motcua.web import answers
from motcua.web.access import CitizenRequest
from motcua.web.places import commune_groups
from motcua.web.portal.procedures import shown
from motcua.web.redirects import see_other

from . import way

DECLARATION = "cam-doan"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What stands in the way of submitting, with the page on which it can be mended."""

    message: str
    href: str


@require_http_methods(["GET", "HEAD", "POST"])
@way.draft_required
def check(request: CitizenRequest, draft: Draft) -> HttpResponse:
    """Read the filing back; on POST, submit it, once."""
    if request.method != "POST":
        if not queries.is_complete(draft):
            return way.to_first_unfinished(request, draft)
        return _show(request, draft)
    if DECLARATION not in request.POST:
        message = _("Đánh dấu vào ô cam đoan trước khi nộp")
        return _show(request, draft, [Fault(message=message, href=f"#{DECLARATION}")])
    try:
        dossier = services.submit_draft(draft_id=draft.pk, person=request.person, at=clock.now())
    except services.NoSuchDraft:  # discarded meanwhile, in another window
        raise Http404 from None
    except services.FilingHasProblems as refusal:
        return _show(request, draft, _faults(draft, refusal.problems))
    except services.VersionWasReplaced as refusal:
        code = draft.version.procedure.code
        restart = reverse("portal:filing-start", args=[code])
        return _show(request, draft, [Fault(message=str(refusal), href=restart)])
    except (services.UnitIsClosed, services.OnlineFilingIsNotOffered) as refusal:
        return _show(request, draft, [Fault(message=str(refusal), href=_place_url(draft))])
    return see_other("portal:filed", dossier.code)


def _faults(draft: Draft, problems: Sequence[Problem]) -> list[Fault]:
    version = compiled(draft.version_id)
    pages = {q.key: page.key for page in version.form.pages for q in page.questions}
    papers = {component.key for component in version.cases[draft.case_key].components}
    faults = []
    for problem in problems:
        if problem.key in pages:
            href = _page_url(draft, pages[problem.key])
        elif problem.key in papers:
            href = _paper_url(draft, problem.key)
        else:
            href = reverse("portal:filing-tasks", args=[draft.pk])
        faults.append(Fault(message=problem.message, href=href))
    return faults


def _show(request: CitizenRequest, draft: Draft, faults: list[Fault] | None = None) -> HttpResponse:
    version = compiled(draft.version_id)
    case = version.cases[draft.case_key]
    now = clock.now()
    unit, closed = _destination(version, draft)
    limit = case.limits.get(Channel.ONLINE)
    # A closed office is told before anybody presses the button.
    faults = faults or ([Fault(message=closed, href=_place_url(draft))] if closed else [])
    return render(
        request,
        "portal/filings/check.html",
        {
            "draft": draft,
            "version": version,
            "case": case if len(version.cases) > 1 else None,
            "sections": _sections(request, draft, version),
            "papers": _papers(draft, version),
            "fees": [
                {"name": fee.name, "amount": shown.fee_words(fee)}
                for fee in case.fees_for(draft.answers, Channel.ONLINE)
            ],
            "unit": unit,
            "answer_by": working.due_at(
                calendars.city_calendar(unit.agency_id if unit else None),
                now,
                version.intake_limit,
            ),
            "limit": shown.time_words(limit) if limit else "",
            "limit_note": shown.time_note(limit) if limit else "",
            "faults": faults,
            # Only the declaration itself is marked; the layout's summary is replaced by ours.
            "undeclared": any(fault.href == f"#{DECLARATION}" for fault in faults),
            "declared": DECLARATION in request.POST,
            "back": reverse("portal:filing-tasks", args=[draft.pk]),
        },
        status=422 if faults and request.method == "POST" else 200,
    )


def _destination(version: Version, draft: Draft) -> tuple[Unit | None, str]:
    """Return the unit that will receive the filing, or why none will."""
    try:
        destination = queries.destination_of(version, draft.answers, clock.today())
        if destination is None:
            return None, ""
        return check_unit_open(destination.receiving_unit_id, clock.today()), ""
    except services.UnitIsClosed as refusal:
        return None, str(refusal)


def _sections(request: CitizenRequest, draft: Draft, version: Version) -> list[dict[str, Any]]:
    asked = version.form.visible_questions(draft.answers)
    needs_places = any(question.widget is Widget.COMMUNE for question in asked)
    places = answers.place_names(commune_groups(clock.today())) if needs_places else {}
    fixed = queries.prefilled(request.person, version)
    keys = {question.key for question in asked}
    pages = version.form.visible_pages(draft.answers)
    return [
        {
            "title": title,
            "rows": [
                {
                    "label": question.noun,
                    "value": answers.shown(
                        question, draft.answers.get(question.key), places=places
                    ),
                    "source": _("Lấy từ tài khoản") if question.key in fixed else "",
                    "href": "" if question.key in fixed else _page_url(draft, page.key),
                }
                for page in members
                for question in page.questions
                if question.key in keys
            ],
        }
        for title, members in groupby(pages, key=lambda page: page.section or _("Thông tin"))
    ]


def _papers(draft: Draft, version: Version) -> list[dict[str, Any]]:
    attached: dict[str, list[str]] = {}
    for file in queries.files_of(draft):
        attached.setdefault(file.key, []).append(file.file.name)
    return [
        {
            "label": component.name,
            "value": "\n".join(attached.get(component.key, [])) or _("Không cung cấp"),
            "href": _paper_url(draft, component.key),
        }
        for component in version.cases[draft.case_key].components_for(draft.answers)
    ]


def _page_url(draft: Draft, key: str) -> str:
    return f"{reverse('portal:filing-page', args=[draft.pk, key])}?{way.FROM_CHECK}={way.CHECK}"


def _paper_url(draft: Draft, key: str) -> str:
    return f"{reverse('portal:filing-paper', args=[draft.pk, key])}?{way.FROM_CHECK}={way.CHECK}"


def _place_url(draft: Draft) -> str:
    """Return the page on which the place that settles is chosen."""
    version = compiled(draft.version_id)
    key = version.settling_question
    page = next((p for p in version.form.pages if key in {q.key for q in p.questions}), None)
    if page is None:
        return reverse("portal:filing-tasks", args=[draft.pk])
    return _page_url(draft, page.key)
