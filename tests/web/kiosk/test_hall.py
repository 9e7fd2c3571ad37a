"""The kiosk, the calling screen and the look-up: large, fresh, and without a trace."""

import re

import pytest
from django.conf import settings as django_settings

from motcua.kernel import memory
from motcua.web import lookup_links
from tests.builders import ADesk, a_citizen, a_dossier, the_catalogue
from tests.queues.lines import ASeat, a_ticket, a_unit
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

PAGES = (
    "",
    "lay-so/",
    "lay-so/filing/",
    "tra-cuu/",
    "thu-tuc/",
    "thu-tuc/1.001193/",
    "gio-phuc-vu/",
    "dang-goi/",
    "tro-giup/",
)


class TestEveryPageOfTheKiosk:
    @pytest.fixture(autouse=True)
    def _catalogue(self):
        the_catalogue()

    @pytest.mark.parametrize("path", PAGES)
    def test_leaves_nothing_behind(self, client, kiosk, path):
        response = kiosk(path)

        assert_is_a_page(response)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
        assert not client.cookies
        assert all('autocomplete="off"' in form for form in forms_in(response))

    @pytest.mark.parametrize("path", PAGES)
    def test_begins_anew_after_a_minute_without_script(self, unit, kiosk, path):
        text = kiosk(path).content.decode()

        wipes = f'<noscript><meta http-equiv="refresh" content="60;url=/kiosk/{unit.pk}/">' in text
        assert wipes is (path != "")

    @pytest.mark.parametrize("path", PAGES)
    def test_leads_nowhere_else(self, unit, kiosk, path):
        links = re.findall(r'<a [^>]*href="([^"]+)"', kiosk(path).content.decode())

        inside = [link for link in links if not link.startswith("#")]
        assert all(link.startswith(f"/kiosk/{unit.pk}/") for link in inside), inside

    def test_has_six_doors(self, kiosk):
        assert kiosk().content.decode().count('class="mc-kiosk__door"') == 6

    def test_tells_the_hours_of_the_week(self, kiosk):
        text = kiosk("gio-phuc-vu/").content.decode()

        assert "Đang phục vụ" in text
        assert text.count("07:00–11:00") == 5
        assert text.count("Nghỉ") == 2

    def test_shows_the_papers_of_a_procedure_and_a_code_to_take_along(self, kiosk):
        text = kiosk("thu-tuc/1.001193/").content.decode()

        assert "Giấy chứng sinh" in text
        assert "Mã QR mở trang thủ tục" in text


class TestLookingUpByQrCode:
    @pytest.fixture
    def scan(self, client, unit):
        return lambda typed: client.post(f"/kiosk/{unit.pk}/tra-cuu/", {"scanned": typed})

    @pytest.mark.parametrize("form", ["{}", "https://motcua.example/tra-cuu/{}/", " {}\n"])
    def test_shows_where_it_stands_and_nobodys_name(self, scan, form):
        person = a_citizen("Thạch Sô Phia")
        dossier = ADesk().accepted(a_dossier(person))

        response = scan(form.format(lookup_links.token_of(dossier)))

        text = assert_is_a_page(response)
        assert "Đã tiếp nhận" in text
        assert dossier.code[-4:] in text
        for secret in (
            person.full_name,
            person.personal_id,
            person.phone,
            "Trần Minh An",
            dossier.code,
            dossier.lookup_secret,
        ):
            assert secret not in text
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies

    def test_opens_ones_place_in_line_as_well(self, scan, unit):
        ticket = a_ticket()

        answer = scan(f"https://motcua.example/so/{ticket.secret}/")

        assert answer["Location"] == f"/kiosk/{unit.pk}/so/{ticket.secret}/"

    def test_says_where_a_number_is_called_that_is_of_another_unit(self, client, unit):
        elsewhere = a_unit("Ủy ban nhân dân phường An Cư")
        ticket = a_ticket(elsewhere)
        words = f"Số này của {elsewhere.name}, {elsewhere.agency.name}."

        here, there = (
            client.get(f"/kiosk/{hall.pk}/so/{ticket.secret}/").content.decode()
            for hall in (unit, elsewhere)
        )

        assert words in here
        assert "Mời ngồi chờ" not in here
        assert words not in there
        assert "Mời ngồi chờ" in there

    @pytest.mark.parametrize("rubbish", ["", "x", "https://example.com/", "\x00", "Ẳ" * 30_000])
    def test_takes_any_rubbish_calmly_and_does_not_repeat_it(self, scan, rubbish):
        text = assert_is_a_page(scan(rubbish), status=422)

        assert "Chưa đọc được mã QR này." in text
        assert "example.com" not in text


class TestTheCallingScreen:
    def test_shows_numbers_and_counters_only(self, client, unit):
        one, two = ASeat(1), ASeat(2)
        for _time in range(12):
            a_ticket()
        one.finishes()
        one.calls()
        two.serves()
        memory.forget()

        text = assert_is_a_page(client.get(f"/man-hinh/{unit.pk}/"))

        assert re.findall(r"<td>(\d+)</td><td>(\d+)</td>", text) == [("2", "1"), ("3", "2")]
        assert "Mời số 2 đến quầy số 1" in text
        assert "Số 1, quầy 1" in text
        assert "Đang chờ: 9 người" in text
        assert re.findall(r"<span>(\d+)</span>", text) == [str(n) for n in range(4, 12)]
        assert "Lê Thị Mai" not in text

    def test_refreshes_itself_without_script(self, client, unit):
        text = client.get(f"/man-hinh/{unit.pk}/").content.decode()

        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in text

    def test_is_read_once_a_second_however_many_look(
        self, client, unit, django_assert_max_num_queries
    ):
        a_ticket()
        client.get(f"/man-hinh/{unit.pk}/")

        with django_assert_max_num_queries(4):
            client.get(f"/man-hinh/{unit.pk}/")

    def test_sets_no_cookie(self, client, unit):
        assert not client.get(f"/man-hinh/{unit.pk}/").cookies
        assert django_settings.SESSION_COOKIE_NAME not in client.cookies


def forms_in(response):
    text = response.content.decode()
    return [form for form in re.findall(r"<form [^>]*>", text) if 'method="dialog"' not in form]
