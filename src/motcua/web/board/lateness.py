"""The board of lateness: what is late or near, and whose doing; each number opens its list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.lifecycle import CLOCK_PAUSED_IN, DossierState
from motcua.dossiers.queries import Behind, By, LateStand, Pause, Tally
from motcua.kernel import clock
from motcua.offices.models import Agency
from motcua.offices.queries import officer_names, unit_names
from motcua.procedures.queries import UnknownProcedure, compiled
from motcua.web.access import OfficerRequest
from motcua.web.board.access import agencies_seen, overseer_required
from motcua.web.numbers import whole
from motcua.web.pages import page_read
from motcua.web.words import Words

PAGE_ROWS = 50
MONTHS_BACK = 12
WITH_BELOW = "ca-cap-duoi"

BY_NAMES: Mapping[By, Words] = {
    By.UNIT: gettext_lazy("Đơn vị"),
    By.OFFICER: gettext_lazy("Cán bộ"),
    By.STEP: gettext_lazy("Bước xử lý"),
    By.CAUSE: gettext_lazy("Nguyên nhân"),
}
STAND_NAMES: Mapping[LateStand, Words] = {
    LateStand.NEAR: gettext_lazy("Sắp đến hạn"),
    LateStand.LATE: gettext_lazy("Đang trễ hạn"),
    LateStand.FINISHED: gettext_lazy("Xong nhưng trễ hạn"),
}
_UNKNOWN: Mapping[By, Words] = {
    By.UNIT: gettext_lazy("Chưa rõ đơn vị"),
    By.OFFICER: gettext_lazy("Không tính cho cán bộ nào"),
    By.STEP: gettext_lazy("Chưa rõ bước"),
    By.CAUSE: gettext_lazy("Chưa ghi nguyên nhân"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, whatever it says: strangers' words mean the usual."""

    by: By
    stand: LateStand
    key: str | None
    month: date
    agencies: tuple[Agency, ...]  # those asked for, of those the leader sees
    agency: Agency | None
    with_below: bool  # and those below the agency: a district with its communes

    @property
    def agency_ids(self) -> list[int]:
        """Return the agencies counted."""
        return [agency.pk for agency in self.agencies]

    def query(self, **changes: str) -> str:
        """Return the address's tail with some of it changed; an empty value is left out."""
        parts = {
            "theo": self.by.value,
            "thang": f"{self.month:%Y-%m}",
            "co-quan": self.agency.code if self.agency else "",
            WITH_BELOW: "1" if self.with_below else "",
        } | changes
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number, and the list of the dossiers behind it."""

    label: Words
    count: int
    href: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One unit, officer, step or cause, with its numbers."""

    name: str
    beside: str
    cells: list[Cell]


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the numbers, looked at by one thing at a time."""
    now = clock.now()
    seen = agencies_seen(request.mandate)
    asked = _asked(request, seen, clock.day_of(now))
    tallies = queries.late_tallies(asked.agency_ids, month=asked.month, at=now)
    return render(
        request,
        "board/lateness.html",
        {
            "asked": asked,
            "now": now,
            "totals": _cells(asked, tallies, key=None),
            "rows": _rows(asked, tallies),
            "by_name": BY_NAMES[asked.by],
            "columns": list(STAND_NAMES.values()),
            "tabs": [
                {
                    "label": name,
                    "href": f"?{asked.query(theo=by.value)}",
                    "current": by is asked.by,
                    "count": None,
                }
                for by, name in BY_NAMES.items()
            ],
            "pauses": [_paused(asked, pause) for pause in queries.pauses(asked.agency_ids)],
            "months": _months(clock.day_of(now)),
            "month": f"{asked.month:%Y-%m}",
            "agencies": seen if len(seen) > 1 else [],
        },
    )


@overseer_required
@require_safe
def dossiers(request: OfficerRequest) -> HttpResponse:
    """Show the dossiers behind a number."""
    now = clock.now()
    asked = _asked(request, agencies_seen(request.mandate), clock.day_of(now))
    page, found = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: queries.behind(
            asked.agency_ids,
            by=asked.by,
            keys=None if asked.key is None else [asked.key],
            stand=asked.stand,
            month=asked.month,
            at=now,
            start=start,
            stop=stop,
        ),
    )
    names = _names(asked.by, [asked.key] if asked.key else [], asked.agencies)
    key_words = ""
    if asked.key is not None:
        key_words = names.get(asked.key, ("", ""))[0] or str(_UNKNOWN[asked.by])
    query = asked.query(**{"cot": asked.stand.value, "gia-tri": asked.key or ""})
    if asked.key == "":
        query += "&gia-tri="
    return render(
        request,
        "board/dossiers.html",
        {
            "asked": asked,
            "stand": STAND_NAMES[asked.stand],
            "key_words": key_words,
            "by_name": BY_NAMES[asked.by],
            "back": f"{reverse('board:lateness')}?{asked.query()}",
            "page": page,
            "query": query + "&",
            "lines": _lines(found, asked.agencies, request.mandate.agency_ids),
        },
    )


@overseer_required
@require_safe
def paused(request: OfficerRequest) -> HttpResponse:
    """Show the dossiers behind a number of pauses."""
    asked = _asked(request, agencies_seen(request.mandate), clock.today())
    state = request.GET.get("cho", "")
    if state not in CLOCK_PAUSED_IN:
        raise Http404
    only_late = "tre" in request.GET
    page, found = page_read(
        request,
        PAGE_ROWS,
        lambda start, stop: queries.paused_dossiers(
            asked.agency_ids, state=state, only_late=only_late, start=start, stop=stop
        ),
    )
    units = unit_names({each.unit_id for each in found if each.unit_id is not None})
    names = {agency.pk: agency.name for agency in asked.agencies}
    own = request.mandate.agency_ids
    query = asked.query(cho=state) + ("&tre=1" if only_late else "")
    return render(
        request,
        "board/paused.html",
        {
            "asked": asked,
            "name": DossierState(state).label,
            "only_late": only_late,
            "names_whom": state == DossierState.AWAITING_AGENCY,
            "back": f"{reverse('board:lateness')}?{asked.query()}",
            "page": page,
            "query": query + "&",
            "lines": [
                {
                    "code": each.code,
                    "href": reverse("desk:dossier", args=[each.code])
                    if each.agency_id in own
                    else "",
                    "procedure": compiled(each.version_id).name,
                    "agency": names.get(each.agency_id, ""),
                    "unit": units[each.unit_id][0] if each.unit_id in units else "",
                    "waits_for": each.waits_for or "",
                    "paused_at": each.paused_at,
                    "due_at": each.due_at,
                    "was_late": each.was_late,
                }
                for each in found
            ],
        },
    )


def _asked(request: OfficerRequest, seen: Sequence[Agency], today: date) -> Asked:
    get = request.GET
    by, stand = get.get("theo", ""), get.get("cot", "")
    try:
        month = datetime.strptime(get.get("thang", ""), "%Y-%m").date()  # noqa: DTZ007 - a month
    except ValueError:
        month = today
    month = min(month, today)  # nothing is known of one to come
    agency = next((each for each in seen if each.code == get.get("co-quan")), None)
    with_below = agency is not None and bool(get.get(WITH_BELOW))
    return Asked(
        by=By(by) if by in set(By) else By.UNIT,
        stand=LateStand(stand) if stand in set(LateStand) else LateStand.LATE,
        key=get.get("gia-tri"),
        month=month.replace(day=1),
        agencies=tuple(_counted(seen, agency, with_below=with_below)),
        agency=agency,
        with_below=with_below,
    )


def _counted(
    seen: Sequence[Agency], agency: Agency | None, *, with_below: bool
) -> Iterable[Agency]:
    if agency is None:
        return seen
    return (each for each in seen if each == agency or (with_below and each.parent_id == agency.pk))


def _cells(asked: Asked, tallies: Iterable[Tally], *, key: str | None) -> list[Cell]:
    counts: dict[str, int] = defaultdict(int)
    for tally in tallies:
        counts[tally.stand] += tally.dossiers
    base = reverse("board:late-dossiers")
    cells = []
    for stand, name in STAND_NAMES.items():
        tail = asked.query(cot=stand.value)
        if key is not None:
            tail += "&" + urlencode({"gia-tri": key})
        cells.append(Cell(label=name, count=counts[stand.value], href=f"{base}?{tail}"))
    return cells


def _rows(asked: Asked, tallies: Sequence[Tally]) -> list[Row]:
    grouped: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        grouped[tally.key(asked.by)].append(tally)
    names = _names(asked.by, [key for key in grouped if key], asked.agencies)
    rows = [
        Row(
            name=names[key][0] if key in names else str(_UNKNOWN[asked.by]),
            beside=names[key][1] if key in names else "",
            cells=_cells(asked, members, key=key),
        )
        for key, members in grouped.items()
    ]
    return sorted(rows, key=lambda row: ([-cell.count for cell in row.cells[1:]], row.name))


def _names(by: By, keys: Sequence[str], agencies: Sequence[Agency]) -> dict[str, tuple[str, str]]:
    """Return each key's name, and what stands beside it, in one statement at most."""
    if by is By.CAUSE:
        return {cause.value: (str(cause.label), "") for cause in CauseClass}
    if by is By.STEP:
        return {key: _step_name(key) for key in keys if ":" in key}
    ids = [pk for key in keys if (pk := whole(key))]
    if by is By.OFFICER:
        return {str(pk): (name, "") for pk, name in officer_names(ids).items()}
    own = {agency.pk: agency.name for agency in agencies}
    return {
        str(pk): (name, own.get(agency_id, "")) for pk, (name, agency_id) in unit_names(ids).items()
    }


def _step_name(key: str) -> tuple[str, str]:
    version_id, _colon, step_key = key.partition(":")
    try:
        version = compiled(whole(version_id) or 0)
    except UnknownProcedure:  # an address that somebody typed
        return "", ""
    if step_key not in version.steps:
        return "", ""
    return version.steps[step_key].name, version.name


def _paused(asked: Asked, pause: Pause) -> dict[str, Any]:
    href = f"{reverse('board:paused-dossiers')}?{asked.query(cho=pause.state)}"
    return {
        "name": DossierState(pause.state).label,
        "count": pause.count,
        "href": href,
        "late_before": pause.late_before,
        "late_href": f"{href}&tre=1",
    }


def _months(today: date) -> list[tuple[str, str]]:
    months = []
    year, month = today.year, today.month
    for _each in range(MONTHS_BACK):
        months.append((f"{year}-{month:02}", _("Tháng %(m)s") % {"m": f"{month}/{year}"}))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months


def _lines(
    found: Sequence[Behind], agencies: Sequence[Agency], own: frozenset[int]
) -> list[dict[str, Any]]:
    units = unit_names({each.unit_id for each in found if each.unit_id is not None})
    officers = officer_names({each.officer_id for each in found if each.officer_id is not None})
    names = {agency.pk: agency.name for agency in agencies}
    lines = []
    for each in found:
        version = compiled(each.version_id)
        step = version.steps.get(each.step_key) if each.step_key else None
        lines.append(
            {
                "code": each.code,
                # What another agency settles is counted here, and read there.
                "href": reverse("desk:dossier", args=[each.code]) if each.agency_id in own else "",
                "procedure": version.name,
                "agency": names.get(each.agency_id, ""),
                "unit": units[each.unit_id][0] if each.unit_id in units else "",
                "officer": officers.get(each.officer_id or 0, ""),
                "step": step.name if step else "",
                "cause": CauseClass(each.cause).label if each.cause else "",
                "due_at": each.due_at,
                "completed_at": each.completed_at,
                "promised_at": each.promised_at,
            }
        )
    return lines
