import re
import unicodedata
from dataclasses import replace
from fractions import Fraction
from urllib.parse import quote

import pytest

from motcua.calendars.limits import Limit, LimitUnit
from motcua.offices.models import Agency, AgencyKind
from motcua.offices.queries import settling_agencies
from motcua.procedures import queries
from motcua.procedures.definitions import Channel
from motcua.procedures.services import import_national
from motcua.web.portal.procedures import shown
from tests import builders
from tests.procedures.national.builders import HOW, a_list, an_original
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


class TestFiltering:
    def test_keeps_the_words_and_what_was_chosen_in_every_link(self, client):
        builders.the_catalogue()
        many = [an_original(ma_thu_tuc=f"9.{n:06}") for n in range(50)]
        import_national(file=a_list(*many), at=builders.NOW, actor="tests")

        text = assert_is_a_page(client.get("/thu-tuc/?q=nuôi mèo&cap=commune&linh-vuc=vat-nuoi"))

        rest = "q=nu%C3%B4i+m%C3%A8o&amp;cap=commune&amp;linh-vuc=vat-nuoi"
        assert f'href="?{rest}&amp;page=2"' in text
        assert 'href="/thu-tuc/?q=nu%C3%B4i+m%C3%A8o&amp;cap=commune"' in text  # without the field
        assert '<option value="commune" selected>' in text

    def test_turns_the_pages_of_the_whole_list(self, client):
        many = [an_original(ma_thu_tuc=f"9.{n:06}") for n in range(45)]
        import_national(file=a_list(*many), at=builders.NOW, actor="tests")
        seen = set()

        for page in (1, 2, 3):
            seen |= set(re.findall(r"/thu-tuc/(9\.\d+)/", _get(client, f"page={page}")))

        assert len(seen) == 45

    @pytest.mark.parametrize("page", ["99", "0", "-1", "x", "9" * 30, "²"])
    def test_takes_an_impossible_page_for_one_there_is(self, client, page):
        builders.a_small_catalogue()

        assert "Đăng ký khai sinh" in _get(client, f"page={page}")

    def test_leaves_out_what_does_not_match(self, client):
        builders.the_catalogue()

        assert "Đăng ký khai sinh" not in _results(_get(client, "cap=district"))
        assert "hộ kinh doanh" in _results(_get(client, "cap=district"))
        assert "Đăng ký khai sinh" in _results(_get(client, "su-kien=birth"))

    @pytest.mark.parametrize("query", ["cap=moon", "linh-vuc=<b>", "doi-tuong=%00", "su-kien=x"])
    def test_passes_over_what_it_does_not_offer(self, client, query):
        builders.the_catalogue()

        assert "Đăng ký khai sinh" in _results(_get(client, query))

    def test_that_leaves_nothing_says_so(self, client):
        builders.the_catalogue()

        text = _get(client, "cap=ministry")

        assert "Không có thủ tục nào hợp với các mục đã chọn" in text

    def test_says_where_each_can_be_done(self, client):
        builders.a_small_catalogue()
        only = f"{HOW}Trực tiếp3 Ngày làm việcMiễn phí"
        import_national(
            file=a_list(
                an_original(),
                an_original(ma_thu_tuc="9.000002", cach_thuc_thuc_hien=only),
            ),
            at=builders.NOW,
            actor="tests",
        )

        text = _get(client, "")

        for words in ("Nộp được ở đây", "Nộp trên trang khác", "Chỉ nộp trực tiếp"):
            assert words in text

    def test_reads_decomposed_letters_as_the_same_words(self, client):
        builders.the_catalogue()

        text = _get(client, f"q={quote(unicodedata.normalize('NFD', 'Đăng ký khai sinh'))}")

        assert "Đăng ký khai sinh" in _results(text)


class TestBrowsing:
    def test_a_life_event_shows_its_procedures_as_they_come_up(self, client):
        builders.the_catalogue()

        text = assert_is_a_page(client.get("/su-kien/birth/"))

        assert 'href="/thu-tuc/1.001193/"' in text

    @pytest.mark.parametrize("path", ["/su-kien/khong-co/", "/co-quan/000.00.00.H13/"])
    def test_what_is_not_there_does_not_exist(self, client, path):
        builders.the_catalogue()

        assert client.get(path).status_code == 404

    def test_every_field_leads_to_its_procedures(self, client):
        builders.the_catalogue()

        text = assert_is_a_page(client.get("/linh-vuc/"))

        for query in re.findall(r'href="/thu-tuc/\?([^"]+)"', text):
            assert "/thu-tuc/" in _results(_get(client, query))
        assert "Hộ tịch" in text

    def test_a_field_written_in_two_ways_is_one_field(self, client):
        _take_over(("9.000001", "Đầu tư tại Việt Nam"), ("9.000002", "Đầu tư tại Việt Nam"))
        _take_over(("9.000003", "Đầu tư tại Việt nam"))

        text = assert_is_a_page(client.get("/linh-vuc/"))

        assert text.count("linh-vuc=dau-tu-tai-viet-nam") == 1
        assert "Đầu tư tại Việt Nam" in text
        assert "3 thủ tục" in text

    def test_what_no_field_is_told_of_makes_no_field(self, client):
        _take_over(("9.000001", "Không có thông tin"))

        assert 'linh-vuc="' not in assert_is_a_page(client.get("/linh-vuc/"))
        assert "Bỏ lọc" not in _get(client, "q=mèo")

    def test_an_agency_shows_what_it_settles_and_no_more(self, client):
        builders.the_catalogue()
        district = settling_agencies(AgencyKind.DISTRICT, builders.TODAY).first()
        commune = settling_agencies(AgencyKind.COMMUNE, builders.TODAY).first()

        assert f'href="/co-quan/{district.code}/"' in assert_is_a_page(client.get("/co-quan/"))
        of_district = assert_is_a_page(client.get(f"/co-quan/{district.code}/"))
        of_commune = assert_is_a_page(client.get(f"/co-quan/{commune.code}/"))

        assert 'href="/thu-tuc/1.001612/"' in of_district
        assert 'href="/thu-tuc/1.001193/"' not in of_district
        assert 'href="/thu-tuc/1.001193/"' in of_commune
        assert 'href="/thu-tuc/1.001612/"' not in of_commune

    def test_an_agency_with_nothing_yet_says_where_to_ask(self, client):
        builders.a_small_catalogue()
        nothing = Agency.objects.get(name="Sở Ngoại vụ")

        text = assert_is_a_page(client.get(f"/co-quan/{nothing.code}/"))

        assert "Chưa có thủ tục nào nộp được trên mạng ở cơ quan này" in text


def _take_over(*fields):
    lines = [an_original(ma_thu_tuc=code, linh_vuc=field) for code, field in fields]
    import_national(file=a_list(*lines), at=builders.NOW, actor="tests")


def _get(client, query):
    return assert_is_a_page(client.get(f"/thu-tuc/?{query.replace('&amp;', '&')}"))


def _results(text):
    return text.partition('role="status"')[2]


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

    @pytest.mark.parametrize("code", ["1.004222", "1.003197", "1.001939"])
    def test_that_others_take_online_leads_there(self, code, client):
        elsewhere = builders.the_version(code).elsewhere

        client.force_login(builders.a_citizen("Thạch Thị Mẫu").account)
        for page in (f"/thu-tuc/{code}/", f"/thu-tuc/{code}/nop/"):
            text = assert_is_a_page(client.get(page))
            assert f'href="{elsewhere.url}"' in text
            assert f"Nộp trên {elsewhere.name}" in text
        assert "Bắt đầu nộp" not in text
        assert "Nộp trên trang khác" in _get(client, f"q={code}")

    def test_that_cannot_be_filed_online_offers_no_start(self, client):
        builders.the_version("1.001731")

        text = assert_is_a_page(client.get("/thu-tuc/1.001731/"))
        leaflet = assert_is_a_page(client.get("/thu-tuc/1.001731/to-roi/"))

        assert "Bắt đầu nộp" not in text
        assert "Nộp trực tuyến" not in leaflet
        assert "Chỉ nộp trực tiếp" in _get(client, "q=1.001731")

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
        page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()

        assert page.get_by_role("heading", level=1).inner_text() == "Đăng ký khai sinh"
