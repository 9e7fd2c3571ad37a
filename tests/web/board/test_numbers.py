"""Every number of the leaders' pages that opens a list is as long as the list, in a small world."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

from motcua.kernel import clock, memory
from motcua.steering.followers import follow_dossiers
from motcua.steering.services import load_targets
from tests.builders import NOW, ADesk, a_district, a_leader, a_processor, an_agency, taken_in
from tests.disclosure.months import OVER, AnOffice, ended_late
from tests.dossiers.test_waking import wake
from tests.kernel.ledger.rooms import catch_up
from tests.plans.builders import KEEPER, a_plan, account_of

pytestmark = pytest.mark.django_db(transaction=True)

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
LATER = NOW + timedelta(days=3)
_LINK = re.compile(r'<a [^>]*href="([^"#]+)"[^>]*>(.*?)</a>', re.S)
# "1.270", "8 hồ sơ", "8 hồ sơ đang trễ hạn." and "43,1 % (548/1.270 hồ sơ)".
_NUMBER = re.compile(r"(?:.*/)?([\d.]+)(?: hồ sơ.*)?\)?")


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(account_of(mandate))
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _three_days_later(settings, tmp_path) -> Iterator[None]:
    settings.FILES_DIR = tmp_path
    clock.shift_by(timedelta())
    clock.shift_by(LATER - clock.now() + timedelta(minutes=1))
    yield
    clock.shift_by(timedelta())


@pytest.fixture
def world() -> ADesk:
    """A ward with what is open, late, late and done, online and not; and targets."""
    desk = ADesk()
    load_targets(at=NOW)
    for _each in range(2):
        desk.taken_up()
        taken_in(desk.receiver)
    desk.awaiting_supplement()
    ended_late(desk)
    ended_late(desk, cause="applicant")
    wake(LATER)
    catch_up(follow_dossiers)
    memory.forget()
    return desk


def numbers_of(html: str) -> list[tuple[str, int]]:
    """Return every link in the page itself whose words are a number, with the number."""
    main = html[html.index("<main") :]
    found = []
    for href, inside in _LINK.findall(main):
        words = re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", inside, flags=re.S)
        words = " ".join(re.sub(r"<[^>]*>", "", words).split())
        if number := _NUMBER.fullmatch(words):
            found.append((unescape(href), int(number[1].replace(".", ""))))
    return found


def assert_lists_are_as_long(client, page: str) -> int:
    """Open every list behind a number of the page; return how many there were."""
    response = client.get(page)
    assert response.status_code == 200, page
    numbers = numbers_of(response.content.decode())
    for href, number in numbers:
        whole = href if href.startswith("/") else f"{page.partition('?')[0]}{href}"
        context = client.get(whole).context
        assert (context["page"].paginator.count, len(context["lines"])) == (number, number), (
            page,
            href,
        )
    return len(numbers)


def pages_of(*agencies) -> list[str]:
    """Return the pages with numbers that a leader of these opens."""
    pages = [f"/lanh-dao/co-quan/{agency.code}/" for agency in agencies]
    for code in ("", *(f"&co-quan={agency.code}" for agency in agencies)):
        pages += [f"/lanh-dao/tre-han/?theo={by}{code}" for by in ("unit", "cause")]
        pages += [f"/lanh-dao/chi-so-766/?ky={period}{code}" for period in ("2024-10", "2024")]
    return pages


class TestEveryNumberThatOpensAList:
    def test_is_as_long_to_the_chair_of_the_city(self, world, signed_in):
        client = signed_in(a_leader(an_agency(CITY)))

        pages = pages_of(a_district(), an_agency())
        seen = {page: assert_lists_are_as_long(client, page) for page in pages}

        assert all(seen.values()), seen

    def test_is_as_long_to_the_citys_office_and_to_the_district(self, world, signed_in):
        for mandate in (a_processor(an_agency(CITY)), a_leader(a_district())):
            client = signed_in(mandate)
            seen = [assert_lists_are_as_long(client, page) for page in pages_of(a_district())]
            assert all(seen)

    def test_counts_what_is_late_in_a_district_with_its_communes(self, world, signed_in):
        client = signed_in(a_leader(an_agency(CITY)))

        html = client.get(f"/lanh-dao/co-quan/{a_district().code}/").content.decode()

        [late, *_causes] = [link for link in numbers_of(html) if "/tre-han/" in link[0]]
        assert late[1] == 4
        assert "kể cả xã, phường, thị trấn" in client.get(late[0]).content.decode()
        alone = f"/lanh-dao/tre-han/ho-so/?cot=late&co-quan={a_district().code}"
        assert client.get(alone).context["page"].paginator.count == 0


class TestTheTabsOfThePlan:
    def test_open_as_many_tasks_as_they_say(self, signed_in):
        a_plan()
        client = signed_in(a_leader(an_agency(KEEPER)))

        tabs = client.get("/lanh-dao/ke-hoach/").context["tabs"]

        counted = [tab for tab in tabs if tab["count"] is not None]
        assert any(tab["count"] for tab in counted)
        for tab in counted:
            parts = client.get(f"/lanh-dao/ke-hoach/{tab['href']}").context["parts"]
            assert sum(len(part.lines) for part in parts) == tab["count"]


class TestWhatEverybodyReads:
    def test_has_as_much_evidence_as_an_agency_has_late(self, client):
        office = AnOffice()
        for cause in ("own_unit", "own_unit", "other_agency"):
            ended_late(office.desk, cause=cause)
        clock.shift_by(OVER - clock.now() + timedelta(days=1))
        office.published()

        month = client.get("/cong-khai/2024-10/").content.decode()

        row = re.search(
            r'href="(/cong-khai/2024-10/co-quan/[^"]*)".*?is-num"[^>]*>(\d+)<', month, re.S
        )
        assert row is not None
        assert len(client.get(row[1]).context["evidence"].counted) == int(row[2])
