"""Profiles of the index: which criteria, by which sums, for how many points, from when to when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import msgspec
import yaml
from django.utils.translation import gettext as _

from .quantities import Quantity

PROFILES = Path(__file__).parents[2] / "data" / "index766.yaml"
WHOLE = 100  # points, of all criteria together

Points = Annotated[int, msgspec.Meta(ge=0)]
Term = Annotated[str, msgspec.Meta(min_length=1)]
Words = Annotated[str, msgspec.Meta(min_length=1)]


class InvalidProfiles(ValueError):
    """The file of profiles says what cannot be; the message names the place and the reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NoProfile(LookupError):
    """No profile of the index is in force on that day."""


class Level(StrEnum):
    """Whose index it is."""

    CITY = "city"
    DEPARTMENT = "department"  # and boards
    DISTRICT = "district"  # with its communes
    COMMUNE = "commune"
    OFFICER = "officer"


class Scoring(StrEnum):
    """How a ratio becomes points."""

    LINEAR = "linear"
    CAP = "cap"
    NONE = "none"


class Zero(StrEnum):
    """What a denominator of nothing gives."""

    ZERO = "zero"
    FULL = "full"


class Application(StrEnum):
    """What a criterion gives at a level."""

    SCORED = "scored"
    FULL = "full"  # it does not apply there, which gives the most
    LEFT_OUT = "left_out"  # it does not apply there, and is missing from the maximum too


class _FactorData(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    numerator: Annotated[tuple[Term, ...], msgspec.Meta(min_length=1)]
    denominator: Annotated[tuple[Term, ...], msgspec.Meta(min_length=1)]


class _CriterionData(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: Words
    official: bool
    number: Words
    name: Words
    max: Points
    scoring: Scoring
    numerator: Annotated[tuple[Term, ...], msgspec.Meta(min_length=1)]
    denominator: Annotated[tuple[Term, ...], msgspec.Meta(min_length=1)]
    formula: Words
    cap: int | None = None
    zero: Zero = Zero.ZERO
    factor: _FactorData | None = None
    applies: dict[Level, Application] = msgspec.field(default_factory=dict)


class _GroupData(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: Words
    number: Words
    name: Words
    max: Points
    criteria: Annotated[tuple[_CriterionData, ...], msgspec.Meta(min_length=1)]


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a total is called, from so many points on."""

    key: Words
    name: Words
    from_: Annotated[int, msgspec.Meta(ge=0, le=WHOLE)] = msgspec.field(name="from")


class _ProfileData(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Words
    name: Words
    source: Words
    valid_from: date
    valid_to: date | None
    certifying: tuple[Words, ...]
    announce_before_days: Annotated[int, msgspec.Meta(ge=0)]
    publish_within_days: Annotated[int, msgspec.Meta(ge=0)]
    bands: Annotated[tuple[Band, ...], msgspec.Meta(min_length=1)]
    groups: Annotated[tuple[_GroupData, ...], msgspec.Meta(min_length=1)]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    profiles: Annotated[tuple[_ProfileData, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of quantities, some of them taken away."""

    plus: tuple[Quantity, ...]
    minus: tuple[Quantity, ...] = ()

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return all quantities that it needs."""
        return self.plus + self.minus

    def of(self, amounts: Mapping[Quantity, int | None]) -> int | None:
        """Return the sum, never below nothing; None if one of the quantities is not recorded."""
        total = 0
        for sign, quantities in ((1, self.plus), (-1, self.minus)):
            for quantity in quantities:
                amount = amounts.get(quantity)
                if amount is None:
                    return None
                total += sign * amount
        return max(total, 0)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One line of the index: a ratio, and how it becomes points."""

    code: str
    official: bool  # whether the code is the national portal's
    number: str  # as the described formulas count: 3.5a
    name: str
    formula: str  # in words
    max: int
    scoring: Scoring
    cap: int | None  # per cent from which on all points are given
    numerator: Sum
    denominator: Sum
    factor: tuple[Sum, Sum] | None  # a second ratio by which the first one is multiplied
    zero: Zero
    applies: Mapping[Level, Application]

    def at(self, level: Level) -> Application:
        """Return what it gives at a level."""
        return self.applies.get(level, Application.SCORED)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Criteria that are shown together."""

    code: str
    number: str
    name: str
    max: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The index as it stood from one day to another."""

    id: str
    name: str
    source: str
    valid_from: date
    valid_to: date | None
    certifying: frozenset[str]  # procedures by which copies are certified
    announce_before_days: int  # working days between signing and the basis taking effect
    publish_within_days: int  # working days between signing and publishing
    bands: tuple[Band, ...]  # the best first
    groups: tuple[Group, ...]

    @property
    def criteria(self) -> Iterator[Criterion]:
        """Return the criteria of all groups, in order."""
        return (criterion for group in self.groups for criterion in group.criteria)

    def criterion(self, code: str) -> Criterion | None:
        """Return the criterion with this code, if it is one of ours."""
        return next((each for each in self.criteria if each.code == code), None)


@cache
def profiles() -> tuple[Profile, ...]:
    """
    Return all profiles, the oldest first.

    :raises InvalidProfiles: if the file says what cannot be
    """
    return read_profiles(PROFILES.read_text(encoding="utf-8"))


def profile_in_force(on: date) -> Profile:
    """
    Return the profile by which a period that ends on this day is judged.

    :raises NoProfile: if the index did not exist on that day
    """
    for profile in profiles():
        if profile.valid_from <= on and (profile.valid_to is None or on <= profile.valid_to):
            return profile
    raise NoProfile(
        _("Ngày %(day)s chưa có Bộ chỉ số 766 để tính; Ông/Bà hãy chọn kỳ muộn hơn.")
        % {"day": f"{on:%d/%m/%Y}"}
    )


def read_profiles(text: str) -> tuple[Profile, ...]:
    """
    Read profiles from YAML, the oldest first.

    :raises InvalidProfiles: if weights do not add up, a quantity is unknown, a cap is out of range
        or two profiles are in force on one day
    """
    try:
        file = msgspec.convert(_parsed(text), _File, strict=False)
    except msgspec.ValidationError as error:
        reason, _at, path = str(error).rpartition(" - at `$")
        raise InvalidProfiles(path.rstrip("`").lstrip(".") or "profiles", reason or path) from error
    found = sorted(
        (_profile(f"profiles[{number}]", data) for number, data in enumerate(file.profiles)),
        key=lambda profile: profile.valid_from,
    )
    for earlier, later in pairwise(found):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise InvalidProfiles(
                f"profiles.{later.id}.valid_from",
                _("ngày %(day)s đã có “%(other)s” đang áp dụng; hai bộ không được chồng nhau")
                % {"day": f"{later.valid_from:%d/%m/%Y}", "other": earlier.id},
            )
    return tuple(found)


def _parsed(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidProfiles("profiles", str(error).replace("\n", " ")) from error


def _profile(path: str, data: _ProfileData) -> Profile:
    if data.valid_to is not None and data.valid_to < data.valid_from:
        raise InvalidProfiles(f"{path}.valid_to", _("kết thúc trước khi bắt đầu"))
    groups = tuple(_group(f"{path}.groups[{n}]", group) for n, group in enumerate(data.groups))
    if (whole := sum(group.max for group in groups)) != WHOLE:
        raise InvalidProfiles(
            f"{path}.groups",
            _("các nhóm cộng lại được %(sum)d điểm, phải là %(whole)d")
            % {"sum": whole, "whole": WHOLE},
        )
    codes = [criterion.code for group in groups for criterion in group.criteria]
    codes += [group.code for group in groups]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise InvalidProfiles(f"{path}.groups", _("mã “%(code)s” có hai lần") % {"code": twice})
    floors = [band.from_ for band in data.bands]
    if floors != sorted(set(floors), reverse=True) or floors[-1] != 0:
        raise InvalidProfiles(
            f"{path}.bands", _("các mức phải xếp từ cao xuống thấp, và mức cuối từ 0 điểm")
        )
    return Profile(
        id=data.id,
        name=data.name,
        source=data.source,
        valid_from=data.valid_from,
        valid_to=data.valid_to,
        certifying=frozenset(data.certifying),
        announce_before_days=data.announce_before_days,
        publish_within_days=data.publish_within_days,
        bands=data.bands,
        groups=groups,
    )


def _group(path: str, data: _GroupData) -> Group:
    criteria = tuple(
        _criterion(f"{path}.criteria[{n}]", criterion) for n, criterion in enumerate(data.criteria)
    )
    if (whole := sum(criterion.max for criterion in criteria)) != data.max:
        raise InvalidProfiles(
            f"{path}.max",
            _("các tiêu chí cộng lại được %(sum)d điểm, nhóm ghi %(whole)d")
            % {"sum": whole, "whole": data.max},
        )
    return Group(
        code=data.code, number=data.number, name=data.name, max=data.max, criteria=criteria
    )


def _criterion(path: str, data: _CriterionData) -> Criterion:
    if (data.scoring is Scoring.CAP) != (data.cap is not None):
        raise InvalidProfiles(f"{path}.cap", _("ngưỡng phải có khi và chỉ khi cách tính là “cap”"))
    if data.cap is not None and not 0 < data.cap <= 100:
        raise InvalidProfiles(
            f"{path}.cap", _("ngưỡng %(cap)d nằm ngoài khoảng từ 1 đến 100") % {"cap": data.cap}
        )
    if (data.scoring is Scoring.NONE) != (data.max == 0):
        raise InvalidProfiles(
            f"{path}.max", _("tiêu chí chỉ để biết thì 0 điểm, tiêu chí chấm điểm thì có điểm")
        )
    factor = None
    if data.factor is not None:
        factor = (
            _sum(f"{path}.factor.numerator", data.factor.numerator),
            _sum(f"{path}.factor.denominator", data.factor.denominator),
        )
    return Criterion(
        code=data.code,
        official=data.official,
        number=data.number,
        name=data.name,
        formula=data.formula,
        max=data.max,
        scoring=data.scoring,
        cap=data.cap,
        numerator=_sum(f"{path}.numerator", data.numerator),
        denominator=_sum(f"{path}.denominator", data.denominator),
        factor=factor,
        zero=data.zero,
        applies=data.applies,
    )


def _sum(path: str, terms: tuple[str, ...]) -> Sum:
    plus: list[Quantity] = []
    minus: list[Quantity] = []
    for number, term in enumerate(terms):
        name = term.removeprefix("-")
        if name not in set(Quantity):
            raise InvalidProfiles(
                f"{path}[{number}]", _("không có đại lượng “%(name)s”") % {"name": name}
            )
        (minus if term.startswith("-") else plus).append(Quantity(name))
    return Sum(tuple(plus), tuple(minus))
