import pytest

from motcua.procedures.definitions import Mark

from .builders import BY, PAGE, a_reading


def bases(printed: str):
    reading = a_reading(can_cu_phap_ly=f"{BY}{printed}")
    return [(b.number, b.name) for b in reading.legal_bases], reading.marks["legal_bases"]


def results(printed: str):
    reading = a_reading(ket_qua_xu_ly=printed)
    return [(r.code, r.name) for r in reading.results], reading.marks["results"]


class TestLegalBases:
    def test_are_names_each_followed_by_its_number(self):
        assert bases("Luật Vật nuôi12/2019/QH14Về nuôi mèo 7/2020/TT-BNNMT") == (
            [("12/2019/QH14", "Luật Vật nuôi"), ("7/2020/TT-BNNMT", "Về nuôi mèo")],
            Mark.READ,
        )

    @pytest.mark.parametrize(
        ("printed", "expected"),
        [
            ("Luật 3/2014/QH133/2014/QH13", ("3/2014/QH13", "Luật 3/2014/QH13")),
            ("Luật số 27/2023/QH15 ngày 1/2/202427/2023/QH15",
             ("27/2023/QH15", "Luật số 27/2023/QH15 ngày 1/2/2024")),
            ("Luật Vật nuôiLuật số 3/2014/QH13", ("3/2014/QH13", "Luật Vật nuôi")),
            ("QUY ĐỊNH MỨC THUThông tư 5/2021/TT-BTC", ("5/2021/TT-BTC", "QUY ĐỊNH MỨC THU")),
            ("Quy định về mèosố 7/2026/TT-BNNMT", ("7/2026/TT-BNNMT", "Quy định về mèo")),
            ("Nghị định số 1/2024/NĐ-CP", ("1/2024/NĐ-CP", "Nghị định số 1/2024/NĐ-CP")),
            ("Nghị định8/2024/NĐ-CP", ("8/2024/NĐ-CP", "Nghị định")),
            ("Pháp lệnh mèo6/2005/PL-UBTVQH11", ("6/2005/PL-UBTVQH11", "Pháp lệnh mèo")),
            ("Liên tịch1/2008/TTLT-BCT-BTC", ("1/2008/TTLT-BCT-BTC", "Liên tịch")),
            ("Cắt giảm66.7/2025/NQ-CP", ("66.7/2025/NQ-CP", "Cắt giảm")),
        ],
    )  # fmt: skip
    def test_are_told_from_numbers_within_names(self, printed, expected):
        assert bases(printed) == ([expected], Mark.READ)

    def test_are_told_from_the_capitals_of_the_next_name(self):
        found, mark = bases("Luật mèo3/2014/QH13QUY ĐỊNH VỀ MÈO5/2021/TT-BTCTHÔNG TƯ6/2021/TT-BTC")

        assert [number for number, _name in found] == [
            "3/2014/QH13",
            "5/2021/TT-BTC",
            "6/2021/TT-BTC",
        ]
        assert mark is Mark.READ

    def test_have_no_name_where_a_number_before_it_was_unread(self):
        found, mark = bases("Luật Thi đua 202206Quy định về mèoThông tư số 5/2025/TT-BXD")

        assert (found, mark) == ([("5/2025/TT-BXD", "")], Mark.PARTLY)

    def test_are_unread_without_any_number(self):
        assert bases("Các quy định hiện hành") == ([], Mark.UNREAD)


class TestResults:
    def test_are_names_each_followed_by_its_code_and_no_page(self):
        assert results(f"Thẻ mèoMã: KQ.G01.000001Văn bản từ chốiMã: KQ.G01.000002{PAGE}") == (
            [("KQ.G01.000001", "Thẻ mèo"), ("KQ.G01.000002", "Văn bản từ chối")],
            Mark.READ,
        )

    @pytest.mark.parametrize(
        "code", ["000.00.00.G04-KQ3221", "G19-KQ006099", "TP-G12.0001119", "KQ-G10.00009", "CAAV1"]
    )
    def test_may_have_codes_of_former_forms(self, code):
        assert results(f"Thẻ mèoMã: {code}{PAGE}") == ([(code, "Thẻ mèo")], Mark.READ)

    def test_with_a_former_code_are_parted_from_the_next_name(self):
        found, mark = results(f"Thẻ mèoMã: 000.00.00.G12-KQ8822Văn bảnMã: KQ.G12.000001{PAGE}")

        assert found == [("000.00.00.G12-KQ8822", "Thẻ mèo"), ("KQ.G12.000001", "Văn bản")]
        assert mark is Mark.READ

    def test_leave_out_what_cannot_be_told_apart(self):
        found, mark = results(f"Thẻ mèoMã: abcQuyết địnhMã: KQ.G12.000001{PAGE}")

        assert found == [("", "Thẻ mèo"), ("KQ.G12.000001", "")]
        assert mark is Mark.PARTLY

    @pytest.mark.parametrize("nothing", ["", "Không có thông tin", PAGE])
    def test_are_absent_where_nothing_stands(self, nothing):
        assert results(nothing) == ([], Mark.ABSENT)
