"""The calendar in the console: seen, proposed after a look, decided by a second person."""

import re
from datetime import date

import pytest
from django.test import Client

from motcua.calendars import queries
from motcua.calendars.models import CalendarChange
from motcua.calendars.seeds import DayKind
from motcua.dossiers import followers
from motcua.dossiers import services as dossiers
from motcua.kernel import clock
from motcua.offices.models import PostRole
from tests import builders
from tests.builders import ADesk, a_business_dossier, a_district
from tests.calendars.saying import a_day, a_proposal, an_edition, some_hours
from tests.kernel.ledger.rooms import catch_up
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

TUESDAY = date(2024, 10, 15)
CALENDAR, DAYS, SWAP, HOURS = (
    "/console/lich/",
    "/console/lich/de-nghi/ngay/",
    "/console/lich/de-nghi/hoan-doi/",
    "/console/lich/de-nghi/gio/",
)


def on(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


WORDS = {
    "basis": "QĐ 01/QĐ-UBND",
    "reason": "Nghỉ tránh bão.",
    "recalculates": "no",
    "recalculation_reason": "",
}
A_DAY = {**WORDS, **on("first", TUESDAY), "day_kind": "holiday", "name": "Nghỉ tránh bão"}


@pytest.fixture
def keeper(client):
    client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)
    return client


@pytest.fixture
def second():
    client = Client()
    client.force_login(builders.an_officer(PostRole.ADMINISTRATOR).account)
    return client


def seen_in(page):
    [seen] = re.findall(r'name="seen" value="([0-9a-f]+)"', page)
    return seen


def proposed(keeper, path, said):
    """Look, and send what was seen."""
    page = assert_is_a_page(keeper.post(path, {**said, "act": "look"}))
    return keeper.post(path, {**said, "act": "propose", "seen": seen_in(page)}, follow=True)


class TestTheCalendar:
    def test_shows_the_days_of_a_year_with_their_basis_and_doubts(self, keeper):
        page = assert_is_a_page(keeper.get(f"{CALENDAR}?nam=2026"))

        assert "Tết Nguyên đán Bính Ngọ" in page
        assert "Cần đối chiếu với quyết định" in page
        assert "Cần đối chiếu" not in assert_is_a_page(keeper.get(f"{CALENDAR}?nam=2024"))

    def test_shows_editions_hours_and_who_said_so(self, keeper):
        an_edition(a_day(TUESDAY), some_hours(TUESDAY))

        page = assert_is_a_page(keeper.get(f"{CALENDAR}?nam=2024"))

        assert "Ấn bản 1" in page
        assert "07:00–11:00" in page
        assert "Ngày hội" in page

    def test_is_for_administrators(self, client):
        change = a_proposal(a_day(TUESDAY))
        client.force_login(builders.an_officer(PostRole.LEADER).account)

        for path in (CALENDAR, DAYS, f"{CALENDAR}{change.pk}/"):
            assert client.get(path).status_code == 403
        assert client.post(f"{CALENDAR}{change.pk}/quyet-dinh/").status_code == 403
        assert client.post(DAYS, A_DAY).status_code == 403

    @pytest.mark.parametrize("path", ["de-nghi/khac/", "99999/"])
    def test_has_no_other_pages(self, keeper, path):
        assert keeper.get(f"{CALENDAR}{path}").status_code == 404

    def test_reads_a_year_it_knows(self, keeper):
        assert_is_a_page(keeper.get(f"{CALENDAR}?nam=abc"))


class TestProposing:
    def test_needs_a_look_at_what_it_does_first(self, keeper):
        page = assert_is_a_page(keeper.post(DAYS, {**A_DAY, "act": "propose"}))

        assert "Tác động đến hồ sơ đang giải quyết" in page
        assert not CalendarChange.objects.exists()

    def test_shows_which_dossiers_would_move(self, keeper):
        dossier = ADesk().accepted()
        elsewhere = ADesk(a_district()).accepted(a_business_dossier())

        page = assert_is_a_page(keeper.post(DAYS, {**A_DAY, "act": "look"}))

        assert dossier.code in page
        assert "17:00, 15/10/2024" in page
        assert "17:00, 16/10/2024" in page
        # Who runs the system opens what their own posts let them see, and no more.
        assert f"/desk/ho-so/{dossier.code}/" in page
        assert elsewhere.code in page
        assert f"/desk/ho-so/{elsewhere.code}/" not in page

    def test_after_another_look_is_needed_when_something_was_changed(self, keeper):
        page = assert_is_a_page(keeper.post(DAYS, {**A_DAY, "act": "look"}))
        changed = {**A_DAY, "name": "Tên khác", "act": "propose", "seen": seen_in(page)}

        assert_is_a_page(keeper.post(DAYS, changed))
        assert not CalendarChange.objects.exists()

    def test_of_a_range_tells_every_day(self, keeper):
        said = {**A_DAY, **on("last", date(2024, 10, 17))}

        page = assert_is_a_page(proposed(keeper, DAYS, said))

        assert "Chờ người thứ hai duyệt" in page
        change = CalendarChange.objects.get()
        days = [line.day.day for line in queries.change_with(change.pk).days]
        assert days == [15, 16, 17]

    def test_of_a_swap_tells_both_days(self, keeper):
        said = {**WORDS, **on("off", TUESDAY), **on("made_up", date(2024, 10, 19))}

        proposed(keeper, SWAP, said)

        [off, made_up] = queries.change_with(CalendarChange.objects.get().pk).days
        assert (off.kind, made_up.kind) == (DayKind.SWAP_OFF, DayKind.SWAP_WORK)
        assert made_up.name == "Làm bù cho ngày 15/10/2024"

    def test_of_half_a_day_tells_its_hours(self, keeper):
        proposed(keeper, DAYS, {**A_DAY, "day_kind": "half_day", "sessions": "7h-11h"})

        [line] = queries.change_with(CalendarChange.objects.get().pk).days
        assert [str(s.closes) for s in line.sessions] == ["11:00:00"]

    def test_of_hours_tells_agency_and_period(self, keeper):
        agency = builders.an_agency()
        said = {
            **WORDS,
            **on("since", TUESDAY),
            "agency": agency.pk,
            "sessions": "07:00-12:00\n13:00-18:00",
            "weekend": ["5", "6"],
        }

        page = assert_is_a_page(proposed(keeper, HOURS, said))

        assert agency.name in page
        [line] = queries.change_with(CalendarChange.objects.get().pk).hours
        assert (line.agency_id, line.since) == (agency.pk, TUESDAY)

    def test_of_hours_reads_weekdays_as_people_write_them(self, keeper):
        said = {
            **WORDS,
            **on("since", TUESDAY),
            "sessions": "07:00-11:00\n13:00-17:00",
            "by_weekday": "Thứ Sáu: 07:00-11:00, 13:00-15:00\nT7 7h-11h\n",
            "weekend": ["6"],
        }

        page = assert_is_a_page(proposed(keeper, HOURS, said))

        assert "riêng Thứ Bảy: 07:00–11:00" in page
        [line] = queries.change_with(CalendarChange.objects.get().pk).hours
        told = {day: [f"{s.opens:%H}-{s.closes:%H}" for s in own] for day, own in line.by_weekday}
        assert told == {4: ["07-11", "13-15"], 5: ["07-11"]}

    @pytest.mark.parametrize(
        ("path", "said", "complaint"),
        [
            (DAYS, {**A_DAY, "basis": ""}, "Hãy ghi căn cứ"),
            (DAYS, {**A_DAY, "name": ""}, "Hãy ghi tên"),
            (DAYS, {**A_DAY, "first-day": "32"}, "không có trong lịch"),
            (DAYS, {**A_DAY, "first-day": "", "first-month": "", "first-year": ""}, "ghi đủ ngày"),
            (DAYS, {**A_DAY, **on("last", date(2024, 12, 31))}, "từ 1 đến 31 ngày"),
            (DAYS, {**A_DAY, "day_kind": "feast"}, "chọn loại ngày"),
            (DAYS, {**A_DAY, "day_kind": "half_day", "sessions": "sáng"}, "ví dụ 07:00-11:00"),
            (DAYS, {**A_DAY, "recalculates": "yes"}, "lý do tính lại"),
            (
                SWAP,
                {**WORDS, **on("off", TUESDAY), **on("made_up", date(2024, 9, 2))},
                "nghỉ lễ, không thể làm bù",
            ),
            (
                HOURS,
                {**WORDS, **on("since", TUESDAY), "sessions": "7:00-11:00\n10:00-12:00"},
                "chồng giờ",
            ),
            (
                HOURS,
                {
                    **WORDS,
                    **on("since", TUESDAY),
                    "sessions": "7:00-11:00",
                    "weekend": list("0123456"),
                },
                "ít nhất một ngày làm việc",
            ),
            (
                HOURS,
                {
                    **WORDS,
                    **on("since", TUESDAY),
                    "sessions": "7:00-11:00",
                    "by_weekday": "Thứ Chín 7:00-11:00",
                },
                "Mỗi dòng ghi một thứ",
            ),
            (
                HOURS,
                {
                    **WORDS,
                    **on("since", TUESDAY),
                    "sessions": "7:00-11:00",
                    "by_weekday": "Thứ Bảy 7:00-11:00",
                    "weekend": ["5", "6"],
                },
                "vừa là ngày nghỉ hằng tuần",
            ),
            (
                HOURS,
                {
                    **WORDS,
                    **on("since", TUESDAY),
                    **on("until", date.max),
                    "sessions": "7:00-11:00",
                },
                "xin để trống",
            ),
            (
                HOURS,
                {**WORDS, **on("since", TUESDAY), "sessions": "7:00-11:00", "agency": "0"},
                "trong danh sách",
            ),
        ],
    )
    def test_says_what_to_mend_beside_its_box(self, keeper, path, said, complaint):
        page = assert_is_a_page(keeper.post(path, {**said, "act": "look"}), status=422)

        assert complaint in page
        [target] = set(re.findall(r'<li><a href="#([a-z_]+)">', page)) or {""}
        assert f'id="{target}"' in page


class TestTheEffectAsAFile:
    def path(self) -> str:
        return f"{CALENDAR}{CalendarChange.objects.get().pk}/tac-dong/"

    def test_names_every_dossier_that_would_move(self, keeper):
        dossier = builders.ADesk().accepted()
        proposed(keeper, DAYS, A_DAY)
        page = assert_is_a_page(keeper.get(f"{CALENDAR}{CalendarChange.objects.get().pk}/"))
        assert self.path() in page

        told = b"".join(keeper.get(self.path(), {"format": "csv"}).streaming_content).decode()

        heading, line = told.strip().splitlines()
        assert heading.lstrip("\ufeff").startswith("Mã hồ sơ,Cơ quan giải quyết,Hạn trả hiện tại")
        assert line.startswith(dossier.code)
        assert "Lùi lại" in line

    def test_is_a_spreadsheet_unless_asked_otherwise(self, keeper):
        builders.ADesk().accepted()
        proposed(keeper, DAYS, A_DAY)

        response = keeper.get(self.path())

        assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
        assert b"".join(response.streaming_content).startswith(b"PK")

    def test_of_a_decided_change_is_none(self, keeper, second):
        proposed(keeper, DAYS, A_DAY)
        path = self.path()
        change = CalendarChange.objects.get()
        second.post(
            f"{CALENDAR}{change.pk}/quyet-dinh/", {"decision": "reject", "reason": "Chưa cần."}
        )

        assert keeper.get(path).status_code == 404


class TestDeciding:
    def test_is_offered_to_a_second_person_only(self, keeper, second):
        proposed(keeper, DAYS, A_DAY)
        path = f"{CALENDAR}{CalendarChange.objects.get().pk}/"

        assert "không tự duyệt được" in assert_is_a_page(keeper.get(path))
        page = assert_is_a_page(
            keeper.post(f"{path}quyet-dinh/", {"decision": "approve"}), status=403
        )
        assert "phải do người thứ hai duyệt" in page
        assert CalendarChange.objects.get().is_open
        assert "quyet-dinh" in assert_is_a_page(second.get(path))

    def test_approves_once(self, keeper, second):
        proposed(keeper, DAYS, A_DAY)
        path = f"{CALENDAR}{CalendarChange.objects.get().pk}/"
        said = {"decision": "approve", "edition": "0"}

        assert "ấn bản số 1" in assert_is_a_page(
            second.post(f"{path}quyet-dinh/", said, follow=True)
        )
        again = assert_is_a_page(second.post(f"{path}quyet-dinh/", said), status=409)
        assert "đã có người quyết định" in again
        assert queries.newest_edition() == 1

    def test_on_an_old_look_is_refused(self, keeper, second):
        proposed(keeper, DAYS, A_DAY)
        an_edition(a_day(date(2024, 11, 20)))
        path = f"{CALENDAR}{CalendarChange.objects.get(edition=None).pk}/quyet-dinh/"

        page = second.post(path, {"decision": "approve", "edition": "0"})

        assert "Lịch đã có ấn bản mới" in assert_is_a_page(page, status=409)
        assert queries.newest_edition() == 1

    def test_against_asks_why(self, keeper, second):
        proposed(keeper, DAYS, A_DAY)
        path = f"{CALENDAR}{CalendarChange.objects.get().pk}/quyet-dinh/"

        page = assert_is_a_page(second.post(path, {"decision": "reject"}), status=422)
        assert "Hãy ghi lý do không duyệt" in page
        page = second.post(path, {"decision": "reject", "reason": "Sai ngày."}, follow=True)
        assert "Sai ngày." in assert_is_a_page(page)
        assert "Sai ngày." in assert_is_a_page(second.get(CALENDAR))

    def test_knows_two_decisions(self, keeper):
        change = a_proposal(a_day(TUESDAY))

        path = f"{CALENDAR}{change.pk}/quyet-dinh/"
        assert keeper.post(path, {"decision": "x"}).status_code == 404
        assert keeper.get(path).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_how_far_the_counting_anew_has_come_is_shown(keeper):
    dossier = ADesk().accepted()
    change = an_edition(
        a_day(TUESDAY), recalculates=True, recalculation_reason="Nghỉ tránh bão.", at=builders.NOW
    )
    path = f"{CALENDAR}{change.pk}/"
    assert "Sắp bắt đầu" in assert_is_a_page(keeper.get(path))
    catch_up(followers.ask_for_recalibration)
    assert "Đang tính lại: 0% (0/1 hồ sơ" in assert_is_a_page(keeper.get(path))

    while progress := dossiers.recalibrate_some(at=clock.now()):
        if not progress.is_more:
            break

    assert "xem 1 hồ sơ, 1 hồ sơ đổi hạn" in assert_is_a_page(keeper.get(path))
    keeper.force_login(dossier.owner.account)
    page = assert_is_a_page(keeper.get(f"/ho-so/{dossier.code}/"))
    assert "Hạn trả kết quả được tính lại" in page
    assert "Hạn trả mới: 17:00, 16/10/2024" in page
