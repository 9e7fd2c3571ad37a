"""The board as a spreadsheet; numbers stay numbers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.kernel.sheets import Columns, OfficialBook

from .shown import Told

_WIDTHS = (5, 38, 11, 11, 11, 11, 11, 12, 20, 11, 16, 18, 12, 70)


def fill(
    book: OfficialBook,
    *,
    title: str,
    subtitle: str,
    rows: Sequence[Told],
    year: int,
    method: Sequence[str],
) -> None:
    """Write the title, the table, and how it is counted."""
    sheet = book.sheet(_("Chỉ tiêu"), widths=_WIDTHS, left=3, landscape=True)
    sheet.title(title.upper(), subtitle)
    sheet.table([Columns(names=_heading(year))], [_values(row) for row in rows], kept=2)
    sheet.notes(method)


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
