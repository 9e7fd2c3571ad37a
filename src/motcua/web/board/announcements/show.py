"""One decision: its procedures, the days of their publication, and what was struck."""

from collections.abc import Callable, Iterable, Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import clock
from motcua.procedures import queries, services
from motcua.procedures.models import AnnouncedKind
from motcua.procedures.queries import AnnouncementSheet, NoSuchAnnouncement
from motcua.steering.definitions.index766 import Announced
from motcua.web.access import OfficerRequest
from motcua.web.acting import Refusals, attempt
from motcua.web.board.access import office_required
from motcua.web.days import NoSuchDay, required_day, typed_day

from . import shown

_REFUSALS = Refusals(
    to_mend=(
        NoSuchDay,
        services.DayCannotBe,
        services.NeedsAReason,
        services.NotAnnouncedThere,
        services.NotPublishedYet,
        services.PublishedBeforeItWasSigned,
        services.PublishedOnAnotherDay,
    ),
    not_now=(services.IsStruck,),
)


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OfficerRequest, announcement_id: int) -> HttpResponse:
    """Show the decision; record days of publication, or strike what was recorded wrongly."""
    try:
        sheet = queries.announcement_sheet(announcement_id)
    except NoSuchAnnouncement as missing:
        raise Http404 from missing
    if request.method != "POST":
        return _page(request, sheet)
    verb = request.POST.get("verb", "")
    act = _ACTS.get(verb)
    if act is None:
        raise Http404
    return attempt(
        request,
        lambda: act(request, announcement_id),
        refusals=_REFUSALS,
        then=reverse("board:announcement", args=[announcement_id]),
        again=lambda lacking: _page(request, sheet, key=_box(verb, lacking), problem=str(lacking)),
        typed=request.POST.get("reason") or request.POST.get("day-reason", ""),
    )


def _publish(request: OfficerRequest, announcement_id: int) -> str:
    services.record_publication(
        announcement_id=announcement_id,
        mandate=request.mandate,
        codes=request.POST.getlist("codes"),
        published_on=required_day(request.POST, "published_on"),
        at=clock.now(),
    )
    return _("Đã ghi ngày công khai.")


def _unpublish(request: OfficerRequest, announcement_id: int) -> str:
    services.strike_publication(
        announcement_id=announcement_id,
        mandate=request.mandate,
        code=request.POST.get("code", ""),
        reason=request.POST.get("day-reason", ""),
        at=clock.now(),
    )
    return _("Đã bỏ ngày công khai. Có thể ghi lại ngày đúng.")


def _strike(request: OfficerRequest, announcement_id: int) -> str:
    services.strike_announcement(
        announcement_id=announcement_id,
        mandate=request.mandate,
        reason=request.POST.get("reason", ""),
        at=clock.now(),
    )
    return _("Đã bỏ quyết định khỏi sổ. Có thể ghi lại quyết định đúng.")


_ACTS: dict[str, Callable[[OfficerRequest, int], str]] = {
    "publish": _publish,
    "unpublish": _unpublish,
    "strike": _strike,
}


def _box(verb: str, refused: Exception) -> str:
    """Return the box that the refusal is about."""
    if verb == "publish":
        return "codes" if isinstance(refused, services.NotAnnouncedThere) else "published_on"
    if isinstance(refused, services.NeedsAReason):
        return "reason" if verb == "strike" else "day-reason"
    return "code"


def _page(
    request: OfficerRequest, sheet: AnnouncementSheet, *, key: str = "", problem: str = ""
) -> HttpResponse:
    today = clock.today()
    data = request.POST
    rows = shown.judged_today(sheet.procedures, today=today)
    names = queries.names_of_procedures([row.code for row in rows])
    lines = [
        {
            "row": row,
            "name": names.get(row.code, ""),
            "unknown": None if row.code in names else shown.NOT_IN_THE_CATALOGUE,
            "kind": AnnouncedKind(kind).label if (kind := sheet.kinds[row.code]) else "",
            "badge": shown.publication_badge(row, today=today),
            "publication": sheet.published_by.get(row.code),
        }
        for row in rows
    ]
    in_time = rows[0].is_signed_in_time
    return render(
        request,
        "board/announcements/show.html",
        {
            "announcement": sheet.announcement,
            "is_struck": sheet.announcement.struck_at is not None,
            "badge": shown.SIGNED_IN_TIME if in_time else shown.SIGNED_LATE,
            "sign_by": rows[0].sign_by,
            "publish_by": rows[0].publish_by,
            "lines": lines,
            "unknown": shown.unknown_words(rows, names),
            "waiting": _options((row for row in rows if row.published_on is None), names),
            "published": _options((row for row in rows if row.published_on is not None), names),
            "values": {
                "codes": data.getlist("codes"),
                "published_on": typed_day(data, "published_on"),
                "code": data.get("code", ""),
                "day-reason": data.get("day-reason", ""),
                "reason": data.get("reason", ""),
            },
            "errors": {key: problem} if problem else {},
            "problems": [{"key": key, "message": problem}] if problem else [],
        },
        status=422 if problem else 200,
    )


def _options(rows: Iterable[Announced], names: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"value": row.code, "label": f"{row.code} {names.get(row.code, '')}".strip()}
        for row in rows
    ]
