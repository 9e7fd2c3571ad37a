"""The report as XLSX: a sheet of text, and a sheet for each of its tables."""

import io
from datetime import UTC

from motcua.kernel.sheets import Columns, Letterhead, OfficialBook
from motcua.plans.definitions.reports import Block, BlockKind, Content

from .signed import Signed

_WIDE = 60
_TEXT_WIDTHS = (32, 22, 22, 22, 22, 22)


def xlsx(content: Content, signed: Signed) -> bytes:
    """Return the report as XLSX. What people typed is text in it and is never calculated."""
    written = io.BytesIO()
    letterhead = Letterhead(
        agency_above=content.agency_above,
        agency=content.agency,
        number=signed.number_words,
        place_and_day=f"{content.place}, {signed.day_words}",
    )
    properties = {
        "title": content.about[:250],
        "author": content.agency,
        "created": signed.at.astimezone(UTC).replace(microsecond=0, tzinfo=None),
    }
    with OfficialBook(written, letterhead, properties=properties) as book:
        _text_sheet(book, content, signed)
        tables = [block for block in content.blocks if block.kind is BlockKind.TABLE]
        for number, block in enumerate(tables, start=1):
            _table_sheet(book, f"Bảng {number}", block)
    return written.getvalue()


def _text_sheet(book: OfficialBook, content: Content, signed: Signed) -> None:
    sheet = book.sheet("Báo cáo", widths=_TEXT_WIDTHS, left=2)
    sheet.title(content.title, content.about)
    number = 0
    for block in content.blocks:
        if block.kind is BlockKind.TABLE:
            number += 1
            sheet.paragraph(f"{block.text}: xem trang “Bảng {number}”")
        else:
            sheet.paragraph(block.text, bold=block.kind is BlockKind.HEADING)
    sheet.signature(signed.title or "Giám đốc", signed.signer)


def _table_sheet(book: OfficialBook, name: str, block: Block) -> None:
    sheet = book.sheet(name, widths=_widths(block), left=2, landscape=True)
    sheet.title(block.text)
    sheet.table([Columns(names=block.columns)], block.rows)


def _widths(block: Block) -> list[int]:
    longest = [
        max([len(heading), *(len(str(row[place])) for row in block.rows)])
        for place, heading in enumerate(block.columns)
    ]
    return [min(max(letters + 2, 8), _WIDE) for letters in longest]
