"""A city file: places, agencies and what they are made of, read and checked before any write."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import msgspec

from motcua.kernel.data_files import read_data_file

from .hours import Span
from .kinds import AgencyKind, PostRole, SuccessionKind, UnitRole

CITY_OF_2024 = Path(__file__).parents[1] / "data" / "cantho-2024.yaml"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
LongName = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Number = Annotated[int, msgspec.Meta(ge=1, le=99)]
ProvinceCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{2}$")]
DistrictCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{3}$")]
# Monday is 1, as the week is counted here and in ISO 8601.
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]
SpanText = Annotated[
    str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")
]
CommuneCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{5}$")]


class InvalidCityFile(Exception):
    """A city file is loaded whole or not at all."""


class PostEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post that every unit of its kind has."""

    role: PostRole
    title: Name


class UnitEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit that every agency of its kind has."""

    name: LongName
    role: UnitRole
    posts: Annotated[tuple[PostEntry, ...], msgspec.Meta(min_length=1)]
    settles: tuple[str, ...] = ()


class AgencyEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A department, board or branch of the nation's; `units` it has beside those of its kind."""

    number: Number
    kind: AgencyKind
    name: LongName
    aliases: tuple[str, ...] = ()
    units: tuple[UnitEntry, ...] = ()


class CommuneEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ward, commune or township, and its committee's number within the district."""

    number: Number
    code: CommuneCode
    kind: Name
    name: Name
    aliases: tuple[str, ...] = ()


class DistrictEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A district, and its committee's number among the agencies of the province."""

    number: Number
    code: DistrictCode
    kind: Name
    name: Name
    communes: Annotated[tuple[CommuneEntry, ...], msgspec.Meta(min_length=1)]
    aliases: tuple[str, ...] = ()


class ProvinceEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The province or city under the central government."""

    code: ProvinceCode
    kind: Name
    name: Name


class HoursEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the one-stop units of some kinds of agencies serve, on some days of the week."""

    of: Annotated[tuple[AgencyKind, ...], msgspec.Meta(min_length=1)]
    weekdays: Annotated[tuple[Weekday, ...], msgspec.Meta(min_length=1)]
    spans: Annotated[tuple[SpanText, ...], msgspec.Meta(min_length=1)]
    since: date
    until: date | None = None

    def read_spans(self) -> tuple[Span, ...]:
        """Return "07:00-10:30" as times of the day."""
        return tuple(
            Span(opens=time.fromisoformat(text[:5]), closes=time.fromisoformat(text[6:]))
            for text in self.spans
        )


class SuccessionEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Communes that end the day before `since`, and the one that carries on for them."""

    kind: SuccessionKind
    of: Annotated[tuple[CommuneCode, ...], msgspec.Meta(min_length=1)]
    into: CommuneCode
    since: date


class City(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of a city file."""

    valid_from: date
    province: ProvinceEntry
    organisation: dict[AgencyKind, Annotated[tuple[UnitEntry, ...], msgspec.Meta(min_length=1)]]
    agencies: tuple[AgencyEntry, ...]
    districts: tuple[DistrictEntry, ...]
    successions: tuple[SuccessionEntry, ...] = ()
    service_hours: tuple[HoursEntry, ...] = ()


def read_city(path: Path = CITY_OF_2024) -> City:
    """
    Return a city file, checked.

    :raises InvalidCityFile: naming the file, and the path inside it, of all that is wrong
    """
    return read_data_file(path, City, faults=_problems, refused=InvalidCityFile)


def _problems(city: City) -> Iterator[str]:
    for kind in AgencyKind:
        if kind not in city.organisation:
            yield f"$.organisation: says nothing of a {kind}"
    for kind, units in city.organisation.items():
        at = f"$.organisation.{kind}"
        yield from _doubled(f"{at}: the unit", [unit.name for unit in units])
        for role in UnitRole:
            if role not in {unit.role for unit in units}:
                yield f"{at}: no unit has the role {role}"
        yield from _doubled_posts(at, units)

    for index, agency in enumerate(city.agencies):
        at = f"$.agencies[{index}]"
        if agency.kind in (AgencyKind.DISTRICT, AgencyKind.COMMUNE):
            yield f"{at}.kind: a {agency.kind} stands under $.districts"
        units = (*city.organisation.get(agency.kind, ()), *agency.units)
        yield from _doubled(f"{at}.units: the unit", [unit.name for unit in units])
        yield from _doubled_posts(f"{at}.units", agency.units)
    numbers = [*(a.number for a in city.agencies), *(d.number for d in city.districts)]
    yield from _doubled("$.agencies and $.districts: the number", numbers)
    yield from _doubled("$.districts: the code", [d.code for d in city.districts])
    for index, district in enumerate(city.districts):
        at = f"$.districts[{index}].communes: the number"
        yield from _doubled(at, [commune.number for commune in district.communes])

    codes = [commune.code for district in city.districts for commune in district.communes]
    yield from _doubled("$.districts: the commune code", codes)
    for index, succession in enumerate(city.successions):
        at = f"$.successions[{index}]"
        for code in (*succession.of, succession.into):
            if code not in codes:
                yield f"{at}: no commune has the code {code}"
        if succession.into in succession.of:
            yield f"{at}: {succession.into} does not succeed itself"
        if succession.since <= city.valid_from:
            yield f"{at}.since: {succession.since} is not after $.valid_from"
    yield from _problems_of_hours(city)
    ended = [code for succession in city.successions for code in succession.of]
    yield from _doubled("$.successions: the ended commune", ended)


def _doubled_posts(at: str, units: tuple[UnitEntry, ...]) -> Iterator[str]:
    for index, unit in enumerate(units):
        what = f"{at}[{index}].posts: the title"
        yield from _doubled(what, [post.title for post in unit.posts])


def _problems_of_hours(city: City) -> Iterator[str]:
    for index, entry in enumerate(city.service_hours):
        at = f"$.service_hours[{index}]"
        spans = entry.read_spans()
        moments = [moment for span in spans for moment in (span.opens, span.closes)]
        if any(a >= b for a, b in pairwise(moments)):
            yield f"{at}.spans: they must follow each other within the day"
        if entry.until is not None and entry.until < entry.since:
            yield f"{at}.until: {entry.until} is before {entry.since}"
        for other in city.service_hours[:index]:
            if _overlap(entry, other):
                yield f"{at}: a weekday has hours already, from {other.since} on"


def _overlap(one: HoursEntry, other: HoursEntry) -> bool:
    return (
        not set(one.of).isdisjoint(other.of)
        and not set(one.weekdays).isdisjoint(other.weekdays)
        and one.since <= (other.until or date.max)
        and other.since <= (one.until or date.max)
    )


def _doubled(what: str, values: list[Any]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{what} {value!r} stands {times} times"
