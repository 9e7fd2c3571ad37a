"""The task list of a draft, and throwing it away."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.filings import queries, services
from motcua.filings.models import Draft
from motcua.filings.queries import Progress, Task, TaskKind
from motcua.procedures.queries import compiled
from motcua.web.access import CitizenRequest
from motcua.web.redirects import see_other

from . import way


@require_safe
@way.draft_required
def show(request: CitizenRequest, draft: Draft) -> HttpResponse:
    """What is done, what is left, and until when the draft is kept."""
    tasks = queries.tasks_of(draft)
    needed = [task for task in tasks if not task.optional]
    complete = queries.is_complete(draft)
    going_on = next((task for task in needed if task.progress is not Progress.DONE), None)
    return render(
        request,
        "portal/filings/tasks.html",
        {
            "draft": draft,
            "version": compiled(draft.version_id),
            "case": compiled(draft.version_id).cases[draft.case_key],
            "sections": _sections(draft, tasks, complete=complete),
            "done": sum(task.progress is Progress.DONE for task in needed),
            "of": len(needed),
            "complete": complete,
            "go_on": way.url_of(draft, going_on)
            if going_on
            else reverse("portal:filing-check", args=[draft.pk]),
            "kept_until": draft.updated_at + services.DRAFT_LIFE,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@way.draft_required
def discard(request: CitizenRequest, draft: Draft) -> HttpResponse:
    """Ask once more, then throw the draft away."""
    if request.method == "POST":
        services.discard_draft(draft_id=draft.pk, person=request.person)
        messages.success(request, _("Đã xóa hồ sơ nháp."))
        return see_other("portal:my-dossiers")
    return render(
        request,
        "portal/filings/discard.html",
        {"draft": draft, "version": compiled(draft.version_id)},
    )


def _sections(draft: Draft, tasks: list[Task], *, complete: bool) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    for title, members in groupby(tasks, key=_section_of):
        lines = [_line(draft, task) for task in members]
        sections.append({"id": f"viec-{len(sections) + 1}", "title": title, "tasks": lines})
    sections.append(
        {
            "id": "viec-nop",
            "title": _("Nộp hồ sơ"),
            "tasks": [
                {
                    "name": _("Kiểm tra và nộp"),
                    "href": reverse("portal:filing-check", args=[draft.pk]) if complete else "",
                    "hint": "" if complete else _("Mở khi các việc trên đã xong"),
                    "words": _("Chưa làm") if complete else _("Chưa mở được"),
                    "tone": "river",
                }
            ],
        }
    )
    return sections


def _section_of(task: Task) -> str:
    if task.kind is TaskKind.PAPER:
        return _("Giấy tờ")
    return task.section or _("Thông tin")


def _line(draft: Draft, task: Task) -> dict[str, Any]:
    words = {
        Progress.DONE: _("Đã xong"),
        Progress.TO_DO: _("Chưa làm"),
        Progress.NOT_YET: _("Chưa mở được"),
    }[task.progress]
    return {
        "name": task.title,
        "href": "" if task.progress is Progress.NOT_YET else way.url_of(draft, task),
        "hint": _("Không bắt buộc") if task.optional else "",
        "words": words,
        "tone": "ontime" if task.progress is Progress.DONE else "river",
    }
