"""The board as a spreadsheet with the official head; numbers stay numbers."""

import tempfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from .shown import Told

_KEPT_IN_MEMORY = 1_000_000  # bytes
_WIDTHS = (5, 38, 11, 11, 11, 11, 11, 12, 20, 11, 16, 18, 12, 70)


def workbook(
    *,
    agency: str,
    title: str,
    subtitle: str,
    rows: Sequence[Told],
    year: int,
    method: Sequence[str],
) -> Any:
    """Return an open file: agency left, nation right, the title, the table, how it is counted."""
    file = tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY)  # noqa: SIM115 - the response's
    book = xlsxwriter.Workbook(
        file,
        # What people named stays text, also when it looks like a formula or an address.
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet(_("Chỉ tiêu"))
    centre = book.add_format({"bold": True, "align": "center", "text_wrap": True})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    )
    cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    number = book.add_format({"border": 1, "valign": "top", "num_format": "#,##0"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    last = len(_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, 2, agency.upper(), centre)
    sheet.merge_range(0, 7, 0, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", centre)
    sheet.merge_range(1, 7, 1, last, "Độc lập - Tự do - Hạnh phúc", centre)
    sheet.merge_range(3, 0, 3, last, title.upper(), centre)
    sheet.merge_range(4, 0, 4, last, subtitle, book.add_format({"align": "center"}))
    top = 6
    for column, words in enumerate(_heading(year)):
        sheet.write_string(top, column, words, head)
    sheet.freeze_panes(top + 1, 2)
    for line, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(_values(row)):
            if isinstance(value, int):
                sheet.write_number(line, column, value, number)
            else:
                sheet.write_string(line, column, value, cell)
    for line, words in enumerate(method, start=top + len(rows) + 2):
        sheet.write_string(line, 0, words)
    book.close()
    file.seek(0)
    return file


def _heading(year: int) -> list[str]:
    return [
        _("TT"),
        _("Cơ quan"),
        _("Năm %(year)d") % {"year": year - 1},
        _("Chỉ tiêu %(year)d") % {"year": year},
        _("Trực tuyến"),
        _("Tiếp nhận"),
        _("Đã đạt"),
        _("Chênh lệch (điểm)"),
        _("Xu hướng"),
        _("Dự báo cuối năm"),
        _("Khoảng dự báo"),
        _("Nhận định"),
        _("Cần nộp thêm"),
        _("Thủ tục đổi được nhiều nhất"),
    ]


def _values(row: Told) -> list[int | str]:
    online, received = row.counted.replace(".", "").split("/")
    return [
        row.number or "",
        row.name,
        row.baseline,
        row.target,
        int(online),
        int(received),
        row.actual,
        row.gap,
        row.trend,
        row.forecast,
        row.bounds,
        str(row.outlook.words),
        row.still,
        "; ".join(f"{each.name}: {each.not_online}, {each.gain}" for each in row.payoffs),
    ]
