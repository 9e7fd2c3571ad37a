"""A publication as people read it, the same before the approvers and before everybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.disclosure.definitions import Change, is_excused
from motcua.kernel.money import grouped

from . import words
from .words import Words

# What the columns of figures are called, on pages and where one is corrected.
FIELD_NAMES: Mapping[str, Words] = {
    "late": gettext_lazy("Trễ hạn"),
    "ended": gettext_lazy("Đã xong"),
    "open": gettext_lazy("Chưa xong"),
    "unexplained": gettext_lazy("Chưa rõ"),
    "apologised": gettext_lazy("Đã xin lỗi"),
    "worst_days": gettext_lazy("Trễ nhất"),
    "median_days": gettext_lazy("Trung vị"),
    "dossiers": gettext_lazy("Số hồ sơ"),
    "points": gettext_lazy("Điểm ước tính"),
    "online": gettext_lazy("Trực tuyến"),
    "received": gettext_lazy("Đã tiếp nhận"),
}
_LATE = ("late", "ended", "open", "unexplained", "apologised", "worst_days", "median_days")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure; where it was corrected, the former one and the number of the correction."""

    label: str
    words: str
    former: str = ""
    correction: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a list: whom it is about, its figures, and what is said beside it."""

    name: str
    beside: str = ""
    cells: Sequence[Cell] = ()
    struck: int | None = None  # the number of the correction that struck it
    notes: Sequence[str] = ()
    replies: Sequence[Mapping[str, Any]] = ()
    agency_code: str = ""  # whose dossiers stand on a page of their own


@dataclass(frozen=True, kw_only=True)
class Section:
    """A list, or the sentence that stands where there is none."""

    id: str
    title: str
    lead: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Row] = ()
    none: str = ""


@dataclass(frozen=True, kw_only=True)
class Trail:
    """A correction, in words."""

    number: int
    issued_on: str
    words: str
    former: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A whole publication."""

    month: str  # 8/2024
    drafted_on: str
    results: Sequence[Section]
    late: Sequence[Section]
    without: Sequence[str]
    trail: Sequence[Trail]
    has_points: bool


def month_words(month: date) -> str:
    """Return a month as people write it: "8/2024"."""
    return f"{month.month}/{month.year}"


def shown(view: Mapping[str, Any]) -> Shown:
    """Return the view of the frozen content in sections."""
    return Shown(
        month=month_words(date.fromisoformat(f"{view['month']}-01")),
        drafted_on=words.day(view["drafted_on"]),
        results=[_index(view), _online(view)],
        late=[
            _late(
                view["agencies"],
                id="co-quan",
                title=_("Cơ quan có hồ sơ trễ hạn"),
                lead=_(
                    "Đã xong: xong trong tháng nhưng trễ. Chưa xong: đã quá hạn khi hết tháng. "
                    "Chưa rõ: chưa ghi nguyên nhân. Trễ nhất, trung vị: tính bằng ngày."
                ),
                none=_("Không có cơ quan nào để hồ sơ trễ hạn trong tháng này."),
                name=lambda row: (row["agency"], ""),
            ),
            _late(
                view["units"],
                id="don-vi",
                title=_("Đơn vị có hồ sơ trễ hạn"),
                none=_("Không có đơn vị nào được xác định để hồ sơ trễ hạn."),
                name=lambda row: (row["unit"], row["agency"]),
            ),
            _late(
                view["persons"],
                id="ca-nhan",
                title=_("Cá nhân được công khai theo quyết định"),
                none=_("Không có cá nhân nào được công khai tên trong tháng này."),
                name=lambda row: (
                    row["name"],
                    ", ".join(part for part in (row["post"], row["unit"], row["agency"]) if part),
                ),
            ),
            _excused(view),
        ],
        without=view["agencies_without"],
        trail=[_trail(each) for each in view["corrections"]],
        has_points=bool(view["index"]),
    )


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The late dossiers of an agency, codes masked, the longest late first."""

    counted: Sequence[Mapping[str, Any]]
    excused: Sequence[Mapping[str, Any]]  # late by a cause that lies elsewhere


def evidence_of(view: Mapping[str, Any], agency_code: str) -> Evidence:
    """Return what is behind the lines of an agency, what is not counted against it apart."""
    found = sorted(
        (each for each in view["dossiers"] if each["agency_code"] == agency_code),
        key=lambda each: -each["days_late"],
    )
    return Evidence(
        counted=[each for each in found if not is_excused(each["cause"])],
        excused=[each for each in found if is_excused(each["cause"])],
    )


def said(value: object) -> str:
    """Return a figure as Vietnamese writes it: 1.234, 29,7; a dash where there are no data."""
    if isinstance(value, int):
        return grouped(value)
    return "–" if value is None else str(value).replace(".", ",")


def _index(view: Mapping[str, Any]) -> Section:
    groups = [group["name"] for group in view["index"][0]["groups"]] if view["index"] else []
    columns = [_("Điểm ước tính"), _("Tối đa"), *groups]
    return Section(
        id="bo-chi-so",
        title=_("Kết quả theo Bộ chỉ số 766"),
        lead=_(
            "Điểm ước tính của thành phố. Điểm chính thức là điểm trên Cổng Dịch vụ công quốc gia."
        ),
        columns=columns,
        none=_("Chưa có điểm ước tính cho tháng này."),
        rows=[
            Row(
                name=row["name"],
                struck=row["struck"],
                cells=[
                    _cell(row, "points", columns[0]),
                    Cell(label=columns[1], words=said(row["most"])),
                    *(
                        Cell(label=group["name"], words=said(group["points"]))
                        for group in row["groups"]
                    ),
                ],
            )
            for row in view["index"]
        ],
    )


def _online(view: Mapping[str, Any]) -> Section:
    columns = [_("Trực tuyến"), _("Đã tiếp nhận"), _("Tỷ lệ (%)"), _("Chỉ tiêu (%)")]
    return Section(
        id="truc-tuyen",
        title=_("Hồ sơ trực tuyến"),
        columns=columns,
        none=_("Chưa có số liệu hồ sơ trực tuyến cho tháng này."),
        rows=[
            Row(
                name=row["name"],
                struck=row["struck"],
                cells=[
                    _cell(row, "online", columns[0]),
                    _cell(row, "received", columns[1]),
                    Cell(label=columns[2], words=said(row["percent"])),
                    Cell(label=columns[3], words=said(row["target_percent"])),
                ],
            )
            for row in view["online"]
        ],
    )


def _late(
    rows: Sequence[Mapping[str, Any]],
    *,
    id: str,  # noqa: A002 - the section's anchor
    title: str,
    none: str,
    lead: str = "",
    name: Callable[[Mapping[str, Any]], tuple[str, str]],
) -> Section:
    columns = {key: str(FIELD_NAMES[key]) for key in _LATE}
    shown_rows = []
    for row in rows:
        first, beside = name(row)
        shown_rows.append(
            Row(
                name=first,
                beside=beside,
                cells=[_cell(row, key, label) for key, label in columns.items()],
                struck=row["struck"],
                notes=_notes(row),
                replies=[{**each, "on": words.day(each["on"])} for each in row["replies"]],
                agency_code=row["agency_code"],
            )
        )
    return Section(
        id=id, title=title, lead=lead, none=none, columns=list(columns.values()), rows=shown_rows
    )


def _notes(row: Mapping[str, Any]) -> list[str]:
    notes = []
    if row["amended"]:
        notes.append(
            _("Đếm được %(before)s, điều chỉnh sau phản hồi: %(reason)s")
            % {"before": row["amended"]["late_before"], "reason": row["amended"]["reason"]}
        )
    if row.get("naming_reason"):
        notes.append(_("Quyết định công khai: %(reason)s") % {"reason": row["naming_reason"]})
    if row.get("dossiers"):
        notes.append(_("Hồ sơ: %(codes)s") % {"codes": ", ".join(row["dossiers"])})
    return notes


def _excused(view: Mapping[str, Any]) -> Section:
    columns = [_("Nguyên nhân"), _("Số hồ sơ"), _("Trễ nhất")]
    return Section(
        id="khach-quan",
        title=_("Trễ hạn do nguyên nhân khách quan"),
        lead=_("Không tính cho đơn vị hay cá nhân nào."),
        columns=columns,
        none=_("Không có hồ sơ nào trễ hạn do nguyên nhân khách quan."),
        rows=[
            Row(
                name=row["agency"],
                struck=row["struck"],
                cells=[
                    Cell(label=columns[0], words=row["cause_name"]),
                    _cell(row, "dossiers", columns[1]),
                    _cell(row, "worst_days", columns[2]),
                ],
            )
            for row in view["excused"]
        ],
    )


def _cell(row: Mapping[str, Any], key: str, label: str) -> Cell:
    restated = row["restated"].get(key)
    if restated is None:
        return Cell(label=label, words=said(row[key]))
    return Cell(
        label=label,
        words=said(row[key]),
        former=said(restated["former"]),
        correction=restated["number"],
    )


def _trail(each: Mapping[str, Any]) -> Trail:
    change = Change(each["change"])
    about = each["target_name"]
    if change is Change.STRIKE:
        told = _("Bỏ dòng: %(about)s") % {"about": about}
    elif change is Change.UNNAME:
        told = _("Gỡ tên cá nhân: %(about)s") % {"about": about}
    else:
        told = f"{about}: {FIELD_NAMES[each['field']]}"
    return Trail(
        number=each["number"],
        issued_on=words.day(each["issued_on"]),
        words=told,
        former=said(each["former"]) if change is Change.RESTATE else "",
        new=said(each["new"]) if change is Change.RESTATE else "",
        reason=each["reason"],
    )
