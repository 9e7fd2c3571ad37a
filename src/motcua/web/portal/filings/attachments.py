"""The papers of a filing, each on a page of its own."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.filings import queries, services
from motcua.filings.models import Draft, DraftFile
from motcua.filings.queries import Progress, TaskKind
from motcua.kernel import clock
from motcua.procedures.definitions import Component, Problem
from motcua.procedures.queries import compiled
from motcua.web.access import CitizenRequest
from motcua.web.portal import uploads
from motcua.web.portal.procedures.shown import PAPER_FORMS
from motcua.web.redirects import see_other

from . import way

FILES = "tep"
REMOVE = "xoa"
GO_ON = "tiep"


@require_http_methods(["GET", "HEAD", "POST"])
@way.draft_required
def attach(request: CitizenRequest, draft: Draft, key: str) -> HttpResponse:
    """Take the files of one paper. What was taken stays, whatever happens to the next."""
    case = compiled(draft.version_id).cases[draft.case_key]
    component = next((c for c in case.components if c.key == key), None)
    if component is None:
        raise Http404
    task = next(
        (t for t in queries.tasks_of(draft) if t.kind is TaskKind.PAPER and t.key == key), None
    )
    if task is None or task.progress is Progress.NOT_YET:
        return way.to_first_unfinished(request, draft)
    if request.method != "POST":
        return _show(request, draft, component)
    if REMOVE in request.POST:
        return _remove(request, draft, component)
    return _take(request, draft, component, request.FILES.getlist(FILES))


def _take(
    request: CitizenRequest, draft: Draft, component: Component, files: list[UploadedFile]
) -> HttpResponse:
    def keep(content: bytes, name: str) -> None:
        services.attach_file(
            draft_id=draft.pk,
            person=request.person,
            key=component.key,
            content=content,
            name=name,
            at=clock.now(),
        )

    kept, problems = uploads.take(files, keep, key=FILES)
    going_on = GO_ON in request.POST
    if not files and not going_on:
        problems = [Problem(key=FILES, message=_("Chọn tệp cần gửi"))]
    elif not problems and going_on and component.required and not _attached(draft, component):
        problems = [Problem(key=FILES, message=_("Chọn tệp: %(name)s") % {"name": component.name})]
    if problems:
        return _show(request, draft, component, problems)
    checking = way.is_checking(request)
    if going_on:
        return see_other(way.forward(draft, TaskKind.PAPER, component.key, checking=checking))
    messages.success(
        request,
        ngettext("Đã nhận %(n)d tệp.", "Đã nhận %(n)d tệp.", kept) % {"n": kept},
    )
    return see_other(request.get_full_path())


def _remove(request: CitizenRequest, draft: Draft, component: Component) -> HttpResponse:
    wanted = request.POST[REMOVE]
    mine = {str(file.pk): file for file in queries.files_of(draft) if file.key == component.key}
    if wanted in mine:
        services.remove_file(
            draft_id=draft.pk,
            person=request.person,
            draft_file_id=mine[wanted].pk,
            at=clock.now(),
        )
        messages.success(request, _("Đã xóa tệp “%(name)s”.") % {"name": mine[wanted].file.name})
    return see_other(request.get_full_path())


def _attached(draft: Draft, component: Component) -> list[DraftFile]:
    return [file for file in queries.files_of(draft) if file.key == component.key]


def _show(
    request: CitizenRequest,
    draft: Draft,
    component: Component,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    attached = _attached(draft, component)
    checking = way.is_checking(request)
    return render(
        request,
        "portal/filings/attachment.html",
        {
            "draft": draft,
            "version": compiled(draft.version_id),
            "component": component,
            "form_words": PAPER_FORMS.get(component.paper_form, ""),
            "files": attached,
            "full": len(attached) >= component.max_files,
            "accepted": uploads.accepted_words(component),
            "accept": uploads.accept_attribute(component),
            "problems": problems or [],
            "checking": checking,
            "back": way.back(draft, TaskKind.PAPER, component.key, checking=checking),
        },
        status=422 if problems else 200,
    )
