"""The very dossiers behind a share: of an agency, a procedure, a channel."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.offices.queries import agency_names
from motcua.procedures.definitions import Channel
from motcua.steering.definitions import Measure
from motcua.steering.queries import Behind, dossiers_behind
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required
from motcua.web.pages import page_read

from . import shown
from .asking import asked_of, row_or_404, told_where

PAGE_ROWS = 50
CHANNELS = {
    "truc-tuyen": ((Channel.ONLINE,), gettext_lazy("nộp trực tuyến")),
    "khac": ((Channel.DIRECT, Channel.POST), gettext_lazy("nộp tại quầy, qua bưu chính")),
}
CHANNEL_NAMES = {
    Channel.ONLINE.value: gettext_lazy("Trực tuyến"),
    Channel.DIRECT.value: gettext_lazy("Tại quầy"),
    Channel.POST.value: gettext_lazy("Bưu chính"),
}


@overseer_required
@require_safe
def show(request: OfficerRequest, code: str) -> HttpResponse:
    """Show the dossiers that were received in the year up to the day, the oldest first."""
    now = clock.now()
    asked = asked_of(request, now=now)
    whole, row = row_or_404(request, code, asked, now=now)
    if asked.problem:
        return told_where("board:agency", request, code)
    procedure = request.GET.get("thu-tuc", "")[:50]
    kind = request.GET.get("kenh", "")
    channels, channel_words = CHANNELS.get(kind, (None, ""))
    page, behind = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: dossiers_behind(
            Measure.RECEIVED,
            whole.year,
            at=now,
            received_before=whole.cut_at,
            agency_ids=row.agency_ids,
            procedures=[procedure] if procedure else None,
            channels=[channel.value for channel in channels] if channels else None,
            is_part=False,
            start=start,
            stop=stop,
        ),
    )
    query = asked.query(sap="", chieu="", **{"thu-tuc": procedure, "kenh": kind})
    return render(
        request,
        "board/targets/dossiers.html",
        {
            "row": row,
            "whole": whole,
            "procedure": shown.procedure_name(procedure, whole.until) if procedure else "",
            "channel_words": channel_words or _("nộp bằng mọi cách"),
            "back": f"{reverse('board:agency', args=[code])}?{asked.here}",
            "page": page,
            "query": f"{query}&" if query else "",
            "lines": _lines(behind, request.mandate.agency_ids, whole.until),
        },
    )


def _lines(found: list[Behind], own: frozenset[int], on: Any) -> list[dict[str, Any]]:
    names = agency_names(each.agency_id for each in found)
    return [
        {
            "code": each.code or str(each.dossier_id)[:8],
            # What another agency settles is counted here, and read there.
            "href": reverse("desk:dossier", args=[each.code])
            if each.code and each.agency_id in own
            else "",
            "procedure": shown.procedure_name(each.procedure, on),
            "agency": names.get(each.agency_id, ""),
            "channel": CHANNEL_NAMES.get(each.channel, each.channel),
            "received_at": each.received_at,
        }
        for each in found
    ]
