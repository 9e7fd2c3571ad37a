"""Who may act where on a day, and which agency, unit and place are meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from motcua.kernel.memory import remembered
from motcua.offices.models import (
    Agency,
    AgencyKind,
    Appointment,
    Officer,
    Place,
    PlaceLevel,
    Unit,
    UnitRole,
    in_force,
)

# The places down a chain of mergers, the nearest first.
_SUCCESSORS = """
    WITH RECURSIVE line (id, step) AS (
        SELECT new_id, 1 FROM place_succession WHERE old_id = %s
        UNION
        SELECT next.new_id, line.step + 1
        FROM place_succession AS next JOIN line ON next.old_id = line.id
        WHERE line.step < 20
    )
    SELECT place.* FROM place
    JOIN (SELECT id, min(step) AS step FROM line GROUP BY id) AS line USING (id)
    ORDER BY line.step, place.sort_key
"""


# The agency of a name, and down the line what became of it.
_AGENCY_AND_SUCCESSORS = """
    WITH RECURSIVE line (id, step) AS (
        SELECT id, 0 FROM agency WHERE name = %s
        UNION
        SELECT next.new_id, line.step + 1
        FROM agency_succession AS next JOIN line ON next.old_id = line.id
        WHERE line.step < 20
    )
    SELECT agency.* FROM agency
    JOIN (SELECT id, min(step) AS step FROM line GROUP BY id) AS line USING (id)
    ORDER BY line.step, agency.sort_key
"""


class NoSuchUnit(Exception):
    """The agency has no open unit of that kind on that day."""


class UnitIsClosed(Exception):
    """A closed unit takes nothing new."""


class NoSuchAgency(Exception):
    """No agency answers for that place on that day."""


def officers_holding(
    role: str, agency_id: int, on: date, *, unit_id: int | None = None
) -> list[Officer]:
    """Return everybody who holds a post of that role there, who has held it longest first."""
    appointments = Appointment.objects.in_force(on).filter(
        post__role=role, post__unit__agency_id=agency_id
    )
    if unit_id is not None:
        appointments = appointments.filter(post__unit_id=unit_id)
    ordered = appointments.select_related("officer__account").order_by("valid_from", "pk")
    return _once(appointment.officer for appointment in ordered)


def officer_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the full names of officers, in service or not, by id."""
    return dict(Officer.objects.filter(pk__in=set(ids)).values_list("pk", "full_name"))


def unit_names(ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Return the names of units, at work or closed, each with the id of its agency."""
    rows = Unit.objects.filter(pk__in=set(ids)).values_list("pk", "name", "agency_id")
    return {pk: (name, agency_id) for pk, name, agency_id in rows}


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Return each place with the one it lies in ("Phường Cái Khế, quận Ninh Kiều"), by code."""
    places = Place.objects.filter(code__in=set(codes)).select_related("parent").order_by("pk")
    return {
        place.code: capfirst(", ".join(p.full_name for p in (place, place.parent) if p is not None))
        for place in places
    }


def _once(officers: Iterable[Officer]) -> list[Officer]:
    return list({officer.pk: officer for officer in officers}.values())


def unit_with_role(agency_id: int, role: str, on: date, *, procedure: str = "") -> Unit:
    """
    Return the agency's open unit of that role; among several, the one named for the procedure.

    :raises NoSuchUnit: if there is none on that day
    """
    units = list(
        Unit.objects.in_force(on)
        .filter(in_force(on, through="agency__"), agency_id=agency_id, role=role)
        .select_related("agency")
        .order_by("pk")
    )
    if not units:
        raise NoSuchUnit(_("Cơ quan này không có bộ phận phù hợp đang hoạt động vào ngày này."))
    return next((unit for unit in units if procedure in unit.settles), units[0])


def one_stop_units(on: date) -> list[Unit]:
    """Return the units that receive people on that day, by agency in Vietnamese order."""
    return list(
        Unit.objects.in_force(on)
        .filter(in_force(on, through="agency__"), role=UnitRole.ONE_STOP)
        .select_related("agency")
        .order_by("agency__kind", "agency__sort_key", "pk")
    )


def check_unit_open(unit_id: int, on: date) -> Unit:
    """
    Return the unit, with its agency, if it takes new work on that day.

    :raises UnitIsClosed: if it or its agency has ended or not begun, or never was
    """
    unit = (
        Unit.objects.in_force(on)
        .filter(in_force(on, through="agency__"), pk=unit_id)
        .select_related("agency")
        .first()
    )
    if unit is None:
        raise UnitIsClosed(
            _("Bộ phận này hiện không tiếp nhận hồ sơ. Vui lòng chọn cơ quan tiếp nhận khác.")
        )
    return unit


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Where a filing goes: the unit that receives it and the agency that settles it."""

    receiving_unit_id: int
    receiving_agency_code: str
    settling_agency_id: int


@remembered(seconds=5)
def destination_for(place_code: str, kind: str, on: date) -> Destination | None:
    """
    Return where a filing for this commune goes when agencies of that kind settle it.

    None if the code is no commune or district of that day, or nobody there is of that kind.

    :raises UnitIsClosed: if the agency's one-stop unit takes nothing new on that day
    """
    place = Place.objects.in_force(on).filter(code=place_code).select_related("parent").first()
    if place is not None and kind == AgencyKind.DISTRICT and place.level == PlaceLevel.COMMUNE:
        place = place.parent
    if place is None:
        return None
    agency = Agency.objects.in_force(on).filter(kind=kind, place=place).first()
    return None if agency is None else _destination_of(agency, on)


@remembered(seconds=5)
def destination_at(agency_name: str, on: date) -> Destination | None:
    """
    Return where a filing goes that one agency of the city settles; None if it is not there.

    An agency that was merged or renamed is found under its successor.

    :raises UnitIsClosed: if the agency's one-stop unit takes nothing new on that day
    """
    for agency in Agency.objects.raw(_AGENCY_AND_SUCCESSORS, [agency_name]):
        if agency.valid_from <= on and (agency.valid_to is None or on <= agency.valid_to):
            return _destination_of(agency, on)
    return None


def _destination_of(agency: Agency, on: date) -> Destination:
    unit = Unit.objects.in_force(on).filter(agency=agency, role=UnitRole.ONE_STOP).first()
    if unit is None:
        raise UnitIsClosed(
            _("%(agency)s hiện không tiếp nhận hồ sơ. Ông/Bà hãy liên hệ cơ quan này.")
            % {"agency": agency.name}
        )
    return Destination(
        receiving_unit_id=unit.pk,
        receiving_agency_code=agency.code,
        settling_agency_id=agency.pk,
    )


def holds_post_in(officer_id: int, unit_id: int, role: str, on: date) -> bool:
    """Return whether the officer holds a post of that role in the unit on that day."""
    return (
        Appointment.objects.in_force(on)
        .filter(officer_id=officer_id, post__unit_id=unit_id, post__role=role)
        .exists()
    )


def settling_agencies(kind: str, on: date) -> QuerySet[Agency]:
    """Return the agencies of one kind that are at work on that day, in Vietnamese order."""
    return (
        Agency.objects.in_force(on).filter(kind=kind).select_related("place").order_by("sort_key")
    )


def agencies(on: date) -> QuerySet[Agency]:
    """Return all agencies that are at work on that day, in Vietnamese order."""
    return Agency.objects.in_force(on).order_by("sort_key")


def agency_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of agencies, at work or not, by id."""
    return dict(Agency.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def communes(on: date, *, district: str | None = None) -> QuerySet[Place]:
    """Return the wards, communes and townships of that day, or those of one district's code."""
    places = Place.objects.in_force(on).filter(level=PlaceLevel.COMMUNE)
    if district is not None:
        places = places.filter(parent__code=district)
    return places.select_related("parent").order_by("sort_key", "code")


def districts(on: date) -> QuerySet[Place]:
    """Return the districts of that day, in Vietnamese order."""
    return Place.objects.in_force(on).filter(level=PlaceLevel.DISTRICT).order_by("sort_key")


def successors_of(place: Place) -> list[Place]:
    """Return all that a place became, step by step: for old papers read on the new map."""
    return list(Place.objects.raw(_SUCCESSORS, [place.pk]))
