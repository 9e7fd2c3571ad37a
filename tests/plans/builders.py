"""The plan with its duties, and the people who answer for it."""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from motcua.accounts.models import Account
from motcua.documents.definitions import PNG
from motcua.documents.models import StoredFile
from motcua.documents.services import store_file
from motcua.offices.models import Agency
from motcua.offices.queries import Mandate
from motcua.plans import services
from motcua.plans.models import Duty, Plan
from motcua.plans.queries import task_rows
from tests.builders import NOW, a_leader, a_png, a_processor, an_agency, the_city

# The morning of 2 July 2024: the first half year has just ended.
JULY = datetime(2024, 7, 2, 2, tzinfo=UTC)
APRIL = datetime(2024, 4, 2, 2, tzinfo=UTC)

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
KEEPER = "Sở Thông tin và Truyền thông"
FINANCE = "Sở Tài chính"
DISTRICT = "Ủy ban nhân dân quận Ninh Kiều"


def a_plan(*, at: datetime = JULY) -> Plan:
    """Load the plan, and open what has come due by then."""
    the_city()
    plan = services.load_plan(at=at).plan
    services.open_duties(at=at)
    return plan


def a_duty(
    plan: Plan, clause: str, agency: str | None = None, *, first: date | None = None
) -> Duty:
    """Return a duty of a clause, of an agency, of the earliest period or one that begins so."""
    [row] = [row for row in task_rows(plan) if row.task.clause == clause]
    return next(
        duty
        for duty in row.duties
        if (agency is None or (duty.agency and duty.agency.name == agency))
        and (first is None or duty.period_first == first)
    )


def account_of(mandate: Mandate) -> Account:
    """Return what an officer signs in with."""
    return Account.objects.get(pk=mandate.account_id)


def a_proof(mandate: Mandate, *, at: datetime = JULY) -> StoredFile:
    """Hand in a picture."""
    return store_file(
        content=a_png(),
        name="minh-chung.png",
        accepts=frozenset({PNG}),
        by=account_of(mandate),
        at=at,
    )


class ThePeople:
    """Who keeps the plan, who oversees it, and who owes."""

    @cached_property
    def keeper(self) -> Mandate:
        return a_processor(an_agency(KEEPER))

    @cached_property
    def director(self) -> Mandate:
        return a_leader(an_agency(KEEPER))

    @cached_property
    def chairman(self) -> Mandate:
        return a_leader(an_agency(CITY))

    @cached_property
    def finance(self) -> Mandate:
        return a_leader(an_agency(FINANCE))

    @cached_property
    def district(self) -> Mandate:
        return a_leader(an_agency(DISTRICT))


def told(duty: Duty, by: Mandate, *, percent: int = 100, at: datetime = JULY) -> Duty:
    """Report a duty."""
    return services.report_duty(
        duty_id=duty.pk, mandate=by, percent=percent, words="Đã triển khai.", at=at
    )


def proved(duty: Duty, by: Mandate, *, at: datetime = JULY) -> None:
    """Put a document beside a duty."""
    services.attach_document(
        duty_id=duty.pk,
        mandate=by,
        title="Văn bản triển khai",
        number="12/STC-TH",
        issued_on=date(2024, 4, 20),
        at=at,
    )


def done(duty: Duty, by: Mandate, keeper: Mandate, *, at: datetime = JULY) -> Duty:
    """Report a duty whole, prove it, and have it confirmed."""
    proved(duty, by, at=at)
    told(duty, by, at=at)
    return services.accept_duty(duty_id=duty.pk, mandate=keeper, at=at)


def a_day_later(days: int = 1, at: datetime = JULY) -> datetime:
    """Return a moment so many days on."""
    return at + timedelta(days=days)


def the_agency(name: str = DISTRICT) -> Agency:
    """Return an agency by its name."""
    return an_agency(name)


__all__ = [
    "APRIL",
    "CITY",
    "DISTRICT",
    "FINANCE",
    "JULY",
    "KEEPER",
    "NOW",
    "ThePeople",
    "a_day_later",
    "a_duty",
    "a_plan",
    "a_proof",
    "account_of",
    "done",
    "proved",
    "the_agency",
    "told",
]
