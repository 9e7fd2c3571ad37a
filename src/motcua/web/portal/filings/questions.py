"""One question a page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.filings import queries, services
from motcua.filings.models import Draft
from motcua.filings.queries import TaskKind
from motcua.kernel import clock
from motcua.procedures.definitions import Page, Problem, Version, Widget
from motcua.procedures.queries import compiled
from motcua.web import answers
from motcua.web.access import CitizenRequest
from motcua.web.places import commune_groups
from motcua.web.redirects import see_other

from . import way

LATER = "de-sau"
# The questions that stood on the page when it was sent.
SEEN = "da-hoi"


@require_http_methods(["GET", "HEAD", "POST"])
@way.draft_required
def ask(request: CitizenRequest, draft: Draft, key: str) -> HttpResponse:
    """Show one page of the form, and keep what is answered."""
    version = compiled(draft.version_id)
    page = _page(version, key)
    if queries.open_page(version, draft.answers, key) is None:
        return way.to_first_unfinished(request, draft)
    if request.method != "POST":
        return _show(request, draft, version, page, draft.answers)
    posted = answers.read_answers(page, request.POST)
    if LATER in request.POST:
        services.save_unfinished(
            draft_id=draft.pk,
            person=request.person,
            page_key=key,
            answers=posted,
            at=clock.now(),
        )
        messages.success(request, _("Đã lưu. Ông/Bà quay lại làm tiếp lúc nào cũng được."))
        return see_other("portal:filing-tasks", draft.pk)
    try:
        saved = services.save_page(
            draft_id=draft.pk,
            person=request.person,
            page_key=key,
            answers=posted,
            at=clock.now(),
        )
    except services.FilingHasProblems as refusal:
        problems = _of_questions_seen(request, refusal.problems)
        if not problems:
            return _unfold(request, draft, page, posted, refusal.problems[0].key)
        fixed = queries.prefilled(request.person, version)
        typed = answers.with_page(draft.answers, page, request.POST, prefilled=fixed)
        return _show(request, draft, version, page, typed, problems=problems)
    except services.PageIsNotOpen:  # closed meanwhile, in another window
        return way.to_first_unfinished(request, draft)
    checking = way.is_checking(request)
    return see_other(way.forward(saved, TaskKind.PAGE, key, checking=checking))


def _of_questions_seen(
    request: CitizenRequest, problems: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Leave out what is missing only because an answer on this page has just asked for it."""
    seen = set(request.POST.get(SEEN, "").split())
    return tuple(p for p in problems if p.key in seen) if seen else problems


def _unfold(
    request: CitizenRequest, draft: Draft, page: Page, posted: Mapping[str, Any], first: str
) -> HttpResponse:
    """Show the page again with the questions that its answers have opened."""
    services.save_unfinished(
        draft_id=draft.pk,
        person=request.person,
        page_key=page.key,
        answers=posted,
        at=clock.now(),
    )
    return see_other(f"{request.get_full_path()}#{first}")


@require_POST
@way.draft_required
def autosave(request: CitizenRequest, draft: Draft, key: str) -> HttpResponse:
    """Keep what has been typed so far, for the script; 204 when it is kept."""
    version = compiled(draft.version_id)
    page = _page(version, key)
    try:
        services.save_unfinished(
            draft_id=draft.pk,
            person=request.person,
            page_key=key,
            answers=answers.read_answers(page, request.POST),
            at=clock.now(),
        )
    except services.PageIsNotOpen:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _page(version: Version, key: str) -> Page:
    page = next((page for page in version.form.pages if page.key == key), None)
    if page is None:
        raise Http404
    return page


def _show(
    request: CitizenRequest,
    draft: Draft,
    version: Version,
    page: Page,
    given: Mapping[str, Any],
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    asked = {question.key for question in version.form.visible_questions(given)}
    fixed = queries.prefilled(request.person, version)
    shown = [question for question in page.questions if question.key in asked]
    questions = [question for question in shown if question.key not in fixed]
    single = len(page.questions) == 1 and len(questions) == 1
    if single and page.title.endswith("?"):
        # The page asks one thing, and its title is the better question.
        hint = page.hint or questions[0].hint
        questions = [replace(questions[0], label=page.title, hint=hint)]
    checking = way.is_checking(request)
    needs_places = any(question.widget is Widget.COMMUNE for question in questions)
    return render(
        request,
        "portal/filings/question.html",
        {
            "draft": draft,
            "version": version,
            "page": page,
            "section": page.section or version.name,
            "known": [
                {"question": question, "value": fixed[question.key]}
                for question in shown
                if question.key in fixed
            ],
            "questions": [
                {"question": question, "value": given.get(question.key)} for question in questions
            ],
            # A question alone on its page is the page's heading, if it is worded as one.
            "single": single and questions[0].label.endswith("?"),
            "seen": " ".join(question.key for question in shown),
            "places": commune_groups(clock.today()) if needs_places else (),
            "problems": problems,
            "checking": checking,
            "back": way.back(draft, TaskKind.PAGE, page.key, checking=checking),
            "autosave": reverse("portal:filing-autosave", args=[draft.pk, page.key]),
        },
        status=422 if problems else 200,
    )
