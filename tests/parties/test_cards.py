"""The square on a citizen's card: what is read, and what fills in nothing."""

import unicodedata
from datetime import date

import pytest

from motcua.parties.definitions import NotACitizenCard, read_card, same_name

TODAY = date(2024, 10, 15)
CARD = "092890000417|361234567|Kim Thị Sà Rươl|08021990|Nữ|12 Trần Văn Khéo, Cần Thơ|15032022"


def with_(place: int, part: str) -> str:
    parts = CARD.split("|")
    parts[place] = part
    return "|".join(parts)


class TestReadCard:
    def test_reads_every_field(self):
        card = read_card(CARD, on=TODAY)

        assert card.personal_id == "092890000417"
        assert card.old_id == "361234567"
        assert card.full_name == "Kim Thị Sà Rươl"
        assert card.born_on == date(1990, 2, 8)
        assert card.sex == "female"
        assert card.address == "12 Trần Văn Khéo, Cần Thơ"
        assert card.issued_on == date(2022, 3, 15)

    def test_the_old_number_and_the_day_of_issue_may_be_missing(self):
        card = read_card(with_(1, "").replace("|15032022", "|"), on=TODAY)

        assert (card.old_id, card.issued_on) == ("", None)

    def test_fields_that_newer_cards_add_are_passed_over(self):
        assert read_card(f"{CARD}||Trần Văn Bình|Lê Thị Mai", on=TODAY).sex == "female"

    def test_a_name_in_parts_is_put_together(self):
        apart = unicodedata.normalize("NFD", CARD)

        assert read_card(apart, on=TODAY) == read_card(CARD, on=TODAY)

    def test_line_ends_of_a_scanner_do_no_harm(self):
        assert read_card(f" {CARD}\r\n", on=TODAY) == read_card(CARD, on=TODAY)

    @pytest.mark.parametrize(
        "rubbish",
        [
            "",
            "092890000417",
            "https://example.org/?a=1|b",
            "000201010212|38570010A000000727",  # a bank's square
            *(CARD[:length] for length in (20, 40, 60, 84)),
            "|" * 6,
            CARD * 20,
            with_(0, "92890000417"),
            with_(0, "٠٩٢٨٩٠٠٠٠٤١٧"),
            with_(1, "12"),
            with_(2, ""),
            with_(2, "Kim Th? S� R??l"),
            with_(2, "<b>Kim</b>"),
            with_(2, "08021990"),
            with_(3, "31021990"),
            with_(3, "1990"),
            with_(3, "08022090"),
            with_(4, "F"),
            with_(6, "15032089"),
            with_(6, "15031980"),  # issued before the birth
            with_(6, "hôm qua"),
        ],
    )
    def test_everything_else_is_no_card(self, rubbish):
        with pytest.raises(NotACitizenCard, match=r"[.]$"):
            read_card(rubbish, on=TODAY)


class TestSameName:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Trần Hoà Bình", "TRẦN HÒA BÌNH"),
            ("Nguyễn Thuỷ", unicodedata.normalize("NFD", "Nguyễn Thủy")),
            ("Ðặng  Mai", "Đặng Mai"),
        ],
    )
    def test_spellings_of_one_name(self, one, other):
        assert same_name(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Trần Hòa", "Trần Hoa"), ("Đặng Mai", "Dang Mai"), ("Lê Thu", "Lê Thư"), ("Lê", "Lê A")],
    )
    def test_other_names(self, one, other):
        assert not same_name(one, other)
