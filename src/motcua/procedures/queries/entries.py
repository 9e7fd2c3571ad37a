"""What the search knows of each procedure, authored here or read from the national list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel import text
from motcua.offices.definitions import AgencyKind
from motcua.procedures.definitions import (
    Audience,
    Channel,
    NationalProcedure,
    Version,
)

from .life_events import common_ranks

# How much likelier than another procedure with the same words. A word more in common outweighs
# each of these: they only part what the words leave together.
COMMON_MOST = 0.25  # the first of the common services; the last has a little more than nothing
HERE = 0.08  # authored here: it can be settled by the city
NEARNESS = {"commune": 0.06, "district": 0.05, "province": 0.03}
FOR_A_PERSON = 0.01

LEVEL_OF_KIND = {
    AgencyKind.CITY: "province",
    AgencyKind.DEPARTMENT: "province",
    AgencyKind.BOARD: "province",
    AgencyKind.VERTICAL: "province",
    AgencyKind.DISTRICT: "district",
    AgencyKind.COMMUNE: "commune",
}
_PERSONS = ("cong dan", "ca nhan", "nguoi", "can bo", "dang vien", "person")


class Online(StrEnum):
    """Where a procedure can be begun."""

    HERE = "here"
    ELSEWHERE = "elsewhere"  # on the national portal, or that of others
    IN_PERSON = "in_person"


@dataclass(frozen=True, kw_only=True)
class SearchEntry:
    """A procedure as the search knows it; the words are weighed, the rest is shown."""

    code: str
    name: str
    field_name: str
    keywords: tuple[str, ...] = ()
    lends: tuple[str, ...] = ()  # result, agency: words that only add
    prior: float = 1.0
    summary: str = ""
    online: Online = Online.IN_PERSON
    elsewhere: str = ""  # the address there; empty: on the national portal
    audience: tuple[str, ...] = ()  # Audience values
    levels: tuple[str, ...] = ()  # ministry, province, district, commune
    settled_by: tuple[AgencyKind, ...] = ()
    agency: str = ""  # by name, where it is known

    @property
    def field_key(self) -> str:
        """Return the field as it stands in addresses."""
        return field_key(self.field_name)


def field_key(name: str) -> str:
    """Return the name of a field of administration as it stands in addresses: ho-tich."""
    return "-".join(text.fold(name).split())


def entry_of_version(version: Version) -> SearchEntry:
    """Return the entry of a procedure authored here."""
    kinds = tuple(AgencyKind(kind) for kind in version.settled_by)
    levels = tuple(dict.fromkeys(LEVEL_OF_KIND[kind] for kind in kinds))
    return SearchEntry(
        code=version.code,
        name=version.name,
        field_name=version.field_name,
        keywords=version.keywords,
        lends=(version.result_name, version.settling_agency, version.summary),
        prior=_prior(version.code, levels, version.audience) * (1 + HERE),
        summary=version.summary,
        online=_online(version),
        elsewhere=version.elsewhere.url if version.elsewhere else "",
        audience=version.audience,
        levels=levels,
        settled_by=kinds,
        agency=version.settling_agency,
    )


def _online(version: Version) -> Online:
    if version.files_online:
        return Online.HERE
    return Online.ELSEWHERE if version.elsewhere else Online.IN_PERSON


def entry_of_national(procedure: NationalProcedure) -> SearchEntry:
    """Return the entry of a procedure of the national list, which is information only."""
    return entry_of_record(
        code=procedure.code,
        name=procedure.name,
        field_name=procedure.field,
        levels=procedure.levels,
        audience=procedure.audience,
        agency=procedure.agency,
        results=[result.name for result in procedure.results if result.name],
        channels=procedure.filed_by,
    )


def entry_of_record(
    *,
    code: str,
    name: str,
    field_name: str,
    levels: Iterable[str],
    audience: Iterable[str],
    agency: str,
    results: Iterable[str],
    channels: Iterable[str],
) -> SearchEntry:
    """Return the entry of a procedure of the national list, which is information only."""
    whom, levels, results = audience_of(audience), tuple(levels), tuple(results)
    return SearchEntry(
        code=code,
        name=name,
        field_name=field_name,
        lends=(*results, agency),
        prior=_prior(code, levels, whom),
        summary="; ".join(result.rstrip(" .;") for result in results),
        online=Online.ELSEWHERE if Channel.ONLINE in set(channels) else Online.IN_PERSON,
        audience=whom,
        levels=levels,
        agency=agency,
    )


def audience_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return whom the portal's words mean: persons, organisations, or both."""
    found: Mapping[bool, None] = dict.fromkeys(
        text.fold(word).startswith(_PERSONS) for word in words
    )
    return tuple(Audience.PERSON if person else Audience.ORGANISATION for person in found)


def _prior(code: str, levels: Iterable[str], audience: Iterable[str]) -> float:
    ranks = common_ranks()
    rank = ranks.get(code)
    common = 0.0 if rank is None else COMMON_MOST * (1 - rank / len(ranks))
    near = max((NEARNESS.get(level, 0.0) for level in levels), default=0.0)
    person = FOR_A_PERSON if Audience.PERSON in tuple(audience) else 0.0
    return 1 + common + near + person
