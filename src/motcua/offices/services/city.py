"""Bringing the org chart in line with a city file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.text import fold, sort_key
from motcua.offices.definitions import (
    CITY_OF_2024,
    City,
    CommuneEntry,
    DistrictEntry,
    InvalidCityFile,
    UnitEntry,
    read_city,
)
from motcua.offices.events import CityLoaded
from motcua.offices.models import (
    Agency,
    AgencyKind,
    AgencySuccession,
    Place,
    PlaceLevel,
    PlaceSuccession,
    Post,
    ServiceHours,
    Unit,
    UnitRole,
)

__all__ = ["CityLoad", "InvalidCityFile", "load_city"]

RowT = TypeVar("RowT", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class CityLoad:
    """How many rows a load made, and how many it brought up to date."""

    created: int
    changed: int


@transaction.atomic
def load_city(*, at: datetime, path: Path = CITY_OF_2024, actor: str = "system") -> CityLoad:
    """
    Bring places, agencies, units and posts in line with a city file; a second time does nothing.

    Names follow the file. What the city has ended since, or added, stays as it is, and nothing
    is taken away.

    :raises InvalidCityFile: if the file is not sound, and then nothing is loaded
    """
    city = read_city(path)
    with connection.cursor() as cursor:
        # Two processes starting at once must not both find the tables empty.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('offices.load_city', 0))")
    loader = _Loader(city)
    loader.load()
    if loader.created or loader.changed:
        ledger.record(
            CityLoaded(file=path.name, created=loader.created, changed=loader.changed),
            subject=Subject("city", city.province.code),
            actor=actor,
            at=at,
        )
    return CityLoad(created=loader.created, changed=loader.changed)


class _Loader:
    """One load: each table in one read and at most two writes, parents before children."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.created = self.changed = 0
        self.last_day = {
            code: entry.since - timedelta(days=1) for entry in city.successions for code in entry.of
        }

    def load(self) -> None:
        self.places: dict[str, Place] = {}
        for level in (self._province(), self._districts(), self._communes()):
            rows = self._sync(Place, level, key=("code", "valid_from"), words=("name", "kind"))
            self.places |= {place.code: place for place in rows}
        self.agencies: dict[str, Agency] = {}
        words = ("name", "short_name", "aliases")
        for upper in (self._departments(), self._district_committees()):
            self._remember(self._sync(Agency, upper, key=("code",), words=words))
        self._remember(self._sync(Agency, self._commune_committees(), key=("code",), words=words))
        units = self._sync(
            Unit, self._units(), key=("agency_id", "name", "valid_from"), words=("role", "settles")
        )
        self._sync(Post, self._posts(units), key=("unit_id", "title"), words=("role",))
        self._load_successions()
        self._sync(
            ServiceHours,
            self._service_hours(units),
            key=("unit_id", "weekday", "opens", "valid_from"),
            words=("closes",),
        )

    def _remember(self, agencies: Iterable[Agency]) -> None:
        self.agencies |= {agency.code: agency for agency in agencies}

    def _sync(
        self,
        model: type[RowT],
        rows: Iterable[RowT],
        *,
        key: tuple[str, ...],
        words: tuple[str, ...],
    ) -> list[RowT]:
        """Return the rows as the database has them now, created or reworded where they must be."""

        def key_of(row: models.Model) -> tuple[Any, ...]:
            return tuple(getattr(row, name) for name in key)

        derived = [name for name in ("folded_name", "sort_key") if hasattr(model, name)]
        # An end in the file reaches a row that has none; it never takes back one made since.
        ends = ["valid_to"] if hasattr(model, "valid_to") else []
        known = {key_of(row): row for row in model._default_manager.all()}
        missing, changed, result = [], [], []
        for wanted in rows:
            row = known.get(key_of(wanted))
            if row is None:
                missing.append(wanted)
                result.append(wanted)
                continue
            result.append(row)
            names = [*words, *derived]
            names += [name for name in ends if getattr(row, name) is None]
            differing = [name for name in names if getattr(row, name) != getattr(wanted, name)]
            for name in differing:
                setattr(row, name, getattr(wanted, name))
            if differing:
                changed.append(row)
        model._default_manager.bulk_create(missing)
        if changed:
            model._default_manager.bulk_update(changed, [*words, *derived, *ends])
        self.created += len(missing)
        self.changed += len(changed)
        return result

    # Places

    def _place(self, code: str, kind: str, name: str, level: str, parent: Place | None) -> Place:
        return Place(
            code=code,
            kind=kind,
            name=name,
            level=level,
            parent=parent,
            folded_name=fold(name),
            sort_key=sort_key(name),
            valid_from=self.city.valid_from,
            valid_to=self.last_day.get(code),
        )

    def _province(self) -> Iterator[Place]:
        province = self.city.province
        yield self._place(province.code, province.kind, province.name, PlaceLevel.PROVINCE, None)

    def _districts(self) -> Iterator[Place]:
        for entry in self.city.districts:
            parent = self.places[self.city.province.code]
            yield self._place(entry.code, entry.kind, entry.name, PlaceLevel.DISTRICT, parent)

    def _communes(self) -> Iterator[Place]:
        for district, entry in self._commune_entries():
            parent = self.places[district.code]
            yield self._place(entry.code, entry.kind, entry.name, PlaceLevel.COMMUNE, parent)

    def _commune_entries(self) -> Iterator[tuple[DistrictEntry, CommuneEntry]]:
        for district in self.city.districts:
            for commune in district.communes:
                yield district, commune

    # Agencies

    def _agency(self, code: str, kind: str, name: str, short_name: str, **more: Any) -> Agency:
        aliases = list(more.pop("aliases", ()))
        return Agency(
            code=code,
            kind=kind,
            name=name,
            short_name=short_name,
            aliases=aliases,
            folded_name=" ".join(fold(word) for word in (name, short_name, *aliases)),
            sort_key=sort_key(name),
            valid_from=self.city.valid_from,
            **more,
        )

    def _committee(self, code: str, kind: str, place: Place, **more: Any) -> Agency:
        return self._agency(
            code,
            kind,
            f"Ủy ban nhân dân {place.full_name}",
            f"UBND {place.full_name}",
            place=place,
            valid_to=place.valid_to,
            **more,
        )

    def _departments(self) -> Iterator[Agency]:
        place = self.places[self.city.province.code]
        for entry in self.city.agencies:
            code = _agency_code(entry.number)
            yield self._agency(
                code, entry.kind, entry.name, entry.name, aliases=entry.aliases, place=place
            )

    def _district_committees(self) -> Iterator[Agency]:
        for entry in self.city.districts:
            yield self._committee(
                _agency_code(entry.number),
                AgencyKind.DISTRICT,
                self.places[entry.code],
                aliases=entry.aliases,
            )

    def _commune_committees(self) -> Iterator[Agency]:
        for district, entry in self._commune_entries():
            yield self._committee(
                _agency_code(district.number, entry.number),
                AgencyKind.COMMUNE,
                self.places[entry.code],
                aliases=entry.aliases,
                parent=self.agencies[_agency_code(district.number)],
            )

    # Units and posts

    def _unit_entries(self, agency: Agency) -> tuple[UnitEntry, ...]:
        own = {_agency_code(entry.number): entry.units for entry in self.city.agencies}
        return (*self.city.organisation[AgencyKind(agency.kind)], *own.get(agency.code, ()))

    def _units(self) -> Iterator[Unit]:
        for agency in self.agencies.values():
            for entry in self._unit_entries(agency):
                yield Unit(
                    agency=agency,
                    name=entry.name,
                    role=entry.role,
                    settles=list(entry.settles),
                    valid_from=agency.valid_from,
                    valid_to=agency.valid_to,
                )

    def _posts(self, units: Iterable[Unit]) -> Iterator[Post]:
        agencies = {agency.pk: agency for agency in self.agencies.values()}
        for unit in units:
            entries = self._unit_entries(agencies[unit.agency_id])
            entry = next(entry for entry in entries if entry.name == unit.name)
            for post in entry.posts:
                yield Post(unit=unit, role=post.role, title=post.title)

    # Service hours

    def _service_hours(self, units: Iterable[Unit]) -> Iterator[ServiceHours]:
        kinds = {agency.pk: AgencyKind(agency.kind) for agency in self.agencies.values()}
        for unit in units:
            if unit.role != UnitRole.ONE_STOP:
                continue
            for entry in self.city.service_hours:
                since = max(entry.since, unit.valid_from)
                ends = [day for day in (entry.until, unit.valid_to) if day is not None]
                until = min(ends, default=None)
                if kinds[unit.agency_id] not in entry.of or (until is not None and until < since):
                    continue
                for weekday, span in product(entry.weekdays, entry.read_spans()):
                    yield ServiceHours(
                        unit=unit,
                        weekday=weekday - 1,
                        opens=span.opens,
                        closes=span.closes,
                        valid_from=since,
                        valid_to=until,
                    )

    # Successions

    def _load_successions(self) -> None:
        committees = {
            agency.place_id: agency
            for agency in self.agencies.values()
            if agency.kind == AgencyKind.COMMUNE
        }

        def committee_of(place: Place) -> Agency:
            return committees[place.pk]

        key, words = ("old_id", "new_id", "on"), ("kind",)
        self._sync(
            PlaceSuccession, self._successions(PlaceSuccession, _itself), key=key, words=words
        )
        self._sync(
            AgencySuccession,
            self._successions(AgencySuccession, committee_of),
            key=key,
            words=words,
        )

    def _successions(
        self, model: type[RowT], heir: Callable[[Place], models.Model]
    ) -> Iterator[RowT]:
        for entry in self.city.successions:
            new = heir(self.places[entry.into])
            for code in entry.of:
                old = heir(self.places[code])
                yield model(old=old, new=new, kind=entry.kind, on=entry.since)


def _itself(place: Place) -> Place:
    return place


def _agency_code(number: int, commune: int = 0) -> str:
    """Return the code in the form of QCVN 102:2016, the lower level first."""
    return f"000.{commune:02}.{number:02}.{settings.PROVINCE_AGENCY_CODE}"
