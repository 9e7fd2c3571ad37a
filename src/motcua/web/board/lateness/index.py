"""The board of lateness: what is late or near, and whose doing; each number opens its list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers import queries
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.queries import FurtherRounds, Pause, Tally
from motcua.kernel import clock
from motcua.web.access import OfficerRequest
from motcua.web.board.access import agencies_seen, overseer_required
from motcua.web.words import Words

from .asked import Asked, asked_of
from .shown import BY_NAMES, FURTHER_ROUND_NAMES, STAND_NAMES, UNKNOWN, month_words, names_of

MONTHS_BACK = 12


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number, and the list of what stands behind it."""

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
    asked = asked_of(request, seen, clock.day_of(now))
    tallies = queries.late_tallies(asked.agency_ids, month=asked.month, at=now)
    return render(
        request,
        "board/lateness/index.html",
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
            "further_rounds": _further_rounds(asked),
            "further_round_columns": list(FURTHER_ROUND_NAMES.values()),
            "months": _months(clock.day_of(now)),
            "month": f"{asked.month:%Y-%m}",
            "month_words": month_words(asked.month),
            "agencies": seen if len(seen) > 1 else [],
        },
    )


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
    names = names_of(asked.by, [key for key in grouped if key], asked.agencies)
    rows = [
        Row(
            name=names[key][0] if key in names else str(UNKNOWN[asked.by]),
            beside=names[key][1] if key in names else "",
            cells=_cells(asked, members, key=key),
        )
        for key, members in grouped.items()
    ]
    return sorted(rows, key=lambda row: ([-cell.count for cell in row.cells[1:]], row.name))


def _further_rounds(asked: Asked) -> list[Row]:
    names = {agency.pk: agency.name for agency in asked.agencies}
    return [
        Row(
            name=figures.unit,
            beside=names[figures.agency_id],
            cells=_cells_of_further_rounds(asked, figures),
        )
        for figures in queries.further_rounds_by_unit(asked.agency_ids, month=asked.month)
    ]


def _cells_of_further_rounds(asked: Asked, figures: FurtherRounds) -> list[Cell]:
    base = reverse("board:further-rounds")
    unit = str(figures.unit_id)
    return [
        Cell(
            label=name,
            count=figures.counts[stand],
            href=f"{base}?{asked.query(theo='', **{'don-vi': unit, 'ket-qua': stand.value})}",
        )
        for stand, name in FURTHER_ROUND_NAMES.items()
    ]


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
    month = today.replace(day=1)
    for _each in range(MONTHS_BACK):
        months.append((f"{month:%Y-%m}", month_words(month)))
        month = (month - timedelta(days=1)).replace(day=1)
    return months
