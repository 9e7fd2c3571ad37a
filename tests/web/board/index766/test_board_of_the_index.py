"""The leader's screens of the index: numbers, the dossiers behind them, and who may look."""

import re
from datetime import timedelta
from html import unescape

import pytest

from motcua.accounts.models import Account
from motcua.dossiers import events
from motcua.kernel import clock
from motcua.offices.models import Agency
from tests.builders import NOW, ADesk, a_district, a_leader, a_linked_birth
from tests.procedures.register import BIRTH, COPY, ARegister
from tests.steering.test_recount import follow, learned
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

PAGE = "/lanh-dao/chi-so-766/"
FULL = "PUBLIC_CONTENT_FULL"
DAY = timedelta(days=1)


def it_is(moment):
    """Let it be a minute later than that."""
    clock.shift_by(timedelta())
    clock.shift_by(moment - clock.now() + timedelta(minutes=1))


@pytest.fixture(autouse=True)
def _a_minute_later():
    it_is(NOW)
    yield
    clock.shift_by(timedelta())


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in


@pytest.fixture
def city(signed_in):
    """A leader of the city, and something to look at."""
    desk = ADesk()
    dossier = desk.decided()
    desk.accepted()
    a_linked_birth()
    learned(
        dossier,
        events.DossierSynchronised(national_status=9),
        events.ResultIssuedElectronically(document="x"),
        events.FilingHelped(manner="by_officer"),
        events.PetitionReceived(number="PA-1", due_at=(NOW + DAY).isoformat()),
    )
    follow()
    return signed_in(a_leader(Agency.objects.get(kind="city")))


def links_of(html: str) -> list[tuple[str, int]]:
    """Return every link to a list of dossiers, with the number that it shows."""
    return _links(html, "ho-so")


def listings_of(html: str) -> list[tuple[str, int]]:
    """Return every link to a list of what else is counted, with the number that it shows."""
    return _links(html, "tieu-chi")


def _links(html: str, below: str) -> list[tuple[str, int]]:
    found = re.findall(rf'href="(/lanh-dao/chi-so-766/{below}/[^"]*)">([\d.]+)<', html)
    return [(unescape(href), int(number.replace(".", ""))) for href, number in found]


def tables_of(html: str) -> list[str]:
    return re.findall(r"<table.*?</table>", html, re.S)


class TestTheIndex:
    def test_shows_six_groups_and_says_that_it_is_an_estimate(self, city):
        html = assert_is_a_page(city.get(PAGE))

        assert "Điểm ước tính của thành phố, điểm chính thức do Cổng Dịch vụ công quốc gia" in html
        assert "Bản qd-766-2022, áp dụng từ 23/06/2022." in html
        assert [s.number for s in city.get(PAGE).context["told"].sections] == [
            "1", "2", "3", "3b", "4", "5",
        ]  # fmt: skip

    def test_every_number_is_as_long_as_its_list(self, city):
        links = links_of(city.get(PAGE).content.decode())

        assert len(links) > 10
        for href, number in links:
            page = city.get(href)
            assert_is_a_page(page)
            assert (page.context["page"].paginator.count, len(page.context["lines"])) == (
                number,
                number,
            ), href

    def test_every_number_opens_a_list_of_as_many(self, city):
        register = ARegister()
        register.publish(register.record(BIRTH, COPY))
        html = city.get(PAGE, {"ky": "2024-Q4"}).content.decode()
        listings = listings_of(html)

        assert len(listings) > 15
        for href, number in listings:
            page = city.get(href)
            assert_is_a_page(page)
            assert page.context["page"].paginator.count == number, href
        numbers = re.findall(
            r'<td role="cell" class="is-num" data-label="(?:Tử|Mẫu) số"><span>(.*?)</span>', html
        )
        assert numbers
        assert [text for text in numbers if re.fullmatch(r"[1-9][\d.]*", text)] == []

    def test_shows_what_a_numerator_leaves_out(self, city):
        page = city.get(f"{PAGE}tieu-chi/ONLINE_FORMALITY_USED/")
        rest = city.get(f"{PAGE}tieu-chi/ONLINE_FORMALITY_USED/", {"phan": "khong-tinh"})

        [everything, counted, left_out] = page.context["tabs"]
        assert everything["count"] == counted["count"] + left_out["count"]
        assert rest.context["page"].paginator.count == int(left_out["count"])
        assert "Hồ sơ nộp trực tuyến trong kỳ: 0." in rest.content.decode()

    def test_opens_how_long_each_procedure_took(self, city):
        page = f"{PAGE}thoi-gian/"
        assert page in city.get(PAGE).content.decode()

        [row] = city.get(page).context["rows"]
        chosen = city.get(page, {"thu-tuc": row["code"]})
        assert "0 ngày làm việc" in assert_is_a_page(chosen)  # decided in the moment it came
        assert chosen.context["chosen"]["dossiers"] == row["decided"] == "1"
        assert_is_a_page(city.get(page, {"ky": "2024-09"}))
        assert city.get(page, {"thu-tuc": "9.999999"}).status_code == 404

    def test_says_what_has_no_data_and_how_much_that_is(self, city):
        html = city.get(PAGE).content.decode()

        assert "Chưa có dữ liệu, tạm tính 0 điểm" in html
        assert city.get(PAGE).context["told"].score.known_max < 100

    def test_is_fetched_again_while_its_period_runs(self, city):
        assert 'data-motcua-live="10"' in city.get(PAGE).content.decode()
        assert "data-motcua-live" not in city.get(f"{PAGE}?ky=2024-09").content.decode()
        assert "data-motcua-live" not in city.get(f"{PAGE}?den-ngay=2024-10-15").content.decode()

    @pytest.mark.parametrize("ky", ["2024-10", "2024-Q4", "2024", "2024-09", "2024-H2"])
    def test_tells_months_quarters_and_years(self, city, ky):
        assert city.get(PAGE, {"ky": ky}).context["asked"].figures.period.key == ky

    def test_tells_a_past_day_as_it_was_known(self, city):
        page = {"den-ngay": "2024-10-15"}
        before = city.get(PAGE, page).context["told"].score

        it_is(NOW + DAY)
        learned(ADesk().decided(at=NOW + DAY), events.DossierRated(liked=False), at=NOW + DAY)
        follow()

        assert city.get(PAGE, page).context["told"].score == before
        assert city.get(PAGE, {"den-ngay": "15/10/2024"}).context["told"].score == before
        assert city.get(PAGE).context["told"].score != before

    def test_is_drawn_again_as_soon_as_something_is_learned(self, city):
        code = Agency.objects.get(name__contains="Cái Khế").code
        first, again = (city.get(PAGE, {"co-quan": code}).content.decode() for _time in range(2))
        learned(ADesk().accepted(), events.DossierSynchronised(national_status=2))
        follow()

        assert tables_of(again) == tables_of(first)
        assert tables_of(city.get(PAGE, {"co-quan": code}).content.decode()) != tables_of(first)

    def test_ranks_like_with_like(self, city):
        tables = city.get(PAGE).context["told"].ranked

        assert [len(table["rows"]) for table in tables] == [17, 9]
        district = city.get(tables[1]["rows"][0]["href"].replace("?", f"{PAGE}?"))
        [communes] = district.context["told"].ranked
        assert len(communes["rows"]) == 11
        assert communes["rows"][0]["place"] == 1

    def test_shows_an_agencys_officers_by_what_they_had_in_hand(self, city):
        code = Agency.objects.get(name__contains="Cái Khế").code

        [officer] = city.get(PAGE, {"co-quan": code}).context["officers"]
        assert (officer["numerator"], officer["denominator"]) == ("1", "1")
        assert officer["name"]


class TestTheWays:
    def test_stand_side_by_side_by_law_and_in_truth(self, city):
        ways = city.get(PAGE).context["told"].ways

        assert (ways["online"], ways["remote_online"]) == ("2", "1")
        assert ways["legal"] == "100,00 %"
        assert ways["remote"] == "50,00 %"
        assert [sign.sign for sign in ways["signs"]] == ["small"]
        assert "Ít hồ sơ." in city.get(PAGE).content.decode()

    def test_do_not_claim_what_nobody_recorded(self, signed_in):
        desk = ADesk()
        desk.accepted()
        follow()

        html = signed_in(desk.leader).get(PAGE).content.decode()

        assert "chưa ghi nhận ai nhập hồ sơ" in html


class TestWhoMayLook:
    def test_a_head_sees_the_own_agency_and_what_lies_below_it(self, signed_in):
        desk = ADesk()
        desk.accepted()
        follow()
        district = a_district()
        client = signed_in(a_leader(district))

        seen = client.get(PAGE).context
        assert seen["asked"].subject.agency_id == district.pk
        assert len(seen["agencies"]) == 12
        commune = desk.leader.posts[0].agency_code
        assert client.get(PAGE, {"co-quan": commune}).status_code == 200

    @pytest.mark.parametrize(
        "page", [PAGE, f"{PAGE}ho-so/", f"{PAGE}thoi-gian/", f"{PAGE}tieu-chi/{FULL}/"]
    )
    def test_a_strangers_agency_is_not_there(self, signed_in, page):
        ADesk().accepted()
        follow()
        client = signed_in(a_leader(a_district("Ủy ban nhân dân quận Cái Răng")))
        told = {"so-lieu": "received"}

        for code in (a_district().code, Agency.objects.get(kind="city").code, "khong-co"):
            assert client.get(page, told | {"co-quan": code}).status_code == 404

    def test_is_not_for_those_who_do_not_lead(self, signed_in):
        assert signed_in(ADesk().processor).get(PAGE).status_code == 403


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({"ky": "2024-11"}, "chưa bắt đầu"),
            ({"ky": "tháng chín"}, "không phải là kỳ"),
            ({"den-ngay": "2024-10-16"}, "chưa đến"),
            ({"den-ngay": "hôm qua"}, "Hãy viết ngày như"),
            ({"ky": "2021"}, "chưa có Bộ chỉ số 766"),
        ],
    )
    def test_is_refused_with_a_sentence(self, city, told, sentence):
        page = city.get(PAGE, told)

        html = assert_is_a_page(page, status=422)
        assert sentence in html
        assert city.get(f"{PAGE}ho-so/", told | {"so-lieu": "received"}).status_code == 302
        assert city.get(f"{PAGE}tieu-chi/{FULL}/", told).status_code == 302

    @pytest.mark.parametrize("told", ["", "procedures", "fame"])
    def test_a_number_without_dossiers_has_no_list(self, city, told):
        assert city.get(f"{PAGE}ho-so/", {"so-lieu": told}).status_code == 404

    @pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "²"])
    def test_a_page_that_is_none_is_the_first(self, city, number):
        page = city.get(f"{PAGE}ho-so/", {"so-lieu": "received", "page": number})

        assert page.context["page"].number == 1


class TestStatements:
    def test_are_few_however_many_agencies_there_are(self, city, django_assert_max_num_queries):
        city.get(PAGE)
        with django_assert_max_num_queries(17):
            city.get(PAGE)

    @pytest.mark.parametrize("code", ["DOSSIER_SYNC", "FAME"])
    def test_a_criterion_of_dossiers_or_none_has_no_other_list(self, city, code):
        assert city.get(f"{PAGE}tieu-chi/{code}/").status_code == 404
