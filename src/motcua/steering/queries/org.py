"""
The agencies of the plan, read by the map of a day: what was merged, renamed or abolished until
then is counted where it went, and what came later where it came from.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.kernel.memory import remembered
from motcua.offices.models import Agency, AgencyKind, AgencySuccession
from motcua.steering.definitions.targets import plan_register

_ABOVE_COMMUNES = (AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.DISTRICT)


@dataclass(frozen=True, kw_only=True)
class Line:
    """An agency that answers for itself, and the agencies whose dossiers count for it."""

    number: int  # its row in the annex; what the annex does not know comes after
    agency_id: int
    code: str
    name: str
    kind: str  # AgencyKind
    agency_ids: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Map:
    """The agencies as they were on a day, and where every other one is counted."""

    on: date
    agencies: Mapping[int, Agency]
    counted_as: Mapping[int, int]

    def place_of(self, agency_id: int) -> int:
        """Return the agency under which another is counted on this map."""
        return self.counted_as.get(agency_id, agency_id)

    def communes_of(self, agency_id: int) -> list[tuple[Agency, frozenset[int]]]:
        """Return the communes below an agency, each with the agencies counted as it."""
        grouped: dict[int, set[int]] = defaultdict(set)
        for each in self.agencies.values():
            place = self.place_of(each.pk)
            if self.agencies[place].parent_id == agency_id:
                grouped[place].add(each.pk)
        found = [(self.agencies[place], frozenset(ids)) for place, ids in grouped.items()]
        return sorted(found, key=lambda pair: pair[0].sort_key)


@remembered(seconds=5)
def map_of(on: date) -> Map:
    """
    Return the map of a day, in two statements.

    A successor takes what its predecessors had. What was parted among several cannot be told
    apart afterwards and stays under its old name; what several became, read by the map before,
    stays under its new one.
    """
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    after: dict[int, set[int]] = defaultdict(set)
    before: dict[int, set[int]] = defaultdict(set)
    for old, new, day in AgencySuccession.objects.values_list("old_id", "new_id", "on"):
        if day <= on:
            after[old].add(new)
        else:
            before[new].add(old)

    def place_of(agency_id: int) -> int:
        seen = {agency_id}
        while True:
            agency = agencies[agency_id]
            if agency.valid_to is not None and agency.valid_to < on:
                ways = after[agency_id]
            elif agency.valid_from > on:
                ways = before[agency_id]
            else:
                ways = set()
            if len(ways) != 1 or ways <= seen:
                return agency_id
            [agency_id] = ways
            seen.add(agency_id)

    return Map(
        on=on,
        agencies=agencies,
        counted_as={each: place for each in agencies if (place := place_of(each)) != each},
    )


def lines(on: date) -> list[Line]:
    """
    Return the agencies of the annex by the map of a day, each with all that counts for it.

    A district's are its committee's and those of its communes. A commune without a district, as
    since 1 July 2025, answers for itself. Branches of the nation and the committee of the city are
    none of the plan's.
    """
    return list(_lines(on))


@remembered(seconds=5)
def _lines(on: date) -> tuple[Line, ...]:
    map_ = map_of(on)
    rows = {line.agency: line.row for line in plan_register().lines}
    members: dict[int, set[int]] = defaultdict(set)
    for agency in map_.agencies.values():
        head = _head_of(map_, agency)
        if head is not None:
            members[head].add(agency.pk)
    numbers = {
        head: min((rows[name] for name in _names(map_, ids) if name in rows), default=len(rows) + 1)
        for head, ids in members.items()
    }
    ordered = sorted(members, key=lambda head: (numbers[head], map_.agencies[head].sort_key))
    last = max(rows.values())
    result = []
    for head in ordered:
        number = numbers[head]
        if number > len(rows):
            last += 1
            number = last
        agency = map_.agencies[head]
        result.append(
            Line(
                number=number,
                agency_id=head,
                code=agency.code,
                name=agency.name,
                kind=agency.kind,
                agency_ids=frozenset(members[head]),
            )
        )
    return tuple(result)


def _head_of(map_: Map, agency: Agency) -> int | None:
    place = map_.agencies[map_.place_of(agency.pk)]
    if place.kind in _ABOVE_COMMUNES:
        return place.pk
    if place.kind != AgencyKind.COMMUNE:
        return None
    if place.parent_id is None:
        return place.pk
    above = map_.agencies[map_.place_of(place.parent_id)]
    # A commune outlives its district; by the map of that day it stands alone.
    ended = above.valid_to is not None and above.valid_to < map_.on
    stands_alone = ended and (place.valid_to is None or place.valid_to >= map_.on)
    return place.pk if stands_alone else above.pk


def _names(map_: Map, ids: Iterable[int]) -> list[str]:
    return [map_.agencies[each].name for each in ids]
