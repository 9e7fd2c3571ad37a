"""The tables of open data: the files and the data dictionary are both made of this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name in the file, and what it means."""

    key: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """A table: its name in addresses, the list it shows, and its columns."""

    key: str
    list: str
    words: Words
    columns: tuple[Column, ...]


def _columns(**words: Words) -> tuple[Column, ...]:
    return tuple(Column(key=key, words=said) for key, said in words.items())


_KEY = {"key": _("Khóa của dòng, dùng trong bảng đính chính")}
_AGENCY = {"agency_code": _("Mã cơ quan"), "agency": _("Tên cơ quan vào tháng công khai")}
_COUNTS = {
    "late": _("Số hồ sơ trễ hạn không có nguyên nhân khách quan"),
    "ended": _("Trong đó: giải quyết xong trong tháng nhưng trễ hạn"),
    "open": _("Trong đó: chưa xong và đã quá hạn vào cuối tháng"),
    "unexplained": _("Trong đó: chưa ghi nguyên nhân"),
    "apologised": _("Trong đó: đã xin lỗi và hẹn lại"),
    "worst_days": _("Số ngày trễ nhiều nhất, tính theo ngày lịch"),
    "median_days": _("Số ngày trễ ở giữa (trung vị)"),
}
_STRUCK = {"struck": _("Số của đính chính đã bỏ dòng này; trống: dòng còn hiệu lực")}

TABLES: tuple[OpenTable, ...] = (
    OpenTable(
        key="bo-chi-so-766",
        list="index",
        words=_("Điểm ước tính theo Quyết định 766"),
        columns=_columns(
            **_KEY,
            code=_("Mã cơ quan; trống: toàn thành phố"),
            name=_("Tên cơ quan"),
            points=_("Điểm ước tính, hai chữ số thập phân; trống: chưa có dữ liệu"),
            points_exact=_("Điểm ước tính, phân số đúng"),
            most=_("Điểm tối đa"),
            **_STRUCK,
        ),
    ),
    OpenTable(
        key="truc-tuyen",
        list="online",
        words=_("Hồ sơ trực tuyến và chỉ tiêu"),
        columns=_columns(
            **_KEY,
            code=_("Mã cơ quan; trống: toàn thành phố"),
            name=_("Tên cơ quan"),
            online=_("Số hồ sơ nộp trực tuyến"),
            received=_("Số hồ sơ tiếp nhận qua mọi kênh"),
            percent=_("Tỷ lệ phần trăm, một chữ số thập phân"),
            target_percent=_("Chỉ tiêu của kế hoạch, phần trăm"),
            **_STRUCK,
        ),
    ),
    OpenTable(
        key="co-quan-tre-han",
        list="agencies",
        words=_("Cơ quan có hồ sơ trễ hạn"),
        columns=_columns(**_KEY, **_AGENCY, **_COUNTS, **_STRUCK),
    ),
    OpenTable(
        key="don-vi-tre-han",
        list="units",
        words=_("Đơn vị có hồ sơ trễ hạn"),
        columns=_columns(**_KEY, **_AGENCY, unit=_("Tên đơn vị"), **_COUNTS, **_STRUCK),
    ),
    OpenTable(
        key="ca-nhan-tre-han",
        list="persons",
        words=_("Cá nhân được công khai theo quyết định"),
        columns=_columns(
            **_KEY,
            **_AGENCY,
            unit=_("Tên đơn vị"),
            name=_("Họ và tên; “đã gỡ tên” nếu tên đã được gỡ"),
            post=_("Chức danh"),
            **_COUNTS,
            **_STRUCK,
        ),
    ),
    OpenTable(
        key="nguyen-nhan-khach-quan",
        list="excused",
        words=_("Trễ hạn do nguyên nhân khách quan"),
        columns=_columns(
            **_KEY,
            **_AGENCY,
            cause=_("Mã nguyên nhân"),
            cause_name=_("Nguyên nhân"),
            dossiers=_("Số hồ sơ, không tính cho đơn vị hay cá nhân nào"),
            worst_days=_("Số ngày trễ nhiều nhất, tính theo ngày lịch"),
            **_STRUCK,
        ),
    ),
    OpenTable(
        key="ho-so",
        list="dossiers",
        words=_("Hồ sơ trễ hạn, mã đã che"),
        columns=_columns(
            **_AGENCY,
            unit=_("Đơn vị giữ hồ sơ vào lúc đến hạn; trống: chưa rõ"),
            code=_("Mã hồ sơ đã che ngày và số"),
            due_on=_("Ngày hẹn trả"),
            ended_on=_("Ngày giải quyết xong; trống: chưa xong vào cuối tháng"),
            days_late=_("Số ngày trễ đến ngày xong hoặc đến hết tháng"),
            cause=_("Mã nguyên nhân; trống: chưa ghi"),
            cause_name=_("Nguyên nhân"),
            apologised=_("1: đã xin lỗi và hẹn lại; 0: chưa"),
            action=_("Việc đã làm"),
        ),
    ),
    OpenTable(
        key="dinh-chinh",
        list="corrections",
        words=_("Đính chính"),
        columns=_columns(
            number=_("Số của đính chính"),
            issued_on=_("Ngày đính chính"),
            change=_("strike: bỏ dòng; restate: sửa số liệu; unname: gỡ tên"),
            target=_("Khóa của dòng"),
            target_name=_("Dòng nói về ai"),
            field=_("Cột được sửa"),
            former=_("Đã công khai là"),
            new=_("Nay đính chính là"),
            reason=_("Lý do"),
        ),
    ),
)


def table_with(key: str) -> OpenTable | None:
    """Return the table of that name, if there is one."""
    return next((table for table in TABLES if table.key == key), None)


def rows_of(table: OpenTable, view: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Yield the rows of a table, truths as 1 and 0, as a file holds them."""
    for row in view[table.list]:
        yield [_cell(row.get(column.key)) for column in table.columns]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value
