"""Report II.06a of any period, by agency or by procedure, as known now or on a past day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua.offices.models import AgencyKind
from motcua.procedures.queries import published
from motcua.steering.definitions import Counted, Period
from motcua.steering.definitions.settlement import Settled, settled_of

from .counts import check_has_come, counted
from .org import lines, map_of


class By(StrEnum):
    """What each line of the report stands for."""

    AGENCY = "agency"
    PROCEDURE = "procedure"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the report with its name."""

    code: str
    name: str
    figures: Settled


@dataclass(frozen=True, kw_only=True)
class Report:
    """The report: its lines, and the whole, in which no dossier is counted twice."""

    period: Period
    by: By
    lines: tuple[Line, ...]
    whole: Settled

    @property
    def holds(self) -> bool:
        """Whether every line adds up."""
        return self.whole.holds and all(line.figures.holds for line in self.lines)


def settlement_report(
    period: Period,
    *,
    by: By = By.AGENCY,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
) -> Report:
    """
    Return report II.06a. A part of a linked dossier is its agency's work, and no dossier more for
    the whole.

    :raises TheFutureIsNotKnown: if the period ends on a day that has not come, or was not known
    """
    check_has_come(period, as_of=as_of, at=at)
    rows = counted(period, as_of=as_of, at=at, agency_ids=agency_ids)
    grouped = (
        _by_agency(rows, period.last, agency_ids)
        if by is By.AGENCY
        else _by_procedure(rows, period.last)
    )
    return Report(
        period=period,
        by=by,
        lines=tuple(
            Line(code=code, name=name, figures=settled_of(members))
            for code, name, members in grouped
        ),
        whole=settled_of(row for row in rows if not row.is_part),
    )


def _by_agency(
    rows: list[Counted], on: date, seen: Collection[int] | None
) -> list[tuple[str, str, list[Counted]]]:
    members: dict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        members[row.agency_id].append(row)
    found = []
    told: set[int] = set()
    for line in lines(on):
        told |= line.agency_ids
        own = [row for each in line.agency_ids for row in members.get(each, ())]
        if seen is None or line.agency_ids.intersection(seen):
            found.append((line.code, line.name, own))
    agencies = map_of(on).agencies
    others = [agencies[each] for each in members if each not in told]
    others.sort(key=lambda agency: (agency.kind != AgencyKind.VERTICAL, agency.sort_key))
    return found + [(agency.code, agency.name, members[agency.pk]) for agency in others]


def _by_procedure(rows: list[Counted], on: date) -> list[tuple[str, str, list[Counted]]]:
    members: dict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        members[row.procedure].append(row)
    names = {version.code: version.name for version in published(on)}
    return [(code, names.get(code, code), members[code]) for code in sorted(members)]
