"""The city in which the journeys happen: its clock, its files, and the people in their browsers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from motcua.accounts.models import Account
from motcua.kernel import clock
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from tests.browser import OpenPage
from tests.builders import ADesk, a_citizen, an_officer, the_catalogue
from tests.journeys.somebody import Somebody

PASSWORD = "hoa-sen-ben-song"


@dataclass(frozen=True, kw_only=True)
class TheWard:
    """The ward Cái Khế on a Tuesday morning: who files there, and who works there."""

    applicant: Person
    desk: ADesk

    def account_of(self, mandate: Mandate) -> Account:
        """Return what an officer of the ward signs in with."""
        return Account.objects.get(pk=mandate.account_id)


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def it_becomes(monkeypatch) -> Callable[[str], None]:
    """
    Set the city's clock: `it_becomes("14:30")`, or `it_becomes("17/10/2024 08:05")`.

    It stands still in between, so that promises can be told to the minute.
    """

    def becomes(words: str) -> None:
        day, _space, time = words.rpartition(" ")
        day = day or f"{clock.now().astimezone(clock.CITY_TIME):%d/%m/%Y}"
        moment = datetime.strptime(f"{day} {time} +0700", "%d/%m/%Y %H:%M %z").astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return becomes


@pytest.fixture
def ward(transactional_db, it_becomes, settings) -> TheWard:
    """The city with its catalogue and the people of one ward, at nine on Tuesday 15 October."""
    the_catalogue()
    people = TheWard(applicant=a_citizen("Trần Văn Bình"), desk=ADesk())
    assert people.applicant.account is not None
    people.applicant.account.set_password(PASSWORD)
    people.applicant.account.save()
    settings.DEMO_ACCOUNTS = [
        {
            "username": people.applicant.account.username,
            "role": "Người dân",
            "label": people.applicant.full_name,
        }
    ]
    it_becomes("15/10/2024 09:00")
    return people


@pytest.fixture
def visitor(open_page: OpenPage) -> Callable[..., Somebody]:
    """Give somebody a browser: `visitor("/", account=…)`, signed in already or nobody yet."""

    def visits(path: str = "/", **how: object) -> Somebody:
        page: Page = open_page(path, **how)
        return Somebody(page)

    return visits


@pytest.fixture
def officer(ward: TheWard, visitor: Callable[..., Somebody]) -> Callable[..., Somebody]:
    """Seat an officer of the ward at the desk: `officer("receiver")`."""
    seats = {
        "receiver": ward.desk.receiver,
        "processor": ward.desk.processor,
        "leader": ward.desk.leader,
    }

    def sits_down(role: str, **how: object) -> Somebody:
        return visitor("/desk/", account=ward.account_of(seats[role]), **how)

    return sits_down


@pytest.fixture
def administrator(ward: TheWard) -> Account:
    """Whoever looks after the machinery."""
    return an_officer(PostRole.ADMINISTRATOR).account
