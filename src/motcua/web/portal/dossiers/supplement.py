"""The answer to a request for papers: gathered file by file, handed in at once."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.documents.models import StoredFile
from motcua.dossiers import policies, services
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries import findings_of, open_request_of, papers_of
from motcua.filings import queries
from motcua.filings import services as filings
from motcua.kernel import clock
from motcua.procedures.definitions import Component, Problem
from motcua.procedures.queries import compiled
from motcua.web.access import CitizenRequest
from motcua.web.numbers import whole
from motcua.web.portal import uploads
from motcua.web.redirects import see_other

from . import shown
from .access import own_dossier

FILES = "tep-"  # and the paper's key
REMOVE = "xoa"
UPLOAD = "tai"
NOTE = "loi-nhan"


@require_http_methods(["GET", "HEAD", "POST"])
@own_dossier
def reply(request: CitizenRequest, dossier: Dossier) -> HttpResponse:
    """Say exactly what is missing; take files, and on submission hand them in."""
    asked = open_request_of(dossier)
    may = policies.applicant_may(policies.supplement_verb(dossier), request.person, dossier)
    if asked is None or not may:
        messages.info(request, _("Lúc này hồ sơ không cần bổ sung gì."))
        return see_other("portal:dossier", dossier.code)
    if request.method != "POST":
        return _show(request, dossier, asked)
    try:
        return _gather(request, dossier, asked)
    except services.NotAllowed as refusal:  # answered meanwhile, in another window
        messages.info(request, str(refusal))
        return see_other("portal:dossier", dossier.code)


def _gather(request: CitizenRequest, dossier: Dossier, asked: SupplementRequest) -> HttpResponse:
    if REMOVE in request.POST:
        return _remove(request, dossier)
    kept, problems = 0, []
    for component in _components(dossier, asked):
        files = request.FILES.getlist(FILES + component.key)
        taken, refused = _take(request, dossier, component, files)
        kept += taken
        problems += refused
    uploading = UPLOAD in request.POST
    if uploading and not kept and not problems:
        first = next(iter(asked.items))
        problems = [Problem(key=FILES + first, message=_("Chọn tệp cần gửi"))]
    if not uploading and not problems:
        problems = _missing(dossier, asked)
    if problems:
        return _show(request, dossier, asked, problems)
    if uploading:
        messages.success(
            request,
            ngettext("Đã nhận %(n)d tệp.", "Đã nhận %(n)d tệp.", kept) % {"n": kept}
            + " "
            + _("Ông/Bà nhớ bấm “Nộp bổ sung” khi đã đủ."),
        )
        return see_other("portal:supplement", dossier.code)
    try:
        filings.submit_supplement(
            dossier_id=dossier.pk,
            person=request.person,
            answer=request.POST.get(NOTE, ""),
            at=clock.now(),
        )
    except services.Incomplete as refusal:
        return _show(request, dossier, asked, [Problem(key=NOTE, message=str(refusal))])
    messages.success(request, _("Đã nộp bổ sung. Ông/Bà không phải làm gì thêm lúc này."))
    return see_other("portal:dossier", dossier.code)


def _take(
    request: CitizenRequest, dossier: Dossier, component: Component, files: list[UploadedFile]
) -> tuple[int, list[Problem]]:
    def keep(content: bytes, name: str) -> None:
        filings.attach_supplement(
            dossier_id=dossier.pk,
            person=request.person,
            key=component.key,
            content=content,
            name=name,
            at=clock.now(),
        )

    return uploads.take(files, keep, key=FILES + component.key)


def _remove(request: CitizenRequest, dossier: Dossier) -> HttpResponse:
    wanted = whole(request.POST[REMOVE])
    if wanted is not None:
        filings.remove_supplement(
            dossier_id=dossier.pk, person=request.person, supplement_file_id=wanted
        )
        messages.success(request, _("Đã xóa tệp."))
    return see_other("portal:supplement", dossier.code)


def _components(dossier: Dossier, asked: SupplementRequest) -> list[Component]:
    case = compiled(dossier.version_id).cases[dossier.case_key]
    return [component for component in case.components if component.key in asked.items]


def _missing(dossier: Dossier, asked: SupplementRequest) -> list[Problem]:
    ready = {file.key for file in queries.files_for_supplement(asked)}
    return [
        Problem(key=FILES + c.key, message=_("Chọn tệp: %(name)s") % {"name": c.name})
        for c in _components(dossier, asked)
        if c.key not in ready
    ]


def _show(
    request: CitizenRequest,
    dossier: Dossier,
    asked: SupplementRequest,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    version = compiled(dossier.version_id)
    ready: dict[str, list[Any]] = {}
    for file in queries.files_for_supplement(asked):
        ready.setdefault(file.key, []).append(file)
    before: dict[str, list[StoredFile]] = {}
    for paper in papers_of(dossier):
        before.setdefault(paper.key, []).append(paper.file)
    found = findings_of(asked)
    return render(
        request,
        "portal/dossiers/supplement.html",
        {
            "dossier": dossier,
            "version": version,
            "asked_by": shown.asked_by_words(dossier),
            "asked": asked,
            "silence": shown.silence_words(dossier, version),
            "papers": [
                {
                    "component": component,
                    "box": FILES + component.key,
                    "needed": asked.items[component.key],
                    "finding": found.get(component.key),
                    "before": before.get(component.key, []),
                    "files": ready.get(component.key, []),
                    "full": len(ready.get(component.key, [])) >= component.max_files,
                    "accepted": uploads.accepted_words(component),
                    "accept": uploads.accept_attribute(component),
                }
                for component in _components(dossier, asked)
            ],
            "note": request.POST.get(NOTE, "")[:2000],
            "problems": problems or [],
        },
        status=422 if problems else 200,
    )
