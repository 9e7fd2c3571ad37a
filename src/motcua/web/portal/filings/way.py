"""The way through a filing: its pages, its papers, the check; and who may walk it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.filings import queries, services
from motcua.filings.models import Draft
from motcua.filings.queries import Progress, Task, TaskKind
from motcua.web.access import CitizenRequest, citizen_required
from motcua.web.redirects import see_other

# In a link and in the form behind it: the person comes from the check page and goes back there.
FROM_CHECK = "tu"
CHECK = "kiem-tra"

_URL_NAMES = {TaskKind.PAGE: "portal:filing-page", TaskKind.PAPER: "portal:filing-paper"}

View = Callable[..., HttpResponse]


def draft_required(view: View) -> View:
    """Let through the owner of an unfinished draft; one that was submitted shows its dossier."""

    @citizen_required
    @wraps(view)
    def opened(request: CitizenRequest, draft_id: UUID, **kwargs: Any) -> HttpResponse:
        draft = queries.draft_of(request.person, draft_id)
        if draft is None:
            raise Http404
        if draft.dossier is not None:
            return _submitted_already(request, draft.dossier.code)
        try:
            return view(request, draft, **kwargs)
        except services.NoSuchDraft:
            raise Http404 from None
        except services.DraftIsSubmitted:
            dossier = Draft.objects.select_related("dossier").get(pk=draft_id).dossier
            assert dossier is not None
            return _submitted_already(request, dossier.code)

    return opened


def url_of(draft: Draft, task: Task, *, checking: bool = False) -> str:
    """Return the address of a task's screen."""
    url = reverse(_URL_NAMES[task.kind], args=[draft.pk, task.key])
    return f"{url}?{FROM_CHECK}={CHECK}" if checking else url


def is_checking(request: CitizenRequest) -> bool:
    """Return whether the person came from the check page to change one thing."""
    return CHECK in (request.GET.get(FROM_CHECK), request.POST.get(FROM_CHECK))


def forward(draft: Draft, kind: TaskKind, key: str, *, checking: bool) -> str:
    """Return where to go when a screen is done: straight back to the check, or one further."""
    tasks = queries.tasks_of(draft)
    unfinished = _unfinished(tasks)
    if checking:
        # The change may have opened new questions: those first, and then the check.
        return url_of(draft, unfinished, checking=True) if unfinished else _check(draft)
    keys = [(task.kind, task.key) for task in tasks]
    at = keys.index((kind, key)) if (kind, key) in keys else -1
    following = next(
        (task for task in tasks[at + 1 :] if task.progress is not Progress.NOT_YET), None
    )
    if following is not None:
        return url_of(draft, following)
    return url_of(draft, unfinished) if unfinished else _check(draft)


def back(draft: Draft, kind: TaskKind, key: str, *, checking: bool) -> str:
    """Return the screen before this one."""
    if checking:
        return _check(draft)
    before = ""
    for task in queries.tasks_of(draft):
        if (task.kind, task.key) == (kind, key):
            break
        before = url_of(draft, task)
    return before or reverse("portal:filing-tasks", args=[draft.pk])


def to_first_unfinished(request: CitizenRequest, draft: Draft) -> HttpResponse:
    """Lead somebody who skipped ahead to what comes first, and say so."""
    unfinished = _unfinished(queries.tasks_of(draft))
    messages.info(request, _("Ông/Bà làm phần này trước, rồi mới đến phần sau."))
    if unfinished is None:
        return see_other("portal:filing-tasks", draft.pk)
    return see_other(url_of(draft, unfinished, checking=is_checking(request)))


def _unfinished(tasks: list[Task]) -> Task | None:
    return next((t for t in tasks if t.progress is not Progress.DONE and not t.optional), None)


def _check(draft: Draft) -> str:
    return reverse("portal:filing-check", args=[draft.pk])


def _submitted_already(request: CitizenRequest, code: str) -> HttpResponse:
    messages.info(request, _("Hồ sơ này đã nộp rồi. Không cần nộp lại."))
    return see_other("portal:filed", code)
