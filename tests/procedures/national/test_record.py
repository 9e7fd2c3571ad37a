import copy
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.definitions import FIELDS, Mark, NationalProcedure
from motcua.procedures.definitions.national import InvalidRecord, read_national

from .builders import BY, HOW, PAGE, WHAT, a_reading, an_original

PIECES = st.sampled_from(
    [
        *(HOW, WHAT, BY, PAGE, "Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính", "Miễn phí"),
        *("(", ")", "1", "20", "5,000", " VNĐ", " Ngày làm việc", " Ngày", "Không có thông tin"),
        *("1 bản chính", ",1 bản sao", "Mau 1.docx", "12/2024/NĐ-CP", "/TT-BTC", "Mã: "),
        *("KQ.G01.000001", "Đơn", "é", "<script>", "--", "\n", "\t", "e\u0301", "&lt;", "\u202e"),
    ]
)
KEYS = sorted(set(an_original()) - {"ma_thu_tuc", "ten_thu_tuc"})


class TestReading:
    def test_takes_all_fields(self):
        reading = a_reading()

        assert reading.code == "9.000001"
        assert reading.name == "Thủ tục đăng ký nuôi mèo"
        assert reading.levels == ("province", "commune")
        assert reading.audience == (
            "Công dân Việt Nam",
            "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        )
        assert reading.filed_by == {"online", "direct"}
        assert reading.steps == "Bước 1: nộp hồ sơ.\nBước 2: nhận kết quả."
        assert reading.marks["conditions"] is Mark.ABSENT
        assert reading.gaps == ()

    def test_survives_json(self):
        reading = a_reading()
        stored = json.loads(json.dumps(reading.reading()))

        assert NationalProcedure.of(reading.code, stored) == reading
        assert set(stored) == set(FIELDS)

    def test_leaves_the_original_as_it_is(self):
        original = an_original()
        before = copy.deepcopy(original)
        read_national(original)

        assert original == before

    def test_knows_the_audience_that_has_commas(self):
        reading = a_reading(doi_tuong_thuc_hien="Cán bộ, công chức, viên chức, Hợp tác xã")

        assert reading.audience == ("Cán bộ, công chức, viên chức", "Hợp tác xã")

    def test_keeps_a_level_it_does_not_know(self):
        reading = a_reading(cap_thuc_hien="Cấp tỉnh, Cấp vũ trụ")

        assert reading.levels == ("province", "Cấp vũ trụ")
        assert reading.marks["level"] is Mark.PARTLY

    def test_cuts_off_the_page_under_the_conditions(self):
        assert a_reading(yeu_cau_dieu_kien=f"Có mèo.{PAGE}").conditions == "Có mèo."
        assert (
            a_reading(yeu_cau_dieu_kien=f"Không có thông tin{PAGE}").marks["conditions"]
            is Mark.ABSENT
        )

    def test_composes_letters(self):
        assert (
            a_reading(ten_thu_tuc=unicodedata.normalize("NFD", "Cấp thẻ mèo")).name == "Cấp thẻ mèo"
        )

    @pytest.mark.parametrize(
        ("printed", "name"),
        [
            ("Cấp thẻ <script>alert('mèo')</script>mèo", "Cấp thẻ mèo"),
            ("Cấp thẻ <b onclick=x>mèo</b>", "Cấp thẻ mèo"),
            ("Cấp thẻ &lt;script&gt;alert(1)&lt;/script&gt; mèo", "Cấp thẻ mèo"),
            ("Cấp thẻ mèo < 5 kg", "Cấp thẻ mèo < 5 kg"),
        ],
    )
    def test_takes_markup_out_of_names(self, printed, name):
        assert a_reading(ten_thu_tuc=printed).name == name

    def test_says_when_markup_was_taken_out(self):
        assert a_reading(ten_thu_tuc="Cấp <i>thẻ</i>").marks["name"] is Mark.PARTLY

    @pytest.mark.parametrize("key", KEYS)
    @pytest.mark.parametrize("value", [7, ["a"], {"a": 1}, True])
    def test_leaves_what_is_no_text_unread(self, key, value):
        reading = a_reading(**{key: value})

        assert Mark.UNREAD in reading.marks.values() or key not in _READ_KEYS

    def test_leaves_what_is_longer_than_any_field_unread(self):
        assert a_reading(trinh_tu_thuc_hien="a" * 300_000).marks["steps"] is Mark.UNREAD

    @pytest.mark.parametrize("piece", ["1", "1.", "1.000 ", "1 bản chính", "1/2024/QĐ-", " ", "("])
    @pytest.mark.parametrize("key", ["cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly"])
    def test_reads_what_is_as_long_as_a_field_may_be_once(self, key, piece):
        # Read anew from each of its signs, it would take the test to its limit, and an import, too.
        printed = an_original()[key] + piece * (200_000 // len(piece))

        assert set(a_reading(**{key: printed}).marks) == set(FIELDS)

    @pytest.mark.parametrize(
        "code", [None, "", 7, "1001193", "1.00119", "1.001193; DROP", "a.bcdefg", "1.００１１９３"]
    )
    def test_refuses_a_code_that_is_none(self, code):
        with pytest.raises(InvalidRecord):
            a_reading(ma_thu_tuc=code)

    @pytest.mark.parametrize("code", ["1.001193", "1.000948.H38", "1.001193.000.00.00.H13"])
    def test_takes_codes_of_cities_too(self, code):
        assert a_reading(ma_thu_tuc=code).code == code

    @pytest.mark.parametrize("name", ["", None, "   ", "<script>x</script>", "a" * 5_000])
    def test_refuses_a_procedure_without_a_name(self, name):
        with pytest.raises(InvalidRecord):
            a_reading(ten_thu_tuc=name)

    @settings(max_examples=300)
    @given(key=st.sampled_from(KEYS), pieces=st.lists(PIECES, max_size=25))
    def test_never_raises_on_pieces_in_any_order(self, key, pieces):
        reading = a_reading(**{key: "".join(pieces)})

        assert NationalProcedure.of(reading.code, reading.reading()) == reading

    @settings(max_examples=200)
    @given(key=st.sampled_from(KEYS), printed=st.text(max_size=200))
    def test_never_raises_on_any_text(self, key, printed):
        assert set(a_reading(**{key: printed}).marks) == set(FIELDS)


_READ_KEYS = set(KEYS) - {"loai_thu_tuc", "co_quan_cong_bo"}
