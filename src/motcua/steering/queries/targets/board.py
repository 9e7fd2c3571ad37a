"""The board: every agency of the plan beside its target, as it was at any moment."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from motcua.kernel.clock import CITY_TIME, day_of, midnight_after
from motcua.offices.models import AgencyKind
from motcua.procedures.queries import published
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import (
    Progress,
    Share,
    payoffs_of,
    plan_register,
    progress_of,
)
from motcua.steering.models import Target
from motcua.steering.queries.counts import moment_seen
from motcua.steering.queries.forecast import Received, can_be_filed_online
from motcua.steering.queries.org import Line, lines, map_of

from .register import standing_targets

_INSTANT = timedelta(microseconds=1)


class MapRead(StrEnum):
    """By which map the agencies are read."""

    OLD = "old"  # of the day on which the plan was issued
    NEW = "new"  # of the day that is looked at


@dataclass(frozen=True, kw_only=True)
class Row:
    """An agency beside its target."""

    number: int
    agency_id: int
    code: str
    name: str
    kind: str  # AgencyKind
    agency_ids: frozenset[int]
    target: Target | None
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class Board:
    """All rows, and the city as a whole beside its floor."""

    until: date  # the last day that is counted, or begun to be
    at: datetime  # the moment before which all is counted
    is_past: bool
    year: Period
    map_on: date
    rows: tuple[Row, ...]
    city: Progress
    # What rows and city are drawn from: the same object for as long as they are the same.
    basis: Hashable = field(compare=False)

    @property
    def cut_at(self) -> datetime | None:
        """Return the past moment as of which all is seen; None if it is seen as it is now."""
        return self.at if self.is_past else None

    @property
    def is_of_whole_days(self) -> bool:
        """Return whether the last day is counted to its end."""
        return self.at == midnight_after(self.until)

    @property
    def seen_until(self) -> str:
        """Return up to when figures count, in words: on the screen, on paper, at the terminal."""
        told = {"day": f"{self.until:%d/%m/%Y}", "hour": f"{self.at.astimezone(CITY_TIME):%H:%M}"}
        if not self.is_past:
            return _("Số liệu đến lúc này, ngày %(day)s.") % told
        if self.is_of_whole_days:
            return _("Số liệu đến hết ngày %(day)s.") % told
        return _("Số liệu đến %(hour)s ngày %(day)s.") % told


@dataclass(frozen=True, kw_only=True)
class ProcedureRow:
    """What an agency received of one procedure in the year so far."""

    procedure: str
    share: Share
    is_offered_online: bool


def board(
    *, as_of: date | datetime | None = None, at: datetime, by: MapRead = MapRead.OLD
) -> Board:
    """
    Return where every agency stands in the year, as of a past moment, the end of a day, or now.

    :raises TheFutureIsNotKnown: if the moment or the day has not come
    """
    seen_at = at if as_of is None else moment_seen(as_of, at=at)
    seen = _Seen.of(as_of, at)
    map_on = plan_register().issued_on if by is MapRead.OLD else seen.until
    drawn = _drawn_up(seen, tuple(lines(map_on)))
    return Board(
        until=seen.until,
        at=seen_at,
        is_past=seen_at < at,
        year=seen.year,
        map_on=map_on,
        rows=drawn.rows,
        city=drawn.city,
        basis=drawn,
    )


def row_of(
    code: str, *, as_of: date | datetime | None = None, at: datetime, by: MapRead = MapRead.OLD
) -> tuple[Board, Row] | None:
    """
    Return one agency's row with the board that it belongs to; None if it is none of the plan's.

    A commune's row is read like a district's: by itself.

    :raises TheFutureIsNotKnown: if the moment or the day has not come
    """
    whole = board(as_of=as_of, at=at, by=by)
    found = next((row for row in whole.rows if row.code == code), None)
    if found is None:
        seen = _Seen.of(as_of, at)
        found = next((row for row in seen.commune_rows(whole.map_on) if row.code == code), None)
    return None if found is None else (whole, found)


def commune_rows(row: Row, whole: Board, *, at: datetime) -> list[Row]:
    """Return the communes of a district's row, each beside the target that the district set."""
    seen = _Seen.of(whole.cut_at, at)
    return seen.commune_rows(whole.map_on, district_id=row.agency_id)


def every_commune(whole: Board) -> list[Row]:
    """Return every commune beside its target, as of the day of a board."""
    return _Seen.of(whole.until, whole.at).commune_rows(whole.map_on)


def procedure_rows(agency_ids: frozenset[int], whole: Board) -> list[ProcedureRow]:
    """Return what these agencies received of every procedure, the most of other channels first."""
    offered = can_be_filed_online(whole.until)
    received = Received.by(whole.until, before=whole.cut_at)
    shares = received.procedures_of(agency_ids)
    rows = [
        ProcedureRow(procedure=code, share=share, is_offered_online=code in offered)
        for code, share in shares.items()
    ]
    return sorted(rows, key=lambda row: (row.share.online - row.share.received, row.procedure))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Seen:
    """All figures as they were at a moment: the same object for as long as none is another."""

    received: Received
    everybody: frozenset[int]  # who counts for the city
    names: Mapping[int, str]  # of agencies
    offered: frozenset[str]
    targets: Mapping[int, Target]

    @classmethod
    def of(cls, as_of: date | datetime | None, at: datetime) -> "_Seen":
        seen_at = at if as_of is None else moment_seen(as_of, at=at)
        is_past = seen_at < at
        until = day_of(seen_at - _INSTANT) if is_past else day_of(at)
        return _seen(
            Received.by(until, before=seen_at if is_past else None),
            frozenset(each for line in lines(until) for each in line.agency_ids),
            tuple((agency.pk, agency.name) for agency in map_of(until).agencies.values()),
            tuple(version.id for version in published(until)),
            tuple(standing_targets(until, at=seen_at).values()),
        )

    @property
    def until(self) -> date:
        return self.received.until

    @cached_property
    def year(self) -> Period:
        return Period.year(self.until.year)

    @cached_property
    def city(self) -> tuple[tuple[date, Share], ...]:
        """Return the city's months of last year."""
        months = self.received.months_of(self.everybody)
        return tuple((month, share) for month, share in months.items() if month < self.year.first)

    def row(self, line: Line) -> Row:
        target = self._target_of(line.agency_id, line.agency_ids)
        return Row(
            number=line.number,
            agency_id=line.agency_id,
            code=line.code,
            name=line.name,
            kind=line.kind,
            agency_ids=line.agency_ids,
            target=target,
            progress=self._progress(
                line.agency_ids,
                target_tenths=target.tenths if target else None,
                baseline_tenths=self._baseline(line),
            ),
        )

    def whole_city(self) -> Progress:
        return self._progress(
            self.everybody,
            target_tenths=plan_register().floor,
            baseline_tenths=self._last_year(self.everybody),
        )

    def commune_rows(self, map_on: date, *, district_id: int | None = None) -> list[Row]:
        map_ = map_of(map_on)
        districts = (
            [agency.pk for agency in map_.agencies.values() if agency.kind == AgencyKind.DISTRICT]
            if district_id is None
            else [district_id]
        )
        rows: list[Row] = []
        for each in districts:
            for agency, agency_ids in map_.communes_of(each):
                target = self._target_of(agency.pk, agency_ids)
                rows.append(
                    Row(
                        number=len(rows) + 1,
                        agency_id=agency.pk,
                        code=agency.code,
                        name=agency.name,
                        kind=agency.kind,
                        agency_ids=agency_ids,
                        target=target,
                        progress=self._progress(
                            agency_ids,
                            target_tenths=target.tenths if target else None,
                            baseline_tenths=self._last_year(agency_ids),
                        ),
                    )
                )
        return rows

    def _target_of(self, agency_id: int, agency_ids: Collection[int]) -> Target | None:
        # What was merged has the successor's target; renamed, that of the only one before it.
        own = self.targets.get(agency_id)
        if own is not None:
            return own
        before = [
            self.targets[each]
            for each in agency_ids
            if each in self.targets and self.targets[each].source_row is not None
        ]
        return before[0] if len(before) == 1 else None

    def _baseline(self, line: Line) -> int | None:
        # What the annex says; of several together it says nothing, so that is counted.
        names = {self.names[each] for each in line.agency_ids}
        told = [row.baseline for row in plan_register().lines if row.agency in names]
        return told[0] if len(told) == 1 else self._last_year(line.agency_ids)

    def _last_year(self, agency_ids: frozenset[int]) -> int | None:
        months = self.received.months_of(agency_ids)
        return sum(
            (share for month, share in months.items() if month < self.year.first), Share()
        ).tenths

    def _progress(
        self,
        agency_ids: frozenset[int],
        *,
        target_tenths: int | None,
        baseline_tenths: int | None,
    ) -> Progress:
        progress = _progress_of(
            tuple(sorted(self.received.months_of(agency_ids).items())),
            self.city,
            until=self.until,
            last=self.year.last,
            target_tenths=target_tenths,
            baseline_tenths=baseline_tenths,
        )
        procedures = self.received.procedures_of(agency_ids)
        return replace(progress, payoffs=payoffs_of(procedures, can_be_filed_online=self.offered))


@lru_cache(maxsize=20)
def _seen(
    received: Received,
    everybody: frozenset[int],
    names: tuple[tuple[int, str], ...],
    _version_ids: tuple[int, ...],  # of what can be filed, and what it is called
    targets: tuple[Target, ...],
) -> _Seen:
    return _Seen(
        received=received,
        everybody=everybody,
        names=dict(names),
        offered=can_be_filed_online(received.until),
        targets={target.agency_id: target for target in targets},
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _DrawnUp:
    """Everybody's standing: the same object for as long as all of it is the same."""

    rows: tuple[Row, ...]
    city: Progress


@lru_cache(maxsize=20)
def _drawn_up(seen: _Seen, by_map: tuple[Line, ...]) -> _DrawnUp:
    return _DrawnUp(rows=tuple(seen.row(line) for line in by_map), city=seen.whole_city())


@lru_cache(maxsize=2000)
def _progress_of(
    months: tuple[tuple[date, Share], ...],
    city: tuple[tuple[date, Share], ...],
    *,
    until: date,
    last: date,
    target_tenths: int | None,
    baseline_tenths: int | None,
) -> Progress:
    # The same figures foretell the same: while nothing came in, nothing is worked out again.
    return progress_of(
        months=dict(months),
        city=dict(city),
        until=until,
        last=last,
        target_tenths=target_tenths,
        baseline_tenths=baseline_tenths,
    )
