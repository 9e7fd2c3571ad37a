"""
Who is late, by agency, unit and person: counted from the dossiers, fairly.

A cause that lies elsewhere (another agency, the applicant, the system) takes a dossier out of
everybody's count and into one of its own. A person is counted only where the delay was stated to
be the unit's own and history says who held the dossier when it became late.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.definitions import NOT_THE_OFFICERS, CauseClass
from motcua.kernel.numbers import NotADossierCode, parse_dossier_code


class LineKind(models.TextChoices):
    """Whom a line names."""

    AGENCY = "agency", _("Cơ quan")
    UNIT = "unit", _("Đơn vị")
    OFFICER = "officer", _("Cá nhân")


class Naming(models.TextChoices):
    """What the city decides about naming a person."""

    PUBLISH = "publish", _("Công khai tên")
    WITHHOLD = "withhold", _("Không công khai tên")


class Late(Protocol):
    """A late dossier, as far as it is counted."""

    @property
    def agency_id(self) -> int: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def officer_id(self) -> int | None: ...
    @property
    def due_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def cause(self) -> str | None: ...
    @property
    def promised_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One line of the list."""

    kind: LineKind
    agency_id: int
    unit_id: int | None = None
    officer_id: int | None = None
    late: int
    ended: int  # late, within the month; the rest was overdue at its end
    unexplained: int  # nobody has stated a cause
    apologised: int
    worst_days: int
    median_days: int  # of an even number, the lower one in the middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Excused:
    """How many were late at an agency for a cause that lies elsewhere."""

    agency_id: int
    cause: str  # CauseClass
    dossiers: int
    worst_days: int


def is_excused(cause: str | None) -> bool:
    """Return whether a delay is nobody's in the office. What was not explained is the agency's."""
    return cause in NOT_THE_OFFICERS


def is_a_persons(late: Late) -> bool:
    """Return whether a delay counts against who held the dossier."""
    return late.cause == CauseClass.OWN_UNIT and late.officer_id is not None


def days_late(late: Late, *, last: date) -> int:
    """Return the days after the due day, up to the end or to the end of the month."""
    return ((late.ended_on or last + timedelta(days=1)) - late.due_on).days


def tallies_of(found: Iterable[Late], *, last: date) -> list[Tally]:
    """Return the lines: agencies, then units, then persons, the longest list first."""
    groups: dict[tuple[LineKind, int, int | None, int | None], list[Late]] = defaultdict(list)
    for late in found:
        if is_excused(late.cause):
            continue
        groups[LineKind.AGENCY, late.agency_id, None, None].append(late)
        if late.unit_id is not None:
            groups[LineKind.UNIT, late.agency_id, late.unit_id, None].append(late)
            if is_a_persons(late):
                key = LineKind.OFFICER, late.agency_id, late.unit_id, late.officer_id
                groups[key].append(late)
    order = list(LineKind)
    tallies = [
        _tally(kind, agency, unit, officer, members, last)
        for (kind, agency, unit, officer), members in groups.items()
    ]
    return sorted(
        tallies,
        key=lambda each: (
            order.index(each.kind),
            -each.late,
            each.agency_id,
            each.unit_id or 0,
            each.officer_id or 0,
        ),
    )


def excused_of(found: Iterable[Late], *, last: date) -> list[Excused]:
    """Return what was late for causes that lie elsewhere, by agency and cause."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for late in found:
        if late.cause is not None and is_excused(late.cause):
            groups[late.agency_id, late.cause].append(days_late(late, last=last))
    return [
        Excused(agency_id=agency, cause=cause, dossiers=len(days), worst_days=max(days))
        for (agency, cause), days in sorted(groups.items())
    ]


def masked_code(code: str) -> str:
    """Return a dossier code of which day and number are hidden but the last two digits."""
    try:
        told = parse_dossier_code(code)
    except NotADossierCode:
        return "*" * len(code)
    hidden = "*" * (len(told.serial) - 2)
    return f"{told.unit_code}-{told.on:%y%m}**-{hidden}{told.serial[-2:]}"


def _tally(
    kind: LineKind,
    agency: int,
    unit: int | None,
    officer: int | None,
    members: list[Late],
    last: date,
) -> Tally:
    days = [days_late(late, last=last) for late in members]
    return Tally(
        kind=kind,
        agency_id=agency,
        unit_id=unit,
        officer_id=officer,
        late=len(members),
        ended=sum(late.ended_on is not None for late in members),
        unexplained=sum(late.cause is None for late in members),
        apologised=sum(late.promised_on is not None for late in members),
        worst_days=max(days),
        median_days=median_low(days),
    )
