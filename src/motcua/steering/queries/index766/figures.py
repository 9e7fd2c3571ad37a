"""The index of a period, for whoever is asked about, out of one reading of the figures."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from motcua.procedures.queries import published
from motcua.steering.definitions import EVENTS, STOCKS, Measure, Period
from motcua.steering.definitions.index766 import (
    MEASURES,
    MEASURES_OF_PROCEDURES,
    Announced,
    Announcements,
    Competence,
    Filed,
    Level,
    Profile,
    Quantity,
    Score,
    Tally,
    Worked,
    amounts_of,
    announcements_of,
    profile_in_force,
    score,
)
from motcua.steering.queries.behind import counted_of_officers
from motcua.steering.queries.counts import check_known, sources, sums

from .announcements import announced, last_day_over
from .catalogue import competence_of, payable_online
from .subjects import Subject, Subjects, subjects

# What the acts on a dossier themselves tell; the rest must have been recorded by somebody.
ALWAYS_KNOWN = frozenset(
    (
        *(*EVENTS, *STOCKS),
        *(Measure.ONLINE, Measure.LATE, Measure.RESULT_DUE),
        *(Measure.PETITIONS_LATE, Measure.PETITIONS_UNHAPPY),
    )
)


@dataclass(eq=False)
class Basis:
    """What amounts are worked out of: one and the same for as long as every figure is the same."""

    amounts: dict[Subject, dict[Quantity, int | None]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the index of a period is worked out from, agency by agency."""

    period: Period
    as_of: date | None
    at: datetime
    until: date  # the last day of the period that is over, or today
    profile: Profile
    subjects: Subjects
    announced: Sequence[Announced] | None  # None: nobody keeps the register yet
    recorded: frozenset[Measure]
    payable: frozenset[str]
    of_agencies: tuple[tuple[Any, ...], ...]  # agency, whether of parts, MEASURES
    of_procedures: tuple[tuple[Any, ...], ...]  # agency, code, whether of parts, and theirs

    @cached_property
    def worked(self) -> Mapping[int, Sequence[Worked]]:
        """Return what agencies did, by agency."""
        worked: dict[int, list[Worked]] = defaultdict(list)
        for agency_id, is_part, *counts in self.of_agencies:
            worked[agency_id].append(Worked(agency_id, is_part, tuple(counts)))
        return worked

    @cached_property
    def filed(self) -> Mapping[int, Sequence[Filed]]:
        """Return what citizens filed of each procedure, by agency."""
        filed: dict[int, list[Filed]] = defaultdict(list)
        for agency_id, procedure, is_part, *counts in self.of_procedures:
            if not is_part:
                filed[agency_id].append(Filed(agency_id, procedure, tuple(counts)))
        return filed

    @cached_property
    def basis(self) -> Basis:
        """Return what all amounts follow from, with those that were worked out of it already."""
        return _basis(
            self.days,
            self.over,
            self.profile.id,
            None if self.announced is None else tuple(self.announced),
            self.recorded,
            self.payable,
            tuple(version.id for version in published(self.until)),
            self.of_agencies,
            self.of_procedures,
        )

    def amounts(self, subject: Subject) -> Mapping[Quantity, int | None]:
        """Return how much of every quantity somebody has."""
        known = self.basis.amounts
        if subject not in known:
            known[subject] = self._added_up(subject)
        return known[subject]

    def _added_up(self, subject: Subject) -> dict[Quantity, int | None]:
        ids = subject.agency_ids
        return amounts_of(
            Tally.of(
                [row for each in ids for row in self.worked.get(each, ())],
                [row for each in ids for row in self.filed.get(each, ())],
                certifying=self.profile.certifying,
            ),
            competence=competence_of(subject.offices, on=self.until, payable=self.payable),
            announcements=self._announcements(subject),
            recorded=self.recorded,
        )

    @property
    def days(self) -> Period:
        """Return the days of the period that figures can be about."""
        return Period(self.period.first, self.until)

    @property
    def over(self) -> date:
        """Return the last day that is over as far as is known."""
        return last_day_over(self.as_of, self.at)

    def announced_by(self, subject: Subject) -> list[Announced]:
        """Return what somebody proposed to announce; the city answers for all of it."""
        everybody = subject.level is Level.CITY
        rows = self.announced or ()
        return [row for row in rows if everybody or row.agency_id in subject.agency_ids]

    def _announcements(self, subject: Subject) -> Announcements | None:
        if self.announced is None:
            return None
        return announcements_of(self.announced_by(subject), self.days, over=self.over)

    def score(self, subject: Subject) -> Score:
        """Return somebody's index."""
        return _score_of(self.until, subject.level, tuple(self.amounts(subject).values()))

    def ranked(self, among: Collection[Subject]) -> list[tuple[Subject, Score]]:
        """Return the indices of several, the best first."""
        scores = [(subject, self.score(subject)) for subject in among]
        return sorted(scores, key=lambda each: (-each[1].total, each[0].code))


@lru_cache(maxsize=20)
def _basis(*_figures: Hashable) -> Basis:
    # The same figures give the same amounts: while nothing came in, nothing is worked out again.
    return Basis()


@lru_cache(maxsize=1000)
def _score_of(until: date, level: Level, amounts: tuple[int | None, ...]) -> Score:
    # The same amounts give the same points: while nothing came in, nothing is worked out again.
    told = dict(zip(Quantity, amounts, strict=True))
    return score(profile_in_force(until), level=level, amounts=told)


def figures(period: Period, *, as_of: date | None = None, at: datetime) -> Figures:
    """
    Return what the index of a period is worked out from, as known now or on a past day.

    :raises TheFutureIsNotKnown: if the period has not begun, or the day `as_of` has not come
    :raises NoProfile: if the index did not exist then
    :raises NoSuchSubject: if the city did not
    """
    until = check_known(period, as_of=as_of, at=at)
    profile = profile_in_force(until)
    whose = subjects(until)
    return Figures(
        period=period,
        as_of=as_of,
        at=at,
        until=until,
        profile=profile,
        subjects=whose,
        announced=announced(Period(period.first, until), profile=profile, as_of=as_of, at=at),
        recorded=recorded(until if as_of is None else as_of),
        payable=payable_online(until=until, as_of=as_of),
        # Of everybody: to pick agencies out costs the database more than the few not asked for.
        of_agencies=tuple(sums(MEASURES, period, by=("agency_id", "is_part"), as_of=as_of, at=at)),
        of_procedures=tuple(
            sums(
                MEASURES_OF_PROCEDURES,
                period,
                by=("agency_id", "procedure", "is_part"),
                as_of=as_of,
                at=at,
            )
        ),
    )


def scores_of_officers(
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int],
) -> list[tuple[int, int, Score]]:
    """
    Return officer, agency and index of everybody who had dossiers in hand, the best first.

    :raises TheFutureIsNotKnown: as `figures`
    """
    profile = profile_in_force(check_known(period, as_of=as_of, at=at))
    found = []
    for officer_id, agency_id, counts in counted_of_officers(
        period, as_of=as_of, at=at, agency_ids=agency_ids
    ):
        amounts = amounts_of(
            Tally(work=counts),
            competence=Competence(),
            announcements=None,
            recorded=ALWAYS_KNOWN,
        )
        found.append((officer_id, agency_id, score(profile, level=Level.OFFICER, amounts=amounts)))
    return sorted(found, key=lambda each: (-each[2].total, each[0]))


def recorded(on: date) -> frozenset[Measure]:
    """Return the measures of which there are figures by a day, if only to say none."""
    known = ALWAYS_KNOWN | sources(on=on)
    # Who was asked and did not dislike it was heard too.
    return known | {Measure.UNHAPPY} if Measure.RATED in known else known
