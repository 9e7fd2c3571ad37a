"""The board of targets and an agency's own page: who sees what, what they do there, and files."""

import io
import re
from datetime import timedelta
from zipfile import ZipFile

import pytest

from motcua.accounts.models import Account
from motcua.kernel import clock, memory
from motcua.steering.followers import follow_dossiers
from motcua.steering.models import TargetExplanation
from motcua.steering.queries.targets import board, standing_target
from motcua.steering.services import load_targets
from tests.builders import (
    NOW,
    TODAY,
    ADesk,
    a_district,
    a_leader,
    a_processor,
    an_agency,
    taken_in,
)
from tests.clocks import the_clock_at
from tests.kernel.ledger.rooms import catch_up
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db(transaction=True)

BOARD = "/lanh-dao/chi-tieu/"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"
WARD = "Ủy ban nhân dân phường Cái Khế"


@pytest.fixture(autouse=True)
def _the_tenth_month(db):
    with the_clock_at(NOW + timedelta(minutes=1)):
        an_agency()
        load_targets(at=NOW)
        yield


@pytest.fixture
def signed_in(client):
    def sign_in(mandate):
        client.force_login(Account.objects.get(pk=mandate.account_id))
        return client

    return sign_in


def page_of(agency) -> str:
    return f"/lanh-dao/co-quan/{agency.code}/"


def some_dossiers() -> None:
    """Receive one online and three at the counter, in the ward Cái Khế."""
    desk = ADesk()
    desk.accepted()
    for _each in range(3):
        taken_in(desk.receiver)
    catch_up(follow_dossiers)
    memory.forget()


def row_for(html: str, name: str) -> str:
    """Return the first row of a table that is about somebody, as text."""
    row = next(row for row in re.findall(r"<tr.*?</tr>", html, re.S) if name in row)
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


class TestTheBoard:
    def test_shows_the_26_and_the_city_beside_their_targets(self, signed_in):
        some_dossiers()

        html = signed_in(a_leader(an_agency(CITY))).get(BOARD).content.decode()

        shown = row_for(html, "quận Ninh Kiều")
        assert "29,7 % 50,0 % 25,0 % 1/4 · ít hồ sơ −25,0" in shown
        assert "Toàn thành phố" in html
        assert html.count('role="rowheader"') == 27 + 26

    def test_is_a_page_like_any_other(self, signed_in):
        assert_is_a_page(signed_in(a_leader(an_agency(CITY))).get(BOARD))

    def test_is_drawn_again_as_soon_as_one_more_is_received(self, signed_in):
        some_dossiers()
        client = signed_in(a_leader(an_agency(CITY)))
        before, again = (client.get(BOARD).content.decode() for _time in range(2))
        taken_in(ADesk().receiver)
        catch_up(follow_dossiers)

        assert row_for(before, "quận Ninh Kiều") == row_for(again, "quận Ninh Kiều")
        assert "20,0 % 1/5" in row_for(client.get(BOARD).content.decode(), "quận Ninh Kiều")

    def test_is_sorted_as_asked_with_what_is_not_known_last(self, signed_in):
        some_dossiers()
        client = signed_in(a_leader(an_agency(CITY)))

        by_target = client.get(BOARD, {"sap": "chi-tieu", "chieu": "giam"}).context["told"].rows
        by_share = client.get(BOARD, {"sap": "da-dat"}).context["told"].rows

        assert by_target[0].name == "Sở Kế hoạch và Đầu tư"
        assert by_share[0].name == "Ủy ban nhân dân quận Ninh Kiều"

    @pytest.mark.parametrize(
        ("day", "why"), [("2030-01-01", "chưa đến"), ("hôm qua", "không phải là một ngày")]
    )
    def test_of_a_day_that_cannot_be_is_refused_with_the_reason(self, signed_in, day, why):
        answer = signed_in(a_leader()).get(BOARD, {"den-ngay": day})

        assert why in assert_is_a_page(answer, status=422)

    @pytest.mark.parametrize(
        ("hour", "why"),
        [("23:59", "23:59 ngày 15/10/2024 chưa đến"), ("25h", "không phải là một giờ")],
    )
    def test_of_an_hour_that_cannot_be_is_refused_with_the_reason(self, signed_in, hour, why):
        answer = signed_in(a_leader()).get(BOARD, {"den-ngay": "2024-10-15", "luc": hour})

        assert why in assert_is_a_page(answer, status=422)

    def test_of_an_hour_says_so_and_passes_it_on(self, signed_in):
        asked = {"den-ngay": "2024-10-14", "luc": "10:00"}
        html = signed_in(a_leader()).get(BOARD, asked).content.decode()

        assert "Số liệu đến 10:00 ngày 14/10/2024." in html
        assert "den-ngay=2024-10-14&amp;luc=10%3A00" in html
        assert "data-motcua-live" not in html

    def test_of_a_past_day_says_so_and_stands_still(self, signed_in):
        html = signed_in(a_leader()).get(BOARD, {"den-ngay": "2023-12-31"}).content.decode()

        assert "đến hết ngày 31/12/2023" in html
        assert "data-motcua-live" not in html

    def test_links_a_leader_only_to_what_they_answer_for(self, signed_in):
        rows = signed_in(a_leader(a_district())).get(BOARD).context["told"].rows

        assert [row.name for row in rows if row.href] == ["Ủy ban nhân dân quận Ninh Kiều"]

    def test_is_for_leaders_and_for_the_citys_office(self, signed_in):
        assert signed_in(a_processor(an_agency(CITY))).get(BOARD).status_code == 200
        assert signed_in(a_processor()).get(BOARD).status_code == 403

    def test_costs_the_same_with_more_dossiers(self, signed_in, django_assert_max_num_queries):
        client = signed_in(a_leader(an_agency(CITY)))
        some_dossiers()
        client.get(BOARD)

        with django_assert_max_num_queries(8):
            client.get(BOARD)


class TestStayingFresh:
    def test_sends_nothing_anew_while_nothing_changed(self, signed_in):
        client = signed_in(a_leader())
        first = client.get(f"{BOARD}bang/")

        again = client.get(f"{BOARD}bang/", headers={"If-None-Match": first["ETag"]})
        some_dossiers()
        changed = client.get(f"{BOARD}bang/", headers={"If-None-Match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        assert changed.status_code == 200
        assert "1/4" in changed.content.decode()


class TestFiles:
    def test_has_the_official_head_on_the_spreadsheet(self, signed_in):
        answer = signed_in(a_leader(an_agency(CITY))).get(f"{BOARD}tep/")

        book = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        words = book.read("xl/sharedStrings.xml").decode()
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
        assert CITY.upper() in words
        assert "Sở Ngoại vụ" in words

    @pytest.mark.parametrize("path", ["tep/?format=pdf", "tai-lieu-hop/"])
    def test_is_set_as_a_paper(self, signed_in, path):
        some_dossiers()

        answer = signed_in(a_leader(an_agency(CITY))).get(f"{BOARD}{path}")

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

    @pytest.mark.parametrize("day", ["2030-01-01", "abc"])
    @pytest.mark.parametrize("file", ["tep/?", "tep/?format=pdf&", "tai-lieu-hop/?", "bang/?"])
    def test_is_of_no_moment_but_the_one_asked_for(self, signed_in, file, day):
        client = signed_in(a_leader(an_agency(CITY)))

        answer = client.get(f"{BOARD}{file}den-ngay={day}", follow=True)

        assert_is_a_page(answer, status=422)


class TestTheAgency:
    def test_shows_months_procedures_communes_and_what_is_late(self, signed_in):
        some_dossiers()

        html = assert_is_a_page(signed_in(a_leader(a_district())).get(page_of(a_district())))

        assert "Chứng thực bản sao" in row_for(html, "2.000815")
        assert "25,0 %" in row_for(html, WARD)
        assert "Không có hồ sơ nào đang trễ hạn." in html
        assert "Nếu hồ sơ sắp nhận chuyển sang trực tuyến" in html

    def test_leads_down_to_the_very_dossiers(self, signed_in):
        some_dossiers()
        client = signed_in(a_leader(a_district()))
        html = client.get(page_of(a_district())).content.decode()

        links = re.findall(r'href="([^"]*ho-so/\?[^"]*)"[^>]*>(\d+)<', html)

        assert {int(number) for _href, number in links} == {0, 1, 3}
        for href, number in links:
            context = client.get(href.replace("&amp;", "&")).context
            assert (context["page"].paginator.count, len(context["lines"])) == (
                int(number),
                int(number),
            ), href

    def test_of_a_commune_is_its_own(self, signed_in):
        some_dossiers()

        html = assert_is_a_page(signed_in(a_leader()).get(page_of(an_agency(WARD))))

        assert "1/4" in html

    def test_is_nobody_elses(self, signed_in):
        stranger = signed_in(a_leader(a_district("Ủy ban nhân dân quận Cái Răng")))

        assert stranger.get(page_of(a_district())).status_code == 404
        assert stranger.get(f"{page_of(a_district())}ho-so/").status_code == 404
        assert stranger.get("/lanh-dao/co-quan/999/").status_code == 404

    def test_is_where_the_menu_leads(self, signed_in):
        assert signed_in(a_leader(a_district())).get("/lanh-dao/co-quan/").url == page_of(
            a_district()
        )
        assert signed_in(a_leader(an_agency(CITY))).get("/lanh-dao/co-quan/").url == BOARD


class TestSettingATarget:
    def path(self) -> str:
        return f"{page_of(an_agency(WARD))}chi-tieu/"

    def test_is_done_with_a_number_as_people_write_it(self, signed_in):
        client = signed_in(a_leader(a_district()))
        assert "Tối thiểu 50,0 %" in assert_is_a_page(client.get(self.path()))

        answer = client.post(self.path(), {"percent": "62,5 %", "seen": ""})

        assert answer.url == page_of(a_district())
        assert standing_target(an_agency(WARD).pk, TODAY, at=clock.now()).tenths == 625

    @pytest.mark.parametrize(
        ("percent", "why"),
        [("49,9", "từ 50 % trở lên"), ("100,1", "100 %"), ("nhiều", "ví dụ 55"), ("", "ví dụ 55")],
    )
    def test_is_refused_with_the_reason(self, signed_in, percent, why):
        answer = signed_in(a_leader(a_district())).post(self.path(), {"percent": percent})

        assert why in assert_is_a_page(answer, status=422)

    def test_anew_asks_for_a_reason(self, signed_in):
        client = signed_in(a_leader(a_district()))
        client.post(self.path(), {"percent": "60", "seen": ""})
        seen = standing_target(an_agency(WARD).pk, TODAY, at=clock.now()).pk

        answer = client.post(self.path(), {"percent": "70", "seen": seen})

        assert "lý do" in assert_is_a_page(answer, status=422)

    def test_over_anothers_is_told(self, signed_in):
        client = signed_in(a_leader(a_district()))
        client.post(self.path(), {"percent": "60", "seen": ""})

        answer = client.post(self.path(), {"percent": "70", "seen": ""})

        assert "vừa được người khác giao" in assert_is_a_page(answer, status=409)

    def test_is_not_the_wards_own(self, signed_in):
        answer = signed_in(a_leader()).get(self.path())

        assert "quận, huyện của địa bàn giao" in assert_is_a_page(answer, status=403)


class TestExplaining:
    def path(self) -> str:
        return f"{page_of(a_district())}giai-trinh/"

    def test_goes_to_the_citys_office_and_back(self, signed_in):
        some_dossiers()
        head, office = a_leader(a_district()), a_processor(an_agency(CITY))
        assert board(at=clock.now()).rows[17].progress.forecast is not None
        client = signed_in(head)
        assert_is_a_page(client.get(self.path()))
        assert assert_is_a_page(client.post(self.path(), {"words": " "}), status=422)

        client.post(self.path(), {"words": "Thiếu máy."})

        given = TargetExplanation.objects.get()
        answer = f"/lanh-dao/giai-trinh/{given.pk}/"
        assert "Chờ trả lời" in client.get(page_of(a_district())).content.decode()
        client = signed_in(office)
        assert answer in client.get(page_of(a_district())).content.decode()
        assert_is_a_page(client.get(answer))
        assert_is_a_page(client.post(answer, {"verdict": "return"}), status=422)
        client.post(answer, {"verdict": "return", "answer": "Nêu rõ từng phường."})
        assert "Nêu rõ từng phường." in client.get(page_of(a_district())).content.decode()
        assert "đã được trả lời" in assert_is_a_page(client.get(answer), status=409)
        late = client.post(answer, {"verdict": "return", "answer": "Lời thứ hai."})
        assert "Lời thứ hai." in assert_is_a_page(late, status=409)

    def test_is_for_the_head(self, signed_in):
        some_dossiers()

        answer = signed_in(a_leader(an_agency(CITY))).get(self.path())

        assert "người đứng đầu" in assert_is_a_page(answer, status=403)

    def test_waits_until_there_is_something_to_explain(self, signed_in):
        answer = signed_in(a_leader(a_district())).get(self.path())

        assert "chưa cần giải trình" in assert_is_a_page(answer, status=409)
