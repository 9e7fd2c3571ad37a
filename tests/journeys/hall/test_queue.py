"""A number from the kiosk to the counter, and a kiosk that forgets."""

import pytest
from playwright.sync_api import expect

from motcua.queues.models import Ticket
from motcua.web import lookup_links
from tests.builders import a_dossier
from tests.queues.lines import a_ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit_id(ward):
    [post] = ward.desk.receiver.posts
    return post.unit_id


def test_a_number_is_taken_called_shown_and_served(visitor, officer, unit_id):
    television = visitor(f"/man-hinh/{unit_id}/")
    television.reads("Chưa gọi số nào.")
    person = visitor(f"/kiosk/{unit_id}/")
    person.follows("Lấy số thứ tự")
    person.follows("Nộp hồ sơ")
    person.main.get_by_role("button", name="Không thuộc diện ưu tiên").click()
    person.is_at("1")
    person.reads("Ông/Bà là người tiếp theo")

    # The officer touches no mouse: Tab is not needed either, once the counter is chosen.
    receiver = officer("receiver")
    receiver.opens("/desk/hang-doi/")
    receiver.page.get_by_label("Ông/Bà ngồi quầy số mấy?").focus()
    receiver.page.keyboard.type("3")
    receiver.page.keyboard.press("Enter")
    receiver.reads("Ông/Bà ngồi quầy 3 hôm nay.")
    receiver.page.keyboard.press("F2")
    receiver.reads("Mời số 1 đến quầy 3.")

    row = television.main.locator(".mc-calls tbody tr")
    expect(row).to_have_text("13")  # number 1, counter 3
    telephone = visitor(f"/so/{Ticket.objects.get().secret}/")
    telephone.reads("Mời đến quầy 3 ngay")

    receiver.page.keyboard.press("F8")
    receiver.reads("Đang phục vụ số 1.")
    receiver.page.keyboard.press("F9")
    receiver.reads("Đã xong số 1.")
    expect(television.main.get_by_text("Chưa gọi số nào.")).to_be_visible()
    television.reads("Số 1, quầy 3")
    assert Ticket.objects.get().state == "served"


def test_all_of_it_works_without_script(visitor, officer, unit_id):
    person = visitor(f"/kiosk/{unit_id}/", javascript=False)
    person.follows("Lấy số thứ tự")
    person.follows("Nhận kết quả")
    person.main.get_by_role("button", name="Người cao tuổi").click()
    person.is_at("1")
    receiver = officer("receiver", javascript=False)
    receiver.opens("/desk/hang-doi/")
    receiver.writes(**{"Ông/Bà ngồi quầy số mấy?": 3})
    receiver.main.get_by_role("button", name="Ngồi quầy này").click()
    receiver.main.get_by_role("button", name="Gọi số tiếp").click()
    receiver.reads("Mời số 1 đến quầy 3.")
    receiver.main.get_by_role("button", name="Vắng mặt").click()
    receiver.reads("Số 1 vắng mặt.")

    television = visitor(f"/man-hinh/{unit_id}/", javascript=False)

    television.reads("Số 1, quầy 3")


def test_a_key_calls_from_within_a_box(officer, unit_id):
    a_ticket()
    receiver = officer("receiver")
    receiver.opens("/desk/hang-doi/")
    receiver.writes(**{"Ông/Bà ngồi quầy số mấy?": 5})
    receiver.presses("Ngồi quầy này")
    receiver.page.locator("#tim-chung").focus()

    receiver.page.keyboard.press("F2")

    receiver.reads("Mời số 1 đến quầy 5.")


class TestTheKioskForgets:
    @pytest.fixture
    def person(self, visitor, ward, unit_id):
        somebody = visitor(f"/kiosk/{unit_id}/")
        somebody.page.clock.install()
        somebody.opens(f"/kiosk/{unit_id}/")
        return somebody

    def test_after_a_minute_having_asked_at_three_quarters(self, person, ward, unit_id):
        dossier = ward.desk.accepted(a_dossier(ward.applicant))
        person.follows("Tra cứu hồ sơ")
        # The scanner types wherever the focus is.
        person.page.locator("h1").click()
        person.page.keyboard.type(lookup_links.token_of(dossier))
        person.page.keyboard.press("Enter")
        person.reads("Hẹn trả trước")
        warning = person.page.get_by_role("dialog", name="Ông/Bà còn ở đây không?")

        person.page.clock.fast_forward(44_000)
        expect(warning).not_to_be_visible()
        person.page.clock.run_for(2_000)
        expect(warning).to_be_visible()
        person.page.clock.run_for(15_000)

        person.is_at("Ông/Bà cần gì?")
        assert person.path == f"/kiosk/{unit_id}/"
        person.finds_no("Hẹn trả trước")

    def test_unless_somebody_is_still_there(self, person):
        person.follows("Giờ phục vụ")
        person.page.clock.run_for(46_000)
        person.page.get_by_role("button", name="Tôi còn ở đây").click()

        person.page.clock.run_for(40_000)

        person.is_at("Giờ phục vụ")

    def test_unless_somebody_presses_a_key(self, person):
        person.follows("Giờ phục vụ")
        person.page.clock.run_for(46_000)
        expect(person.page.get_by_role("dialog")).to_be_visible()
        person.page.keyboard.press("Enter")

        expect(person.page.get_by_role("dialog")).not_to_be_visible()
        person.page.clock.run_for(40_000)

        person.is_at("Giờ phục vụ")

    def test_even_while_the_line_is_cut(self, person, unit_id):
        ticket = a_ticket()
        person.opens(f"/kiosk/{unit_id}/so/{ticket.secret}/")
        person.is_at("Số của Ông/Bà")
        person.page.route("**/healthz", lambda route: route.abort())

        person.page.clock.run_for(65_000)

        expect(person.page.get_by_text("Mất kết nối.")).to_be_visible()
        person.finds_no("Số của Ông/Bà")
        person.page.unroute("**/healthz")
        person.page.clock.run_for(2_000)
        person.is_at("Ông/Bà cần gì?")

    def test_leaving_no_page_to_go_back_to_and_nothing_stored(self, person, ward, unit_id):
        before = person.page.evaluate("history.length")
        person.follows("Tra cứu hồ sơ")
        person.writes(**{"Mã đã quét": "khong phai"})
        person.page.keyboard.press("Enter")
        person.reads("Chưa đọc được mã QR này.")
        person.page.get_by_role("link", name="Về màn hình đầu").click()
        person.is_at("Ông/Bà cần gì?")
        person.follows("Lấy số thứ tự")
        person.follows("Hỏi thủ tục")
        person.main.get_by_role("button", name="Không thuộc diện ưu tiên").click()
        person.is_at("Số của Ông/Bà")

        person.page.clock.run_for(61_000)
        person.is_at("Ông/Bà cần gì?")

        assert person.page.evaluate("history.length") == before
        assert person.page.context.cookies() == []
        assert person.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

    def test_and_says_when_the_line_is_cut(self, person):
        person.follows("Lấy số thứ tự")
        person.page.route("**/healthz", lambda route: route.abort())

        person.page.clock.run_for(11_000)

        expect(person.page.get_by_text("Mất kết nối.")).to_be_visible()
        person.main.get_by_role("link", name="Nộp hồ sơ").click()
        person.is_at("Ông/Bà đến làm gì?")


class TestTheCallingScreen:
    def test_says_when_its_numbers_may_be_old(self, visitor, ward, unit_id):
        television = visitor(f"/man-hinh/{unit_id}/")
        television.page.clock.install()
        television.opens(f"/man-hinh/{unit_id}/")
        television.page.route("**/man-hinh/**", lambda route: route.abort())

        television.page.clock.run_for(12_000)
        expect(television.page.get_by_text("Mất kết nối.")).to_be_visible()
        television.page.unroute("**/man-hinh/**")
        television.page.clock.run_for(3_000)

        expect(television.page.get_by_text("Mất kết nối.")).not_to_be_visible()

    def test_says_new_calls_aloud_when_asked_to(self, visitor, officer, unit_id):
        a_ticket()
        television = visitor(f"/man-hinh/{unit_id}/")
        television.page.evaluate(
            "() => { speechSynthesis.speak = ({lang, text}) => { "
            "document.body.dataset.said = `${lang}: ${text}`; }; }"
        )
        button = television.page.get_by_role("button", name="Đọc số")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        receiver = officer("receiver")
        receiver.opens("/desk/hang-doi/")
        receiver.writes(**{"Ông/Bà ngồi quầy số mấy?": 3})
        receiver.presses("Ngồi quầy này")
        receiver.page.keyboard.press("F2")

        expect(television.page.locator("body")).to_have_attribute(
            "data-said", "vi-VN: Mời số 1 đến quầy số 3"
        )


@pytest.mark.parametrize(
    "path", ["", "lay-so/", "lay-so/filing/", "tra-cuu/", "thu-tuc/", "tro-giup/"]
)
def test_everything_to_press_at_the_kiosk_is_large(visitor, ward, unit_id, path):
    person = visitor(f"/kiosk/{unit_id}/{path}")
    person.page.set_viewport_size({"width": 1080, "height": 1920})

    small = person.page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input), .mc-kiosk__foot a")]
          .filter((each) => each.checkVisibility())
          .map((each) => [each.innerText || each.id, each.getBoundingClientRect()])
          .filter(([, box]) => box.height < 60 || box.width < 60).map(([words]) => words)"""
    )

    assert small == []
    reached = person.page.evaluate("document.documentElement.scrollWidth")
    assert reached <= 1080
