"""Text as Vietnamese reads and sorts it. The order was taken from ICU, and is compared with it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import text

# Strictly rising in ICU's collation for "vi" (ICU 77).
IN_ORDER = [
    '"a"',
    "(a)",
    "1.001193",
    "2.000815",
    "a b",
    "a-b",
    "a'b",
    "a/b",
    "ab",
    "an",
    "An",
    "án",
    "anh",
    "ảnh",
    "Ánh",
    "ăn",
    "ân",
    "ấn",
    "Ấn",
    "ận",
    "ba",
    "bà",
    "bả",
    "bã",
    "bá",
    "bạ",
    "băng",
    "bâng",
    "Cái Răng",
    "Cần Thơ",
    "Cờ Đỏ",
    "da",
    "dạ",
    "dung",
    "Dũng",
    "đa",
    "Đà",
    "đá",
    "Đặng",
    "Đinh",
    "đúng",
    "e",
    "em",
    "ê",
    "êm",
    "fa",
    "H13",
    "hoa",
    "hoà",
    "Hoà",
    "HOÀ",
    "hoá",
    "hòa",
    "Hòa",
    "hóa",
    "họa",
    "i",
    "í",
    "Jack",
    "khu vực 3",
    "la",
    "lá",
    "lạ",
    "la a",
    "lai",
    "Lí",
    "Lý",
    "mi",
    "mĩ",
    "my",
    "mỹ",
    "Mỹ Khánh",
    "Ngã Bảy",
    "Nguyên",
    "Nguyễn",
    "nguyện",
    "Ninh Kiều",
    "o",
    "oi",
    "ô",
    "Ô Môn",
    "ôi",
    "ỗi",
    "ơ",
    "ơi",
    "Phong Điền",
    "quí",
    "quy",
    "quý",
    "Quỳnh",
    "ta bà",
    "tá ba",
    "Thốt Nốt",
    "Thới Lai",
    "thúi",
    "thuy",
    "Thuỷ",
    "thuý",
    "Thủy",
    "thúy",
    "toán",
    "tóan",
    "Tổ 1",
    "Tổ 10",
    "Tổ 2",
    "u",
    "ư",
    "ừ",
    "ứ",
    "ự",
    "Vĩnh Thạnh",
    "Wu",
    "xã",
    "Xã",
    "y",
    "ý",
    "zoo",
]
ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèéêềghiìíklmnoòóôồơờpqrstuùúưừvxyỳýAÁĂĐÔƯzw 019-.'\"()/"


class TestClean:
    @pytest.mark.parametrize(
        ("typed", "cleaned"),
        [
            ("  Nguyễn \t Văn\nAn ", "Nguyễn Văn An"),
            ("Nguye\u0302\u0303n", "Nguyễn"),
            ("Cần\u00a0Thơ", "Cần Thơ"),
            ("Cần\u200b Thơ\ufeff", "Cần Thơ"),
            ("\u202eAn\u202c", "An"),
            ("An\x00h", "An h"),
            ("\ud800An", "An"),
            ("", ""),
        ],
    )
    def test_leaves_one_line_in_composed_form(self, typed, cleaned):
        assert text.clean(typed) == cleaned

    @given(st.text())
    def test_has_nothing_left_to_do_the_second_time(self, typed):
        assert text.clean(text.clean(typed)) == text.clean(typed)

    def test_keeps_what_joins_an_emoji(self):
        assert text.clean("👩\u200d⚕") == "👩\u200d⚕"


class TestFold:
    @pytest.mark.parametrize(
        ("written", "folded"),
        [
            ("Đặng Thị Ẳnh", "dang thi anh"),
            ("ĐĂNG KÝ KHAI SINH", "dang ki khai sinh"),
            ("1.001193 – đợt 2", "1 001193 dot 2"),
            ("O'Hara-Nguyễn", "o hara nguyen"),
            ("y tế", "i te"),
            ("Quy Nhơn", "qui nhon"),
            ("yêu", "yeu"),
            ("city", "city"),
            ("ស្រី", "ស្រី"),
            ("!?", ""),
        ],
    )
    def test_keeps_words_only(self, written, folded):
        assert text.fold(written) == folded

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Hoà An", "Hòa An"),
            ("Bình Thuỷ", "Bình Thủy"),
            ("Mỹ Khánh", "Mĩ Khánh"),
            ("kỹ thuật", "kĩ thuật"),
            ("quý", "quí"),
            ("ý", "í"),
            ("Nguyễn", "Nguye\u0302\u0303n"),
        ],
    )
    def test_unites_spellings_of_one_word(self, one, other):
        assert text.fold(one) == text.fold(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("thuý", "thúi"), ("tay", "tai"), ("cay", "cai"), ("đuy", "đui")]
    )
    def test_parts_words_that_y_and_i_tell_apart(self, one, other):
        assert text.fold(one) != text.fold(other)

    @given(st.text())
    def test_has_nothing_left_to_do_the_second_time(self, written):
        assert text.fold(text.fold(written)) == text.fold(written)


class TestBare:
    @pytest.mark.parametrize(
        ("written", "bare"),
        [("Quyền, nghĩa vụ!", "quyen nghia vu"), ("KỸ thuật", "ky thuat"), ("Đất đai", "dat dai")],
    )
    def test_is_what_people_type_without_accents(self, written, bare):
        assert text.bare(written) == bare


class TestSpelling:
    @pytest.mark.parametrize(
        ("one", "other"), [("hoà", "hòa"), ("Thuỷ", "thủy"), ("ĐẤT", "đất"), ("Quý", "quí")]
    )
    def test_unites_places_of_the_tone(self, one, other):
        assert text.spelling(one) == text.spelling(other)

    @pytest.mark.parametrize(("one", "other"), [("bạn", "bán"), ("đo", "do"), ("cân", "căn")])
    def test_keeps_words_of_other_accents_apart(self, one, other):
        assert text.spelling(one) != text.spelling(other)

    @pytest.mark.parametrize("written", ["Đăng ký, khai sinh!", "giấy phép (mới)", "", "xây 2"])
    def test_parts_words_as_folding_does(self, written):
        spelt = text.spelling(written).split()

        assert [text.fold(word) for word in spelt] == text.fold(written).split()


class TestSortKey:
    def test_sorts_by_bytes_as_icu_sorts(self):
        shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))

        assert sorted(shuffled, key=lambda word: text.sort_key(word).encode()) == IN_ORDER

    def test_is_the_same_for_decomposed_text(self):
        assert text.sort_key("Nguye\u0302\u0303n") == text.sort_key("Nguyễn")

    def test_takes_letters_of_other_languages_beside_their_base(self):
        assert text.sort_key("Muller") < text.sort_key("Müller") < text.sort_key("Mum")

    @given(st.lists(st.text(ALPHABET, max_size=6), min_size=2, max_size=2))
    def test_agrees_with_icu(self, words):
        icu = pytest.importorskip(
            "icu", reason="PyICU is not installed; the frozen table stands in for it"
        )
        collator = icu.Collator.createInstance(icu.Locale("vi"))
        one, other = (text.clean(word) for word in words)
        ours, theirs = text.sort_key(one).encode(), text.sort_key(other).encode()

        assert (ours > theirs) - (ours < theirs) == collator.compare(one, other)


class TestNameSortKey:
    def test_goes_by_given_name_then_family_then_middle(self):
        in_order = [
            "Trần An",
            "Nguyễn Văn Anh",
            "Trần Anh",
            "Trần Thị Anh",
            "Lê Văn Ánh",
            "Bình",
            "Nguyễn Thị Minh Khai",
            "Nguyễn Văn Khải",
        ]
        shuffled = random.Random(2).sample(in_order, len(in_order))

        assert sorted(shuffled, key=text.name_sort_key) == in_order

    def test_takes_an_empty_name(self):
        assert text.name_sort_key("") == ""
