"""What this officer should look at: ends that are near or have passed."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.dossiers import queries, services
from motcua.dossiers.definitions import OccasionKind
from motcua.dossiers.models import Notice
from motcua.dossiers.policies import is_late
from motcua.kernel import clock
from motcua.procedures.queries import compiled
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.numbers import whole
from motcua.web.pages import page_asked

PAGE_ROWS = 25
_NEAR = {
    OccasionKind.INTAKE_WARNING,
    OccasionKind.STEP_WARNING,
    OccasionKind.WARNING,
    OccasionKind.SUPPLEMENT_WARNING,
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One notice as a line: what it says, of which dossier, and how pressing it is."""

    notice: Notice
    code: str
    procedure: str
    tone: str
    needs_cause: bool


@officer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show what stands, the unread first."""
    now = clock.now()
    page = Paginator(queries.notices_of(request.mandate), PAGE_ROWS).get_page(page_asked(request))
    explained = queries.explained_among([notice.dossier_id for notice in page])
    return render(
        request,
        "desk/notices/show.html",
        {
            "page": page,
            "lines": [
                _line(notice, now=now, is_explained=notice.dossier_id in explained)
                for notice in page
            ],
            "unread": queries.unread_notices(request.mandate),
        },
    )


@officer_required
@require_POST
def read(request: OfficerRequest) -> HttpResponse:
    """Note that these were read, one or all that were shown, and show the rest."""
    ids = [pk for sent in request.POST.getlist("notice") if (pk := whole(sent))]
    services.read_notices(mandate=request.mandate, notice_ids=ids, at=clock.now())
    return redirect("desk:notices")


def _line(notice: Notice, *, now: datetime, is_explained: bool) -> Line:
    dossier = notice.dossier
    version = compiled(dossier.version_id)
    return Line(
        notice=notice,
        code=dossier.code,
        procedure=version.name,
        tone="due" if notice.kind in _NEAR else "overdue",
        needs_cause=is_late(dossier, at=now) and not is_explained,
    )
