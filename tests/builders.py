"""Records for tests, built by what happened to them rather than by their columns."""

from datetime import UTC, date, datetime
from itertools import count

from motcua.accounts.models import Account
from motcua.accounts.services import create_account
from motcua.offices.models import Agency, AgencyKind, Officer, Post, PostRole, UnitRole
from motcua.offices.services import appoint, load_city, register_officer
from motcua.parties.models import Person
from motcua.parties.services import register_person

# The city's clock in the demonstration: Tuesday 15 October 2024, 09:00.
TODAY = date(2024, 10, 15)
NOW = datetime(2024, 10, 15, 2, tzinfo=UTC)

# Where each role sits in an agency.
_UNIT_OF = {
    PostRole.RECEIVER: UnitRole.ONE_STOP,
    PostRole.PROCESSOR: UnitRole.SPECIALIST,
    PostRole.LEADER: UnitRole.LEADERSHIP,
    PostRole.CLERK: UnitRole.CLERICAL,
    PostRole.ADMINISTRATOR: UnitRole.CLERICAL,
}

_serial = count(1)


def the_city() -> None:
    """Load Cần Thơ of March 2024, unless it is there."""
    if not Agency.objects.exists():
        load_city(at=NOW)


def an_agency(name: str = "Ủy ban nhân dân phường Cái Khế") -> Agency:
    """Return an agency of the city by its official name."""
    the_city()
    return Agency.objects.get(name=name)


def an_account(name: str = "account", *, password: str | None = None) -> Account:
    """Open an account under a name of its own."""
    return create_account(username=f"{name}-{next(_serial)}", password=password)


def an_officer(
    *roles: str,
    agency: Agency | None = None,
    full_name: str = "Nguyễn Thị Hồng Hạnh",
    since: date = date(2024, 1, 2),
) -> Officer:
    """Appoint somebody to a post of each role, at the ward Cái Khế unless told otherwise."""
    agency = agency or an_agency()
    number = next(_serial)
    officer = register_officer(
        account=an_account("officer"), full_name=full_name, staff_code=f"CB-{number:05}"
    )
    for role in roles:
        appoint(officer=officer, post=a_post(role, agency=agency), valid_from=since, at=NOW)
    return officer


def a_post(role: str, *, agency: Agency | None = None) -> Post:
    """Return the agency's first post of a role."""
    agency = agency or an_agency()
    posts = Post.objects.filter(unit__agency=agency, unit__role=_UNIT_OF[PostRole(role)], role=role)
    return posts.select_related("unit").order_by("pk")[0]


def a_citizen(
    full_name: str = "Trần Văn Bình", *, personal_id: str | None = None, phone: str = ""
) -> Person:
    """Register somebody who can sign in, with a number that nobody alive can have."""
    number = next(_serial)
    return register_person(
        account=an_account("citizen"),
        full_name=full_name,
        # A birth in 2390: the digit 8 says a man born in the 24th century.
        personal_id=personal_id or f"092890{number:06}",
        phone=phone or f"0900000{number % 1000:03}",
        at=NOW,
    )


def a_district(name: str = "Ủy ban nhân dân quận Ninh Kiều") -> Agency:
    """Return a district's committee."""
    agency = an_agency(name)
    assert agency.kind == AgencyKind.DISTRICT
    return agency
