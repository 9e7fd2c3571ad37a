"""The index itself: from amounts to points, in exact fractions, with what each was made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from .profiles import Application, Band, Criterion, Group, Level, Profile, Scoring, Zero
from .quantities import Quantity

ONE = Fraction(1)


class State(StrEnum):
    """What the points of a criterion rest on."""

    COUNTED = "counted"
    EMPTY = "empty"  # the denominator is nothing: the criterion's rule for that
    NO_DATA = "no_data"  # nobody records it: no points, and it is said so
    NOT_APPLICABLE = "not_applicable"  # at this level, which gives the most
    INFORMATION = "information"  # shown, not scored


@dataclass(frozen=True, kw_only=True)
class CriterionScore:
    """A criterion's numerator, denominator and points."""

    criterion: Criterion
    state: State
    numerator: int | None
    denominator: int | None
    factor: tuple[int, int] | None  # of the second ratio, where there is one
    ratio: Fraction | None  # between 0 and 1; None where there is nothing to divide
    points: Fraction

    @property
    def lost(self) -> Fraction:
        """Return what is missing from the maximum."""
        return self.criterion.max - self.points


@dataclass(frozen=True, kw_only=True)
class GroupScore:
    """A group's criteria and their sum."""

    group: Group
    criteria: tuple[CriterionScore, ...]

    @cached_property
    def points(self) -> Fraction:
        """Return the sum of the points."""
        return sum((score.points for score in self.criteria), Fraction())

    @property
    def max(self) -> int:
        """Return what could be had at this level."""
        return sum(score.criterion.max for score in self.criteria)

    @property
    def known_max(self) -> int:
        """Return what could be had where there are data."""
        return sum(s.criterion.max for s in self.criteria if s.state is not State.NO_DATA)


@dataclass(frozen=True, kw_only=True)
class Score:
    """The index of one agency, commune or officer, or of the city, in one period."""

    profile: Profile
    level: Level
    groups: tuple[GroupScore, ...]

    @cached_property
    def total(self) -> Fraction:
        """Return the sum of all points."""
        return sum((group.points for group in self.groups), Fraction())

    @property
    def max(self) -> int:
        """Return what could be had at this level: 100, less for an officer."""
        return sum(group.max for group in self.groups)

    @property
    def known_max(self) -> int:
        """Return what could be had of the criteria that have data."""
        return sum(group.known_max for group in self.groups)

    @property
    def band(self) -> Band | None:
        """Return how the total is called; None where it is not out of a hundred."""
        if self.max != 100:
            return None
        return next(band for band in self.profile.bands if self.total >= band.from_)

    @property
    def criteria(self) -> list[CriterionScore]:
        """Return the criteria of all groups, in order."""
        return [score for group in self.groups for score in group.criteria]

    def of(self, code: str) -> CriterionScore | None:
        """Return the score of the criterion with this code, if there is one here."""
        return next((each for each in self.criteria if each.criterion.code == code), None)


def score(profile: Profile, *, level: Level, amounts: Mapping[Quantity, int | None]) -> Score:
    """Return the points that these amounts give at this level."""
    groups = []
    for group in profile.groups:
        criteria = tuple(
            _scored(criterion, application, amounts)
            for criterion in group.criteria
            if (application := criterion.at(level)) is not Application.LEFT_OUT
        )
        if criteria:
            groups.append(GroupScore(group=group, criteria=criteria))
    return Score(profile=profile, level=level, groups=tuple(groups))


def _scored(
    criterion: Criterion, application: Application, amounts: Mapping[Quantity, int | None]
) -> CriterionScore:
    numerator, denominator = criterion.numerator.of(amounts), criterion.denominator.of(amounts)
    factor = None
    if criterion.factor is not None:
        above, below = (each.of(amounts) for each in criterion.factor)
        factor = (above, below) if above is not None and below is not None else None
    most = Fraction(criterion.max)
    state, ratio, points = State.COUNTED, None, Fraction()
    if application is Application.FULL:
        state, points = State.NOT_APPLICABLE, most
    elif (
        numerator is None
        or denominator is None
        or (criterion.factor is not None and factor is None)
    ):
        state = State.NO_DATA
    elif denominator == 0 or (factor is not None and factor[1] == 0):
        state = State.EMPTY
        points = most if criterion.zero is Zero.FULL else points
    else:
        ratio = _share(numerator, denominator)
        if factor is not None:
            ratio *= _share(*factor)
        points = _points(criterion, ratio)
    if criterion.scoring is Scoring.NONE and state is not State.NO_DATA:
        state = State.INFORMATION
    return CriterionScore(
        criterion=criterion,
        state=state,
        numerator=numerator,
        denominator=denominator,
        factor=factor,
        ratio=ratio,
        points=points,
    )


def _share(part: int, whole: int) -> Fraction:
    """Return the part of the whole, at most all of it."""
    return Fraction(part, whole) if part < whole else ONE


def _points(criterion: Criterion, ratio: Fraction) -> Fraction:
    if criterion.scoring is Scoring.NONE:
        return Fraction()
    above, below = ratio.as_integer_ratio()
    if criterion.cap is not None:
        above, below = above * 100, below * criterion.cap
    return criterion.max * _share(above, below)


def rounded(value: Fraction) -> Decimal:
    """Return it with two decimals, halves up, to be shown; nothing is computed from it."""
    hundredths = (value * 200 + 1) // 2
    return Decimal(hundredths) / 100
