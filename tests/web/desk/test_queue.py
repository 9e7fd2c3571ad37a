"""The officer's panel of the line."""

import re

import pytest

from motcua.queues import queries, services
from motcua.queues.models import Priority, Ticket
from tests.builders import NOW, TODAY, a_leader, a_receiver, an_agency
from tests.queues.lines import ASeat, a_ticket, a_unit
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

LINE = "/desk/hang-doi/"
CALL = "/desk/hang-doi/luot-goi/"


@pytest.fixture
def seat():
    return ASeat(3)


@pytest.fixture
def desk(signed_in, seat):
    return signed_in(seat.mandate)


def keys_on(text):
    return re.findall(r'data-motcua-key="([^"]+)"', text)


class TestThePanel:
    def test_asks_for_the_counter_once_a_day(self, signed_in):
        mandate = a_receiver()
        client = signed_in(mandate)
        unit_id = mandate.posts[0].unit_id
        assert "Ông/Bà ngồi quầy số mấy?" in assert_is_a_page(client.get(LINE))

        answer = client.post(f"{LINE}quay/", {"unit": unit_id, "number": "2"}, follow=True)

        text = assert_is_a_page(answer)
        assert "Ông/Bà ngồi quầy 2 hôm nay." in text
        assert keys_on(text) == ["F2"]

    def test_offers_what_the_state_allows_and_no_more(self, desk, seat):
        a_ticket()
        assert keys_on(desk.get(LINE).content.decode()) == ["F2"]
        seat.calls()
        assert keys_on(desk.get(LINE).content.decode()) == ["F8", "F4", "F10"]
        seat.does(services.start_serving, Ticket.objects.get())
        assert keys_on(desk.get(LINE).content.decode()) == ["F2", "F9"]

    def test_calls_and_says_whom(self, desk):
        a_ticket(priority=Priority.ELDERLY)

        text = desk.post(CALL, follow=True).content.decode()

        assert "Mời số 1 đến quầy 3." in text
        assert "Người cao tuổi" in text

    def test_pressed_twice_calls_once_and_says_so(self, desk):
        a_ticket(), a_ticket()

        desk.post(CALL)
        text = desk.post(CALL, follow=True).content.decode()

        assert "Số 1 vừa được gọi." in text
        assert Ticket.objects.filter(state="called").count() == 1

    def test_says_that_nobody_waits(self, desk):
        assert "Chưa có ai chờ quầy này." in desk.post(CALL, follow=True).content.decode()

    @pytest.mark.parametrize(
        ("noun", "state"), [("phuc-vu", "serving"), ("goi-lai", "called"), ("vang-mat", "no_show")]
    )
    def test_does_what_the_button_says(self, desk, seat, noun, state):
        a_ticket()
        ticket = seat.calls()

        answer = desk.post(f"{LINE}so/{ticket.pk}/{noun}/", {"next": "/desk/?tab=mine"})

        ticket.refresh_from_db()
        assert ticket.state == state
        assert answer["Location"] == "/desk/?tab=mine"

    def test_lets_the_missed_wait_again(self, desk, seat):
        a_ticket()
        ticket = seat.calls()
        desk.post(f"{LINE}so/{ticket.pk}/vang-mat/")
        assert "Cho số 1 chờ lại" in desk.get(LINE).content.decode()

        desk.post(f"{LINE}so/{ticket.pk}/cho-lai/")

        assert queries.line_of(ticket.unit_id, TODAY).waiting == (1,)

    @pytest.mark.parametrize("address", ["https://elsewhere.example/", "nan", "1.2:3", "%00"])
    def test_goes_back_to_pages_of_ours_only(self, desk, address):
        answer = desk.post(CALL, {"next": address})

        assert answer["Location"] == LINE

    def test_is_left_at_the_end_of_the_shift(self, desk, seat):
        desk.post(f"{LINE}quay/", {"leave": "1"})

        assert queries.seat_of(seat.mandate.officer_id, TODAY) is None
        assert "chưa chọn quầy" in desk.post(CALL, follow=True).content.decode()

    @pytest.mark.parametrize("number", ["", "0", "x", "100", "9" * 30, "²"])
    def test_refuses_counters_that_are_none(self, signed_in, number):
        mandate = a_receiver()
        unit_id = mandate.posts[0].unit_id

        text = signed_in(mandate).post(
            f"{LINE}quay/", {"unit": unit_id, "number": number}, follow=True
        )

        assert "Số quầy phải từ 1 đến 99." in text.content.decode()

    def test_is_empty_for_who_receives_nobody(self, signed_in):
        client = signed_in(a_leader())

        assert "Ông/Bà không tiếp người dân ở quầy" in assert_is_a_page(client.get(LINE))

    def test_lets_nobody_touch_another_units_line(self, signed_in, seat):
        a_ticket()
        ticket = seat.calls()
        stranger = signed_in(a_receiver(an_agency("Ủy ban nhân dân quận Ninh Kiều")))

        text = stranger.post(f"{LINE}so/{ticket.pk}/vang-mat/", follow=True).content.decode()

        ticket.refresh_from_db()
        assert "Chỉ cán bộ Một cửa của bộ phận này" in text
        assert ticket.state == "called"
        assert stranger.get(f"{LINE}so/{ticket.pk}/chuyen/").status_code == 404

    @pytest.mark.parametrize("path", ["so/0/vang-mat/", "so/0/chuyen/", "so/1/khac/"])
    def test_knows_its_tickets(self, desk, path):
        assert desk.post(LINE + path).status_code == 404

    def test_takes_no_more_statements_for_a_long_line(
        self, desk, seat, django_assert_max_num_queries
    ):
        for _time in range(30):
            a_ticket()

        with django_assert_max_num_queries(10):
            desk.get(LINE)


class TestSendingOn:
    def test_to_another_counter(self, desk, seat):
        neighbour = ASeat(4)
        a_ticket()
        ticket = seat.calls()
        page = assert_is_a_page(desk.get(f"{LINE}so/{ticket.pk}/chuyen/"))
        assert "Quầy 4" in page

        text = desk.post(
            f"{LINE}so/{ticket.pk}/chuyen/", {"to": "counter", "counter": "4"}, follow=True
        )

        assert "Số 1 chờ quầy 4." in text.content.decode()
        assert neighbour.calls().pk == ticket.pk

    def test_to_another_unit(self, desk, seat):
        district = a_unit("Ủy ban nhân dân quận Ninh Kiều")
        a_ticket()
        ticket = seat.calls()

        text = desk.post(
            f"{LINE}so/{ticket.pk}/chuyen/", {"to": "unit", "unit": district.pk}, follow=True
        )

        assert "Số mới ở bộ phận kia: 1." in text.content.decode()
        assert Ticket.objects.get(unit=district).number == 1

    @pytest.mark.parametrize(
        "sent", [{}, {"to": "counter", "counter": "9"}, {"to": "unit", "unit": "0"}, {"to": "unit"}]
    )
    def test_nowhere_is_refused(self, desk, seat, sent):
        a_ticket()
        ticket = seat.calls()

        assert_is_a_page(desk.post(f"{LINE}so/{ticket.pk}/chuyen/", sent), status=422)
        ticket.refresh_from_db()
        assert ticket.state == "called"

    def test_is_not_offered_for_who_stands_at_no_counter(self, desk):
        ticket = a_ticket(moment=NOW)

        assert "không chuyển được" in desk.get(f"{LINE}so/{ticket.pk}/chuyen/").content.decode()
