"""A work list as a spreadsheet: all of it, not a page."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.dossiers import queries, services
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Channel
from motcua.dossiers.queries import Listing, Tab
from motcua.kernel import clock
from motcua.kernel.text import bare
from motcua.procedures.queries import compiled
from motcua.web import spreadsheets
from motcua.web.access import OfficerRequest, officer_required

from .lists import WORDS

_COLUMNS = (
    "code",
    "version_id",
    "owner_name",
    "channel",
    "state",
    "step_key",
    "step_unit__name",
    "holder__full_name",
    "submitted_at",
    "accepted_at",
    "due_at",
    "completed_at",
    "returned_at",
)


@officer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Send the dossiers under a tab, narrowed as on the screen, as XLSX or CSV."""
    tabs = queries.tabs_for(request.mandate)
    asked_for = request.GET.get("tab", "")
    tab = Tab(asked_for) if asked_for in tabs else tabs[0]
    now = clock.now()
    words = request.GET.get("words", "").strip()[:100]
    procedure = request.GET.get("procedure", "")[:50]
    listing = queries.narrowed(
        queries.work_list(request.mandate, tab, at=now), procedure=procedure, words=words
    )
    as_csv = (
        request.GET.get("format") == "csv"
        or listing.count(up_to=spreadsheets.ROWS_A_SHEET + 1) > spreadsheets.ROWS_A_SHEET
    )
    # Whoever takes names out of the system leaves a trace.
    services.record_export(
        mandate=request.mandate, tab=tab.value, procedure=procedure, narrowed=bool(words), at=now
    )
    send = spreadsheets.csv_response if as_csv else spreadsheets.xlsx_response
    name = f"ho so {bare(str(WORDS[tab].label))} {now.astimezone(clock.CITY_TIME):%Y%m%d %H%M}"
    return send(name.replace(" ", "-"), _heading(), _rows(listing))


def _heading() -> list[str]:
    return [
        _("Mã hồ sơ"),
        _("Mã thủ tục"),
        _("Thủ tục"),
        _("Chủ hồ sơ"),
        _("Cách nộp"),
        _("Trạng thái"),
        _("Bước"),
        _("Bộ phận"),
        _("Người giữ"),
        _("Nộp lúc"),
        _("Tiếp nhận lúc"),
        _("Hẹn trả"),
        _("Xong lúc"),
        _("Trả kết quả lúc"),
    ]


def _rows(listing: Listing) -> Iterator[list[Any]]:
    channels = {channel.value: str(channel.label) for channel in Channel}
    states = {state.value: str(state.label) for state in DossierState}
    for code, version_id, owner, channel, state, step_key, unit, holder, *moments in listing.rows(
        *_COLUMNS
    ):
        version = compiled(version_id)
        step = version.steps[step_key].name if step_key else ""
        yield [
            code,
            version.code,
            version.name,
            owner,
            channels[channel],
            states[state],
            step,
            unit,
            holder,
            *moments,
        ]
