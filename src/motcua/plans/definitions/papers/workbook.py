"""The report as XLSX: a sheet of text, and a sheet for each of its tables."""

import io
from datetime import UTC
from typing import Any

import xlsxwriter

from motcua.plans.definitions.reports import Block, BlockKind, Content

from .signed import Signed

_WIDE = 60


def xlsx(content: Content, signed: Signed) -> bytes:
    """Return the report as XLSX. What people typed is text in it and is never calculated."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": content.about[:250],
            "author": content.agency,
            "created": signed.at.astimezone(UTC).replace(microsecond=0, tzinfo=None),
        }
    )
    looks = {
        "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "centre": book.add_format({"bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    _text_sheet(book, content, signed, looks)
    tables = [block for block in content.blocks if block.kind is BlockKind.TABLE]
    for number, block in enumerate(tables, start=1):
        _table_sheet(book, f"Bảng {number}", block, content, signed, looks)
    book.close()
    return written.getvalue()


def _heading(sheet: Any, content: Content, signed: Signed, looks: dict[str, Any]) -> int:
    """Write the official heading over the columns A to F; return the first free row."""
    lines = (
        (content.agency_above.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (content.agency.upper(), "Độc lập - Tự do - Hạnh phúc"),
        (signed.number_words, f"{content.place}, {signed.day_words}"),
    )
    for row, (left, right) in enumerate(lines):
        sheet.merge_range(row, 0, row, 1, "", looks["centre"])
        sheet.write_string(row, 0, left, looks["centre"])
        sheet.merge_range(row, 2, row, 5, "", looks["centre"])
        sheet.write_string(row, 2, right, looks["centre"])
    return len(lines) + 1


def _text_sheet(book: Any, content: Content, signed: Signed, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Báo cáo")
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 5, 22)
    row = _heading(sheet, content, signed, looks)
    for words in (content.title, content.about):
        sheet.merge_range(row, 0, row, 5, "", looks["centre"])
        sheet.write_string(row, 0, words, looks["centre"])
        row += 1
    number = 0
    for block in content.blocks:
        sheet.merge_range(row, 0, row, 5, "", looks["text"])
        if block.kind is BlockKind.TABLE:
            number += 1
            sheet.write_string(row, 0, f"{block.text}: xem trang “Bảng {number}”", looks["text"])
        else:
            is_heading = block.kind is BlockKind.HEADING
            sheet.write_string(row, 0, block.text, looks["bold" if is_heading else "text"])
            sheet.set_row(row, 15 * (1 + len(block.text) // 130 + block.text.count("\n")))
        row += 1
    sheet.write_string(row + 1, 4, (signed.title or "Giám đốc").upper(), looks["centre"])
    sheet.write_string(row + 3, 4, signed.signer, looks["centre"])


def _table_sheet(
    book: Any, name: str, block: Block, content: Content, signed: Signed, looks: dict[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    for place, heading in enumerate(block.columns):
        longest = max([len(heading), *(len(str(row[place])) for row in block.rows)])
        sheet.set_column(place, place, min(max(longest + 2, 8), _WIDE))
    row = _heading(sheet, content, signed, looks)
    sheet.write_string(row, 0, block.text, looks["bold"])
    row += 1
    sheet.freeze_panes(row + 1, 0)
    for place, heading in enumerate(block.columns):
        sheet.write_string(row, place, heading, looks["bold"])
    for line, values in enumerate(block.rows, start=row + 1):
        for place, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(line, place, value, looks["number"])
            else:
                sheet.write_string(line, place, value, looks["text"])
