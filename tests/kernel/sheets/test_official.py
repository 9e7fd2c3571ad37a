"""Workbooks under the official head: what stands where, and that nothing is calculated."""

import io

import openpyxl
import pytest

from motcua.kernel.sheets import Columns, Letterhead, OfficialBook


def sheet_of(letterhead: Letterhead, write):
    """Write a sheet and return it as a spreadsheet reads it."""
    file = io.BytesIO()
    with OfficialBook(file, letterhead) as book:
        write(book.sheet("Bảng", widths=[5, 30, 10, 10, 10], left=2))
    return openpyxl.load_workbook(file)["Bảng"]


def rows_of(sheet) -> list[list[object]]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


class TestTheHead:
    def test_names_the_agency_beside_the_nation(self):
        sheet = sheet_of(Letterhead(agency="Sở Nội vụ"), lambda sheet: sheet.title("Bảng"))

        assert rows_of(sheet)[:4] == [
            ["SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["", "Độc lập - Tự do - Hạnh phúc"],
            [],
            ["Bảng"],
        ]

    def test_has_the_agency_above_the_number_and_the_day_where_they_are_told(self):
        letterhead = Letterhead(
            agency_above="Ủy ban nhân dân",
            agency="Sở Nội vụ",
            number="Số: 1/BC",
            place_and_day="Cần Thơ, ngày 01 tháng 7 năm 2024",
        )

        told = rows_of(sheet_of(letterhead, lambda sheet: sheet.title("Bảng")))

        assert [row[0] for row in told[:3]] == ["ỦY BAN NHÂN DÂN", "SỞ NỘI VỤ", "Số: 1/BC"]
        assert told[2][1] == "Cần Thơ, ngày 01 tháng 7 năm 2024"


class TestTheTable:
    def test_groups_columns_and_keeps_numbers_numbers(self):
        def write(sheet):
            sheet.table(
                [Columns(names=["TT", "Tên"]), Columns(group="Số", names=["a", "b", "c"])],
                [["1", "Một", 1, 2, 3]],
                kept=2,
            )
            sheet.notes(["Ghi chú."])

        sheet = sheet_of(Letterhead(agency="Sở Nội vụ"), write)

        assert rows_of(sheet)[3:] == [
            ["TT", "Tên", "Số"],
            ["a", "b", "c"],
            ["1", "Một", 1, 2, 3],
            [],
            ["Ghi chú."],
        ]
        assert {"A4:A5", "B4:B5", "C4:E4"} <= {str(each) for each in sheet.merged_cells.ranges}
        assert sheet.freeze_panes == "C6"

    @pytest.mark.parametrize("words", ["=1+1", "+84", "http://a.b", "@a", "12"])
    def test_calculates_and_opens_nothing(self, words):
        def write(sheet):
            sheet.title(words)
            sheet.paragraph(words)
            sheet.table([Columns(names=[words])], [[words]])
            sheet.notes([words])
            sheet.signature("Giám đốc", words)

        sheet = sheet_of(Letterhead(agency=words), write)

        cells = [
            cell
            for row in sheet.iter_rows()
            for cell in row
            if str(cell.value).casefold() == words.casefold()
        ]
        assert len(cells) == 7
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.hyperlink is None for cell in cells)
