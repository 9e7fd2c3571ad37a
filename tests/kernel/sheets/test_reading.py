import io
import time
import tracemalloc
import unicodedata
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from motcua.kernel.sheets import (
    Column,
    ColumnKind,
    Table,
    UnreadableWorkbook,
    annotated,
    read_table,
    template,
)
from tests.kernel.sheets.files import SHEET, a_sheet, a_table, rewritten

PEOPLE = Table(
    key="people",
    title="Người",
    columns=(
        Column(
            key="code",
            heading="Mã số",
            hint="",
            example="007",
            kind=ColumnKind.CODE,
            required=True,
            length_max=10,
        ),
        Column(key="name", heading="Họ và tên", hint="", example="", required=True),
        Column(key="born", heading="Ngày sinh", hint="", example="", kind=ColumnKind.DATE),
        Column(
            key="sex", heading="Giới tính", hint="", example="", choices={"Nữ": "f", "Nam": "m"}
        ),
    ),
    notes=("Một người một dòng.",),
)
AN = {"code": "007", "name": "An", "born": "15/10/1990", "sex": "Nữ"}


def read(*rows):
    return read_table(PEOPLE, a_table(PEOPLE, *rows))


def refusal(file):
    with pytest.raises(UnreadableWorkbook) as refused:
        read_table(PEOPLE, file)
    return str(refused.value)


def told(reading):
    return {problem.cell: problem.message for problem in reading.placed([])}


class TestReading:
    def test_keeps_noughts_and_turns_words_into_values(self):
        [row] = read(AN).rows

        assert row.values == {"code": "007", "name": "An", "born": date(1990, 10, 15), "sex": "f"}

    def test_takes_dates_as_spreadsheets_keep_them(self):
        [row] = read({**AN, "born": date(2024, 2, 29)}).rows

        assert row.day("born") == date(2024, 2, 29)

    def test_knows_the_other_epoch(self):
        file = a_sheet(
            [column.heading for column in PEOPLE.columns],
            [["007", "An", date(2024, 2, 29), "Nam"]],
        )
        with zipfile.ZipFile(file) as package:
            book = package.read("xl/workbook.xml")
        older = book.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')

        [row] = read_table(PEOPLE, rewritten(file, parts={"xl/workbook.xml": older})).rows

        assert row.day("born") == date(2028, 3, 1)  # 1,462 days later

    def test_composes_letters_and_drops_what_nobody_sees(self):
        [row] = read({**AN, "name": unicodedata.normalize("NFD", "  Trần \u200bThị\n Hoà ")}).rows

        assert row.text("name") == "Trần Thị Hoà"

    def test_finds_columns_by_their_headings_in_any_order_and_spelling(self):
        heading = [unicodedata.normalize("NFD", words) for words in ("HỌ VÀ TÊN", "Mã  số")]

        [row] = read_table(PEOPLE, a_sheet(heading, [["An", "007"]])).rows

        assert (row.text("code"), row.text("name"), row.day("born")) == ("007", "An", None)

    def test_reads_the_data_among_other_sheets(self):
        [row] = read_table(PEOPLE, rows_into_the_template()).rows

        assert row.text("code") == "007"

    def test_passes_over_empty_rows_and_keeps_the_numbers(self):
        reading = read({}, AN, {"name": "   "}, {**AN, "code": "008"})

        assert [row.number for row in reading.rows] == [3, 5]

    def test_reads_rich_text_and_text_inside_the_sheet(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Mã số", "Họ và tên"])
            sheet.write_rich_string(1, 1, "Lê ", book.add_format({"bold": True}), "Mai")
            sheet.write_string(1, 0, "01")
        inline = (
            rb'<c r="A2" t="s"><v>\d+</v></c>',
            b'<c r="A2" t="inlineStr"><is><t>02</t></is></c>',
        )

        [row] = read_table(PEOPLE, rewritten(file, sheet=inline)).rows

        assert (row.text("code"), row.text("name")) == ("02", "Lê Mai")


def rows_into_the_template():
    """Fill the template in as a person would: through the shared texts, with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(template(PEOPLE)))
    sheet = book["Dữ liệu"]
    for place, value in enumerate(["007", "An", date(1990, 10, 15), "Nam"], start=1):
        sheet.cell(row=2, column=place, value=value)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


class TestACellThatIsWrong:
    @pytest.mark.parametrize(
        ("change", "cell", "words"),
        [
            ({"code": 7}, "A2", "dạng văn bản"),
            ({"code": None}, "A2", "phải có nội dung"),
            ({"code": "x" * 11}, "A2", "dài quá 10 ký tự"),
            ({"name": 1.5}, "B2", "dạng văn bản"),
            ({"name": date(2024, 1, 1)}, "B2", "không phải dạng ngày"),
            ({"name": True}, "B2", "không phải văn bản"),
            ({"born": "31/02/2024"}, "C2", "ngày/tháng/năm"),
            ({"born": "2024-10-15"}, "C2", "ngày/tháng/năm"),
            ({"born": 45000}, "C2", "ngày/tháng/năm"),
            ({"born": "01/01/0024"}, "C2", "ngày/tháng/năm"),
            ({"sex": "Khác"}, "D2", "một trong: Nữ, Nam"),
        ],
    )
    def test_is_told_by_its_address(self, change, cell, words):
        problems = told(read({**AN, **change}))

        assert list(problems) == [cell]
        assert words in problems[cell]

    def test_with_a_formula_is_told_and_never_calculated(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Mã số", "Họ và tên"])
            sheet.write_string(1, 0, "007")
            sheet.write_formula(1, 1, '=HYPERLINK("http://example.com","An")', value="An")

        reading = read_table(PEOPLE, file)

        assert "công thức" in told(reading)["B2"]
        assert reading.sound_rows == []

    def test_does_not_hide_the_others(self):
        reading = read({**AN, "code": 7, "sex": "?"}, AN, {**AN, "name": None})

        assert list(told(reading)) == ["A2", "D2", "B4"]
        assert [row.number for row in reading.sound_rows] == [3]


class TestAFileThatIsRefused:
    def test_is_no_package(self):
        assert "không phải tệp bảng tính" in refusal(io.BytesIO(b"ma so;ho ten\n"))
        assert "không phải tệp bảng tính" in refusal(io.BytesIO(b""))

    def test_is_locked_or_old(self):
        assert "mật khẩu" in refusal(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))

    def test_has_parts_behind_a_password(self):
        content = bytearray(a_table(PEOPLE, AN).getvalue())
        for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
            at = content.find(mark)
            content[at + place] |= 1

        assert "mật khẩu" in refusal(io.BytesIO(bytes(content)))

    def test_is_another_kind_of_package(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("readme.txt", "xin chào")

        assert "Không đọc được" in refusal(file)

    @pytest.mark.parametrize(
        "name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "other/vbaProject.bin"]
    )
    def test_has_macros(self, name):
        assert "macro" in refusal(rewritten(a_table(PEOPLE, AN), parts={name: b"\0"}))

    def test_says_that_it_has_macros(self):
        types = b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"

        assert "macro" in refusal(
            rewritten(a_table(PEOPLE, AN), parts={"[Content_Types].xml": types})
        )

    @pytest.mark.parametrize(
        "name", ["xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin", "xl/connections.xml"]
    )
    def test_reaches_outside_or_embeds(self, name):
        assert "liên kết ra ngoài" in refusal(rewritten(a_table(PEOPLE, AN), parts={name: b"<a/>"}))

    def test_has_merged_cells(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Mã số", "Họ và tên"])
            sheet.merge_range("B2:B4", "An")

        assert "ô gộp: B2:B4" in refusal(file)

    def test_has_other_headings(self):
        said = refusal(a_sheet(["Mã số", "Tuổi", "Mã số"], [["007", "30", "x"]]))

        assert "cột B «Tuổi» không có trong mẫu" in said
        assert "cột «Mã số» có hai lần" in said
        assert "thiếu cột «Họ và tên»" in said

    def test_has_no_data_sheet_among_several(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("Một")
            book.add_worksheet("Hai")

        assert "«Dữ liệu»" in refusal(file)

    def test_declares_entities(self):
        bomb = (rb"^<\?xml[^>]*\?>", b'<!DOCTYPE a [<!ENTITY b "bb">]>')

        assert "Không đọc được" in refusal(rewritten(a_table(PEOPLE, AN), sheet=bomb))

    @pytest.mark.parametrize(
        ("pattern", "words"),
        [
            (rb't="s"><v>\d+', b't="s"><v>x'),
            (rb'<c r="A2"', b"<c"),
            (rb"</sheetData>", b""),
        ],
    )
    def test_breaks_the_format(self, pattern, words):
        refusal(rewritten(a_table(PEOPLE, AN), sheet=(pattern, words)))

    def test_unpacks_to_more_than_anybody_writes(self):
        started = time.perf_counter()
        parts = {"xl/media/image1.png": b"\0" * 51_000_000}

        assert "quá lớn" in refusal(rewritten(a_table(PEOPLE, AN), parts=parts))
        assert time.perf_counter() - started < 5

    def test_packs_too_well(self):
        parts = {"docProps/core.xml": b" " * 10_000_000}

        assert "quá lớn" in refusal(rewritten(a_table(PEOPLE, AN), parts=parts))

    def test_lies_about_what_it_unpacks_to(self):
        file = rewritten(a_table(PEOPLE, AN), parts={SHEET: b"<worksheet>" + b" " * 3_000_000})
        content = file.getvalue().replace((3_000_011).to_bytes(4, "little"), b"\x64\0\0\0")

        assert "Không đọc được" in refusal(io.BytesIO(content))

    def test_has_one_row_too_many(self):
        rows = ({**AN, "code": f"{number}"} for number in range(5001))

        assert "nhiều nhất 5.000 dòng" in refusal(a_table(PEOPLE, *rows))

    def test_is_read_with_as_many_rows_as_allowed(self):
        rows = ({**AN, "code": f"{number}"} for number in range(5000))

        assert len(read(*rows).rows) == 5000

    def test_has_a_million_rows_and_costs_next_to_nothing(self):
        # Written small, so that size alone does not betray it.
        cells = (f'<row><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1_000_001))
        sheet = f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>".encode()
        file = rewritten(a_table(PEOPLE, AN), parts={SHEET: sheet})
        del sheet
        tracemalloc.start()
        started = time.perf_counter()

        assert "nhiều nhất 5.000 dòng" in refusal(file)

        assert time.perf_counter() - started < 3
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()

    def test_has_a_row_as_wide_as_a_wall(self):
        heading = ["Mã số", "Họ và tên", *(f"c{number}" for number in range(20))]

        assert "quá nhiều cột" in refusal(a_sheet(heading, []))


class TestATemplate:
    def test_is_read_back_as_an_empty_table(self):
        assert read_table(PEOPLE, io.BytesIO(template(PEOPLE))).rows == ()

    def test_offers_choices_and_explains(self):
        book = openpyxl.load_workbook(io.BytesIO(template(PEOPLE)))
        [offered] = book["Dữ liệu"].data_validations.dataValidation
        guide = [row[0].value for row in book["Hướng dẫn"].iter_rows()]

        assert offered.formula1 == '"Nữ,Nam"'
        assert str(offered.sqref) == "D2:D5001"
        assert guide[1:5] == [column.heading for column in PEOPLE.columns]
        assert "Một người một dòng." in guide


class TestAnAnnotatedFile:
    def test_says_beside_each_row_what_is_wrong_and_can_be_sent_again(self):
        reading = read({**AN, "code": 7}, {**AN, "name": "=1+1|x"})
        content = annotated(PEOPLE, reading.rows, reading.placed([]))

        sheet = openpyxl.load_workbook(io.BytesIO(content))["Dữ liệu"]
        assert sheet["E1"].value == "Lỗi"
        assert sheet["E2"].value.startswith("Mã số: Ô phải ở dạng văn bản")
        assert sheet["A2"].fill.fgColor.rgb == "FFFFD9D2"
        assert sheet["B3"].data_type == "s"
        again = read_table(PEOPLE, io.BytesIO(content))
        assert [row.text("name") for row in again.sound_rows] == ["An", "=1+1|x"]
