import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import money

UNITS = {
    word: number
    for number, word in enumerate(
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    )
} | {"mốt": 1, "tư": 4, "lăm": 5}


def read_aloud(words: str) -> int:
    """Read an amount back as a listener does, knowing nothing of how it was spelt."""
    total = group = 0
    for word in words.removeprefix("âm ").removesuffix(" đồng").split():
        match word:
            case "trăm":
                group *= 100
            case "mươi":
                group += (group % 10) * 9
            case "mười":
                group += 10
            case "lẻ":
                pass
            case "nghìn" | "triệu":
                total += group * {"nghìn": 1000, "triệu": 1000**2}[word]
                group = 0
            case "tỷ":
                total, group = (total + group) * 1000**3, 0
            case digit:
                group += UNITS[digit]
    return -(total + group) if words.startswith("âm ") else total + group


class TestFormatDong:
    def test_groups_with_dots_and_never_breaks_before_the_mark(self):
        assert money.format_dong(1_250_000) == "1.250.000\u00a0₫"


class TestParseDong:
    @given(st.integers())
    def test_reads_what_was_printed(self, amount):
        assert money.parse_dong(money.format_dong(amount)) == amount

    @pytest.mark.parametrize(
        ("typed", "amount"),
        [
            ("1250000", 1_250_000),
            ("1.250.000", 1_250_000),
            ("1,250,000", 1_250_000),
            ("1 250 000 đồng", 1_250_000),
            ("1\u00a0250", 1_250),
            ("8.000đ", 8_000),
            ("8.000 VND", 8_000),
            ("0", 0),
            ("\u22125.000 ₫", -5_000),
        ],
    )
    def test_reads_what_people_write(self, typed, amount):
        assert money.parse_dong(typed) == amount

    @pytest.mark.parametrize(
        "typed",
        [
            "1.250", "1,250", "1,250 đ", "1.25", "1.250,000", "1.250.00", "01.250.000", "0.250 đ",
            "1,5", "", "đ", "-", "1e6", "٣", "một", "1.250.000 USD", "007",
            "1" * 5000, "1" + ".000" * 2000,
        ],
    )  # fmt: skip
    def test_refuses_what_could_be_another_amount(self, typed):
        with pytest.raises(money.NotAnAmount):
            money.parse_dong(typed)


class TestInWords:
    @pytest.mark.parametrize(
        ("amount", "words"),
        [
            (0, "không đồng"),
            (5, "năm đồng"),
            (10, "mười đồng"),
            (11, "mười một đồng"),
            (14, "mười bốn đồng"),
            (15, "mười lăm đồng"),
            (20, "hai mươi đồng"),
            (21, "hai mươi mốt đồng"),
            (24, "hai mươi tư đồng"),
            (25, "hai mươi lăm đồng"),
            (101, "một trăm lẻ một đồng"),
            (105, "một trăm lẻ năm đồng"),
            (1_005, "một nghìn không trăm lẻ năm đồng"),
            (1_050, "một nghìn không trăm năm mươi đồng"),
            (1_250_000, "một triệu hai trăm năm mươi nghìn đồng"),
            (2_000_300, "hai triệu ba trăm đồng"),
            (1_000_000_001, "một tỷ không trăm lẻ một đồng"),
            (10**12, "một nghìn tỷ đồng"),
            (-8_000, "âm tám nghìn đồng"),
        ],
    )
    def test_spells_as_receipts_do(self, amount, words):
        assert money.in_words(amount) == words

    @given(st.integers(min_value=-(10**21), max_value=10**21))
    def test_can_be_understood_by_who_hears_it(self, amount):
        assert read_aloud(money.in_words(amount)) == amount
