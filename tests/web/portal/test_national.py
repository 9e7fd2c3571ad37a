import pytest

from motcua.procedures.definitions import NationalFee
from motcua.procedures.services import import_national, publish_version
from motcua.web.portal.procedures import national
from tests import builders
from tests.procedures.builders import a_definition
from tests.procedures.national.builders import HOW, WHAT, a_list, a_reading, an_original
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

CODE = "9.000001"
PATH = f"/thu-tuc/{CODE}/"


def imported(**changes):
    import_national(file=a_list(an_original(**changes)), at=builders.NOW, actor="tests")


class TestTheNationalPage:
    def test_shows_every_field_that_was_read(self, client):
        imported(yeu_cau_dieu_kien="Mèo đã tiêm phòng.")

        text = assert_is_a_page(client.get(PATH))

        for words in (
            "Thủ tục đăng ký nuôi mèo",
            "Vật nuôi",
            "12/QĐ-BTEST",
            "Công dân Việt Nam",
            "Ủy ban nhân dân cấp xã",
            "3 ngày làm việc",
            "20.000\N{NO-BREAK SPACE}₫",
            "Tờ khai nuôi mèo theo mẫu;",
            "Mau 01.docx",
            "2 bản sao",
            "Luật Vật nuôi",
            "Giấy chứng nhận nuôi mèo",
            "Mèo đã tiêm phòng.",
            "Bước 1: nộp hồ sơ.",
        ):
            assert words in text, words

    def test_says_that_it_cannot_be_filed_here_and_where_it_can(self, client):
        imported()

        text = assert_is_a_page(client.get(PATH))

        assert "Thủ tục này chưa nộp được tại đây." in text
        assert "Cơ sở dữ liệu quốc gia về thủ tục hành chính" in text
        assert (
            f"dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc={CODE}"
            in text
        )
        assert "/nop/" not in text

    def test_leads_nowhere_when_it_is_done_in_person_only(self, client):
        imported(cach_thuc_thuc_hien=f"{HOW}Trực tiếp3 Ngày làm việcMiễn phí")

        text = assert_is_a_page(client.get(PATH))

        assert "dichvucong" not in text
        assert "Không nộp được trên mạng" in text

    def test_never_makes_nought_of_miễn_phí(self, client):
        imported(cach_thuc_thuc_hien=f"{HOW}Trực tiếp3 Ngày làm việcMiễn phí(Do tỉnh quy định)")

        text = assert_is_a_page(client.get(PATH))

        assert "Chưa ghi mức thu cụ thể" in text
        assert "Do tỉnh quy định" in text  # the note
        assert "Miễn phí" not in text
        assert "0\N{NO-BREAK SPACE}₫" not in text

    def test_shows_the_words_of_what_could_not_be_read(self, client):
        imported(thanh_phan_ho_so="Bảng này không giống bảng nào: tờ khai và ảnh mèo.")

        text = assert_is_a_page(client.get(PATH))

        assert "Chữ gốc của phần chưa đọc được hết" in text
        assert "Bảng này không giống bảng nào: tờ khai và ảnh mèo." in text

    def test_shows_no_original_when_all_was_read(self, client):
        imported()

        assert "Chữ gốc" not in assert_is_a_page(client.get(PATH)).replace(
            "thì để nguyên chữ gốc", ""
        )

    def test_takes_markup_of_the_source_for_text(self, client):
        imported(trinh_tu_thuc_hien='<script>alert(1)</script><a href="//x">bấm</a>')

        text = client.get(PATH).content.decode()

        assert "<script>alert" not in text
        assert '<a href="//x"' not in text

    def test_stays_light_however_long_the_source_is(self, client):
        steps = "\n".join(f"Bước {n}: nộp giấy số {n * 7919 % 99991}." for n in range(5_000))
        imported(trinh_tu_thuc_hien=steps)

        assert "Còn nữa" in assert_is_a_page(client.get(PATH))

    def test_gives_way_to_what_the_city_settles_itself(self, client):
        builders.the_catalogue()
        imported(ma_thu_tuc="1.000001")
        publish_version(definition=a_definition(), at=builders.NOW)

        text = assert_is_a_page(client.get("/thu-tuc/1.000001/"))

        assert "Bắt đầu nộp trực tuyến" in text
        assert "chưa nộp được tại đây" not in text

    def test_has_a_sheet_to_print(self, client):
        imported()

        text = assert_is_a_page(client.get(f"{PATH}to-roi/"))

        assert "Tờ khai nuôi mèo theo mẫu;" in text
        assert "chưa nộp được trên trang Một cửa Cần Thơ" in text


class TestInALongerList:
    def test_papers_of_several_groups_unfold(self, client):
        imported(
            thanh_phan_ho_so=f"Nuôi một con{WHAT}Tờ khai1 bản chính"
            f"Nuôi nhiều con{WHAT}Ảnh1 bản chính"
        )

        text = assert_is_a_page(client.get(PATH))

        assert text.count("govuk-details__summary-text") >= 2
        assert "Nuôi nhiều con" in text


class TestFeeWords:
    @pytest.mark.parametrize(
        ("amount", "digits", "currency", "per", "said"),
        [
            (20_000, "20,000", "VND", "lần", "20.000\N{NO-BREAK SPACE}₫/lần"),
            (None, "", "", "", "Chưa ghi mức thu cụ thể"),
            (0, "0", "VND", "", "Chưa ghi mức thu cụ thể"),
            (None, "145", "USD", "thẻ", "145 USD/thẻ"),
        ],
    )
    def test_say_an_amount_only_where_one_is_printed(self, amount, digits, currency, per, said):
        fee = NationalFee(
            amount_dong=amount, amount=digits, currency=currency, per=per, printed="", note=""
        )

        assert national.fee_words(fee) == said


class TestFacts:
    def test_say_that_the_ways_differ(self):
        procedure = a_reading(
            cach_thuc_thuc_hien=f"{HOW}Trực tuyến2 Ngày làm việcMiễn phí"
            "Trực tiếp5 Ngày làm việcMiễn phí"
        )

        assert national.facts(procedure)[0].words == "Tùy trường hợp"

    def test_say_what_the_source_does_not(self):
        procedure = a_reading(cach_thuc_thuc_hien="", co_quan_thuc_hien="")

        words = [fact.words for fact in national.facts(procedure)]

        assert words == [
            "Nguồn không ghi",
            "Nguồn không ghi",
            "Cơ quan cấp tỉnh, thành phố, Cơ quan cấp phường, xã",
            "Nguồn không ghi",
        ]
