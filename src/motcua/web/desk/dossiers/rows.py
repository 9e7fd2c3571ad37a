"""One dossier as one line of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from motcua.calendars.queries import city_calendar
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers.models import Channel, PleaKind
from motcua.dossiers.queries import Line
from motcua.procedures.queries import compiled
from motcua.web import words
from motcua.web.words import Badge, Deadline, DeadlineState

from .deadlines import said_of

# Rows that a process keeps, with the words in them: all of a day's lists, some megabytes.
ROWS_KEPT = 4000


@dataclass(frozen=True, kw_only=True, eq=False)  # the same row is the same object
class Row:
    """What a list tells of a dossier, in the words it is told in: a list has many rows to draw."""

    href: str
    agency_code: str  # "000.00.19.H13-", the half of the code that a list repeats
    number: str  # "241015-0001", the half that tells
    channel: str
    procedure: str
    owner_name: str
    badge: Badge
    step: str
    holder: str
    submitted: str
    owed: str  # the moment of the answer before acceptance, the day of the result after it
    deadline: Deadline | None
    asked: str = ""  # what a leader is asked about it
    whole: str = ""  # the number of the linked dossier it is a part of

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.deadline.state is DeadlineState.OVERDUE


class _Kept(NamedTuple):
    """A row, and of which calendar and when it is true."""

    row: Row
    calendar: WorkingCalendar
    since: datetime
    until: datetime


# By the line that a row was made of and the language it speaks.
_kept: dict[tuple[Line, str], _Kept] = {}


def rows_of(dossiers: Iterable[Line], *, now: datetime) -> tuple[Row, ...]:
    """Return the dossiers as lines. Procedures come from the process' memory, not from SQL."""
    lines, language = list(dossiers), get_language() or ""
    agencies = {line.settling_agency_id for line in lines}
    calendars = {agency_id: city_calendar(agency_id) for agency_id in agencies}
    rows = [_row_of(line, calendars[line.settling_agency_id], now, language) for line in lines]
    return tuple(rows)


def _row_of(dossier: Line, calendar: WorkingCalendar, now: datetime, language: str) -> Row:
    key = dossier, language
    kept = _kept.get(key)
    if kept is None or kept.calendar is not calendar or not kept.since <= now < kept.until:
        said = said_of(dossier, calendar=calendar, now=now)
        kept = _Kept(_row(dossier, said.deadline), calendar, now, said.until)
        if len(_kept) >= ROWS_KEPT:
            _kept.clear()
        _kept[key] = kept
    return kept.row


def _row(dossier: Line, deadline: Deadline | None) -> Row:
    version = compiled(dossier.version_id)
    agency_code, dash, number = dossier.code.partition("-")
    return Row(
        href=reverse("desk:dossier", args=[dossier.code]),
        agency_code=agency_code + dash,
        number=number,
        channel=str(Channel(dossier.channel).label),
        procedure=version.name,
        owner_name=dossier.owner_name,
        badge=words.BADGES[dossier.state],
        step=version.steps[dossier.step_key].name if dossier.step_key else "",
        holder=dossier.holder_name or "–",
        submitted=words.moment(dossier.submitted_at),
        owed=(words.day(dossier.due_at) if dossier.due_at else words.moment(dossier.intake_due_at))
        or "–",
        deadline=deadline,
        asked=" · ".join(str(PleaKind(kind).label) for kind in (dossier.asked or "").split()),
        whole=dossier.whole_code.partition("-")[2] if dossier.whole_code else "",
    )
