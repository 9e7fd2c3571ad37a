"""Taking a number at the kiosk, and following it on one's telephone."""

import re
import time
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core import signing
from django.test import Client

from motcua.kernel import clock
from motcua.offices.models import Unit
from motcua.offices.services import except_service_hours
from motcua.queues import services
from motcua.queues.models import Ticket
from tests.builders import NOW, TODAY
from tests.queues.lines import ASeat, a_ticket, a_unit
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(kiosk):
    """Open the question about priority and return what its buttons would send."""

    def opened(purpose="filing"):
        page = kiosk(f"lay-so/{purpose}/").content.decode()
        return re.search(r'name="key" value="([^"]+)"', page)[1]

    return opened


def press(client, unit, key, priority="none", purpose="filing", **how):
    return client.post(
        f"/kiosk/{unit.pk}/lay-so/{purpose}/", {"key": key, "priority": priority}, **how
    )


class TestTakingANumber:
    def test_asks_two_questions_and_shows_the_number(self, client, unit, kiosk, form):
        assert "Nhận kết quả" in assert_is_a_page(kiosk("lay-so/"))

        answer = press(client, unit, form("return"), "elderly", "return")

        ticket = Ticket.objects.get()
        assert (ticket.purpose, ticket.priority, ticket.number) == ("return", "elderly", 1)
        assert answer.status_code == 303
        shown = assert_is_a_page(client.get(answer["Location"]))
        assert "Ông/Bà là người tiếp theo" in shown
        assert "Mã QR để xem còn mấy người trước" in shown

    def test_pressed_twice_takes_one(self, client, unit, form):
        key = form()

        answers = [press(client, unit, key) for _press in range(2)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert Ticket.objects.count() == 1

    @pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000"])
    def test_needs_a_key_of_ours(self, client, unit, key):
        text = assert_is_a_page(press(client, unit, key), status=422)

        assert "vui lòng chọn lại" in text
        assert Ticket.objects.count() == 0

    def test_takes_no_key_of_another_kiosk(self, client, unit, form):
        another = Unit.objects.filter(role=unit.role).exclude(pk=unit.pk).first()

        assert press(client, another, form()).status_code == 422
        assert Ticket.objects.count() == 0

    def test_takes_no_key_that_was_kept_back(self, client, unit, form, monkeypatch):
        key = form()
        later = time.time() + 16 * 60
        monkeypatch.setattr(signing.time, "time", lambda: later)

        assert press(client, unit, key).status_code == 422

    @pytest.mark.parametrize("priority", ["", "rich", "none'--"])
    def test_asks_again_what_it_does_not_understand(self, client, unit, form, priority):
        assert_is_a_page(press(client, unit, form(), priority), status=422)
        assert Ticket.objects.count() == 0

    def test_says_why_not_when_the_unit_is_closed(self, client, unit, form):
        key = form()
        except_service_hours(unit_id=unit.pk, first=TODAY, last=TODAY, reason="Nghỉ", at=NOW)

        text = assert_is_a_page(press(client, unit, key), status=422)

        assert "Ngoài giờ phục vụ. Ông/Bà lấy số từ 07:00, 16/10/2024." in text

    def test_says_to_wait_a_minute_when_too_many_were_taken(self, client, unit, form, settings):
        settings.KIOSK_TICKETS_A_MINUTE = 1
        press(client, unit, form())

        assert "thử lại sau một phút" in assert_is_a_page(press(client, unit, form()), status=429)

    def test_is_for_the_hall_when_the_city_has_said_where_that_is(
        self, client, unit, form, kiosk, settings
    ):
        key = form()
        settings.KIOSK_NETWORKS = [ip_network("10.20.0.0/16")]

        for answer in (
            kiosk("lay-so/"),
            kiosk("lay-so/filing/"),
            press(client, unit, key),
        ):
            assert "đặt tại Bộ phận Một cửa" in assert_is_a_page(answer, status=403)
        assert Ticket.objects.count() == 0
        assert press(client, unit, key, REMOTE_ADDR="10.20.3.4").status_code == 303

    @pytest.mark.parametrize("path", ["lay-so/khac/", "so/AAAAAAAAAA/", "thu-tuc/9.999/"])
    def test_knows_what_it_has(self, kiosk, path):
        assert kiosk(path).status_code == 404

    @pytest.mark.parametrize("unit_id", [0, 10**9, 10**30])
    def test_stands_in_no_other_hall(self, client, unit, unit_id):
        assert client.get(f"/kiosk/{unit_id}/").status_code == 404
        assert client.get(f"/man-hinh/{unit_id}/").status_code == 404


class TestOnesPlace:
    def test_counts_who_comes_before_without_naming_anybody(self, client):
        a_ticket(), a_ticket()
        mine = a_ticket()

        response = client.get(f"/so/{mine.secret.lower()}/")

        text = assert_is_a_page(response)
        assert "Còn <strong>2</strong> người trước" in text
        assert "Chưa ước được thời gian chờ" in text
        assert response["Cache-Control"] == "no-store"

    def test_says_about_how_long_once_three_were_served(self, client):
        seat = ASeat()
        for turn in range(3):
            a_ticket()
            begins = NOW + timedelta(minutes=turn)
            seat.finishes(begins=begins, ends=begins + timedelta(minutes=10))
        mine = a_ticket()

        assert "Chờ khoảng 10 phút" in client.get(f"/so/{mine.secret}/").content.decode()

    def test_tells_where_to_go_when_called(self, client):
        ticket = a_ticket()
        ASeat(7).calls()

        assert "Mời đến quầy 7 ngay" in client.get(f"/so/{ticket.secret}/").content.decode()

    def test_goes_on_at_another_unit(self, client):
        district = a_unit("Ủy ban nhân dân quận Ninh Kiều")
        ticket = a_ticket()
        seat = ASeat()
        seat.does(services.transfer_ticket, seat.calls(), unit_id=district.pk)

        text = client.get(f"/so/{ticket.secret}/").content.decode()

        assert "Đã chuyển sang Ủy ban nhân dân quận Ninh Kiều. Số mới: <strong>1</strong>" in text

    def test_can_be_given_up_and_only_by_a_form_of_ours(self, unit):
        ticket = a_ticket()
        strict = Client(enforce_csrf_checks=True)

        assert strict.post(f"/so/{ticket.secret}/").status_code == 403
        answer = Client().post(f"/so/{ticket.secret}/")

        ticket.refresh_from_db()
        assert answer.status_code == 303
        assert ticket.state == "cancelled"

    def test_says_why_it_is_too_late_to_give_up(self, client):
        ticket = a_ticket()
        ASeat().calls()

        assert "Không ghi nhận gì thêm" in assert_is_a_page(
            client.post(f"/so/{ticket.secret}/"), status=422
        )

    def test_of_yesterday_is_none(self, client):
        ticket = a_ticket()
        clock.shift_by(timedelta())
        clock.shift_by(timedelta(days=1) + NOW - clock.now())

        assert "không phải của hôm nay" in client.get(f"/so/{ticket.secret}/").content.decode()

    def test_that_does_not_exist_says_what_to_do(self, client):
        assert_is_a_page(client.get("/so/AAAAAAAAAA/"), status=404)
