import re
from dataclasses import replace
from fractions import Fraction
from urllib.parse import quote

import pytest

from motcua.calendars.limits import Limit, LimitUnit
from motcua.procedures import queries
from motcua.procedures.definitions import Channel, OnlineLevel
from motcua.web.portal.procedures import shown
from tests import builders
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


class TestHome:
    def test_leads_to_procedures(self, client):
        codes = ("1.001193", "2.000815", "1.001612")
        for code in codes:
            builders.the_version(code)

        text = assert_is_a_page(client.get("/"))

        for code in codes:
            assert f'href="/thu-tuc/{code}/"' in text

    def test_helps_while_nothing_is_published(self, client):
        queries.forget()

        assert "Chưa có thủ tục nào" in assert_is_a_page(client.get("/"))

    def test_greets_who_is_signed_in(self, client):
        client.force_login(builders.a_citizen("Thạch Thị Mẫu").account)

        assert "Thạch Thị Mẫu" in assert_is_a_page(client.get("/"))


class TestTheStepThatSettlesTaxes:
    def test_is_told_before_anybody_begins(self, client):
        builders.the_version("1.013831")

        text = assert_is_a_page(client.get("/thu-tuc/1.013831/"))

        assert "Xác định và thực hiện nghĩa vụ tài chính" in text
        assert "Thời gian chờ nộp không tính vào thời hạn." in text


class TestSearching:
    @pytest.mark.parametrize("words", ["khai sinh", "KHAI SINH", "dang ky khai sinh"])
    def test_finds_with_and_without_marks(self, client, words):
        builders.the_catalogue()

        text = assert_is_a_page(client.get(f"/thu-tuc/?q={quote(words)}"))

        assert "Đăng ký khai sinh" in text

    def test_that_finds_nothing_offers_a_way_on(self, client):
        builders.the_catalogue()

        text = assert_is_a_page(client.get("/thu-tuc/?q=zzzzqqq"))

        assert "Chưa tìm thấy thủ tục nào cho “zzzzqqq”" in text
        assert 'href="tel:1022"' in text
        assert "Có thể Ông/Bà cần" in text

    @pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{ 7*7 }}", "%00", "😀" * 500])
    def test_shows_what_was_typed_as_text(self, client, words):
        text = assert_is_a_page(client.get(f"/thu-tuc/?q={quote(words)}"))

        assert "<script>alert" not in text
        assert "49" not in re.findall(r'value="([^"]*)"', text)


class TestAProcedure:
    @pytest.mark.parametrize("code", ["1.001193", "2.000815", "1.001612"])
    def test_says_all_that_a_citizen_asks(self, client, code):
        version = builders.the_version(code)

        text = assert_is_a_page(client.get(f"/thu-tuc/{code}/"))

        for case in version.cases.values():
            for component in case.components:
                assert component.name in text
            for fee in case.fees:
                assert fee.name in text
        for heading in (
            "Thời hạn",
            "Phí, lệ phí",
            "Nơi giải quyết",
            "Ai làm được?",
            "Giấy tờ cần có",
            "Kết quả",
            "Căn cứ pháp lý",
        ):
            assert heading in text

    def test_that_nobody_published_does_not_exist(self, client):
        assert client.get("/thu-tuc/9.999999/").status_code == 404

    def test_that_cannot_be_filed_online_offers_no_start(self):
        version = replace(builders.the_version(), level=OnlineLevel.INFO_ONLY)

        assert not shown.procedure_page(version)["open_online"]

    def test_never_makes_nought_of_an_amount_that_is_not_known(self):
        fee = next(iter(builders.the_version().cases.values())).fees[0]

        assert shown.fee_words(replace(fee, amount_dong=0)) == "Miễn phí"
        unknown = shown.fee_words(replace(fee, amount_dong=None))
        assert unknown == "Do Hội đồng nhân dân thành phố quy định"

    @pytest.mark.parametrize(
        ("amount", "unit", "said"),
        [
            (Fraction(3), LimitUnit.WORKING_DAY, "3 ngày làm việc"),
            (Fraction(1, 2), LimitUnit.WORKING_DAY, "0,5 ngày làm việc"),
            (Fraction(4), LimitUnit.HOUR, "4 giờ làm việc"),
            (Fraction(2), LimitUnit.MONTH, "2 tháng"),
        ],
    )
    def test_says_the_time_in_the_words_of_the_law(self, amount, unit, said):
        assert shown.time_words(Limit(amount=amount, unit=unit)) == said

    def test_names_the_way_of_filing_a_fee_belongs_to(self):
        version = builders.the_version("1.001193")
        key, case = next(iter(version.cases.items()))
        fee = replace(case.fees[0], channels=frozenset({Channel.POST}))
        case = replace(case, fees=(fee,))

        page = shown.procedure_page(replace(version, cases={key: case}))

        assert page["cases"][0]["fees"][0]["channels"] == "Gửi qua bưu điện"


@pytest.mark.django_db(transaction=True)
class TestInABrowser:
    def test_nothing_is_lost_at_twice_the_text_on_a_small_telephone(self, open_page):
        builders.the_catalogue()
        page = open_page("/thu-tuc/1.001193/")
        page.set_viewport_size({"width": 320, "height": 640})

        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_the_way_from_search_to_the_procedure_needs_no_javascript(self, open_page):
        builders.the_catalogue()
        page = open_page("/", javascript=False)

        page.get_by_role("searchbox").fill("khai sinh")
        page.get_by_role("button", name="Tìm thủ tục").click()
        page.get_by_role("link", name="Đăng ký khai sinh").click()

        assert page.get_by_role("heading", level=1).inner_text() == "Đăng ký khai sinh"
