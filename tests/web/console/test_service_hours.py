from datetime import date, time

import pytest

from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices import queries
from motcua.offices.definitions import Span
from motcua.offices.models import PostRole, UnitRole
from tests import builders
from tests.builders import NOW, TODAY
from tests.clocks import the_clock_at
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

HOURS = "/console/gio-phuc-vu/"
MORNING = Span(opens=time(7), closes=time(11))


@pytest.fixture(autouse=True)
def _on_a_tuesday():
    with the_clock_at(NOW):
        yield


@pytest.fixture
def keeper(client):
    client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)
    return client


@pytest.fixture
def unit():
    agency = builders.an_agency("Ủy ban nhân dân phường Cái Khế")
    return queries.unit_with_role(agency.pk, UnitRole.ONE_STOP, TODAY)


def day(name, on):
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


def week(**other):
    return {
        "act": "week",
        "weekdays": ["5"],
        "week_spans": "7h-11h",
        **day("since", TODAY),
        **other,
    }


def exception(**other):
    return {
        "act": "exception",
        "reason": "Mất điện",
        "day_spans": "",
        **day("first", TODAY),
        **other,
    }


class TestTheUnits:
    def test_are_listed_with_their_kiosks(self, keeper, unit):
        page = assert_is_a_page(keeper.get(HOURS))

        assert f"/kiosk/{unit.pk}/" in page
        assert f"/man-hinh/{unit.pk}/" in page

    def test_are_found_without_accents(self, keeper, unit):
        page = assert_is_a_page(keeper.get(HOURS, {"q": "phuong cai khe"}))

        assert f"{HOURS}{unit.pk}/" in page
        assert page.count("/kiosk/") == 1

    def test_are_for_administrators(self, client, unit):
        client.force_login(builders.an_officer(PostRole.LEADER).account)

        assert client.get(HOURS).status_code == 403
        assert client.post(f"{HOURS}{unit.pk}/", week()).status_code == 403

    def test_are_those_that_are_there(self, keeper):
        assert keeper.get(f"{HOURS}999999/").status_code == 404


class TestTheWeek:
    def test_is_changed_from_a_day_on(self, keeper, unit):
        answer = keeper.post(f"{HOURS}{unit.pk}/", week(), follow=True)

        assert "Đã đổi giờ phục vụ trong tuần." in assert_is_a_page(answer)
        assert queries.service_hours(unit.pk, date(2024, 10, 19)) == (MORNING,)
        event = LedgerEvent.objects.get(kind="offices.service-hours-set")
        assert event.actor.startswith("officer:")

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"weekdays": []}, "Chọn ít nhất một ngày trong tuần."),
            ({"weekdays": ["9"]}, "Chọn ít nhất một ngày trong tuần."),
            ({"week_spans": "sáng"}, "Mỗi dòng ghi một buổi"),
            ({"week_spans": "٠٧:٠٠-١١:٠٠"}, "Mỗi dòng ghi một buổi"),
            ({"week_spans": "11:00-07:00"}, "Các khoảng giờ phải nối tiếp nhau trong ngày."),
            ({"since-day": "31", "since-month": "2"}, "Ngày không có trong lịch."),
            (
                {"since-day": "", "since-month": "", "since-year": ""},
                "Hãy ghi đủ ngày, tháng, năm.",
            ),
            (day("since", date(2024, 10, 14)), "Hãy chọn từ hôm nay."),
        ],
    )
    def test_is_refused_with_what_to_mend(self, keeper, unit, wrong, said):
        answer = keeper.post(f"{HOURS}{unit.pk}/", week(**wrong))

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not LedgerEvent.objects.filter(kind="offices.service-hours-set").exists()


class TestSomeDays:
    def test_are_closed_and_opened_again(self, keeper, unit):
        keeper.post(f"{HOURS}{unit.pk}/", exception())
        assert queries.service_hours(unit.pk, TODAY) == ()
        assert "Mất điện" in assert_is_a_page(keeper.get(f"{HOURS}{unit.pk}/"))

        lift = {"act": "lift", "first": TODAY.isoformat(), "last": TODAY.isoformat()}
        assert keeper.post(f"{HOURS}{unit.pk}/", lift).status_code == 302
        assert len(queries.service_hours(unit.pk, TODAY)) == 2
        assert keeper.post(f"{HOURS}{unit.pk}/", lift).status_code == 422

    def test_need_a_reason(self, keeper, unit):
        answer = keeper.post(f"{HOURS}{unit.pk}/", exception(reason=" "))

        assert answer.status_code == 422
        assert queries.service_hours(unit.pk, TODAY) != ()

    def test_have_hours_of_their_own_once(self, keeper, unit):
        keeper.post(f"{HOURS}{unit.pk}/", exception(**day("last", date(2024, 10, 17))))
        answer = keeper.post(f"{HOURS}{unit.pk}/", exception())

        assert answer.status_code == 422
        assert "đã có giờ phục vụ riêng" in answer.content.decode()

    @pytest.mark.parametrize(
        "posted", [{"act": "x"}, {"act": "lift"}, {"act": "lift", "first": "2024-13-01"}]
    )
    def test_are_not_changed_by_what_no_button_says(self, keeper, unit, posted):
        assert keeper.post(f"{HOURS}{unit.pk}/", posted).status_code == 404
