"""
A procedure of the national portal in the words of its page: information, nothing to file here.

What was not read stands there in its original words. "Miễn phí" in that source often means that
the amount is not set nationally, so it is never shown as an amount of nought.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.kernel import money
from motcua.procedures.definitions import Channel
from motcua.procedures.definitions.national import (
    Mark,
    NationalChannel,
    NationalComponent,
    NationalFee,
    NationalLimit,
    NationalProcedure,
    TimeUnit,
)
from motcua.web.elsewhere import on_national_portal

from . import shown
from .leaflet import Fact, Leaflet, Papers, sheet

# One text of the source: the longest would make a page that a telephone waits for.
LETTERS_MOST = 12_000
NAME_LETTERS_MOST = 120
HEADING, HEADING_OF_A_LONG_NAME = "govuk-heading-xl", "govuk-heading-m"
LEVELS = {
    "ministry": gettext_lazy("Bộ, cơ quan trung ương"),
    "province": gettext_lazy("Cơ quan cấp tỉnh, thành phố"),
    "district": gettext_lazy("Cơ quan cấp quận, huyện"),
    "commune": gettext_lazy("Cơ quan cấp phường, xã"),
    "other": gettext_lazy("Cơ quan khác"),
}
CHANNELS = {
    Channel.ONLINE: gettext_lazy("Nộp trực tuyến"),
    Channel.DIRECT: gettext_lazy("Nộp trực tiếp"),
    Channel.POST: gettext_lazy("Gửi qua bưu điện"),
}
# What the source calls the columns in which each of these fields stands.
ORIGINALS = {
    "level": ("cap_thuc_hien", gettext_lazy("Cấp thực hiện")),
    "audience": ("doi_tuong_thuc_hien", gettext_lazy("Đối tượng")),
    "agency": ("co_quan_thuc_hien", gettext_lazy("Cơ quan thực hiện")),
    "channels": ("cach_thuc_thuc_hien", gettext_lazy("Cách nộp, thời hạn, phí")),
    "time": ("cach_thuc_thuc_hien", gettext_lazy("Cách nộp, thời hạn, phí")),
    "fees": ("cach_thuc_thuc_hien", gettext_lazy("Cách nộp, thời hạn, phí")),
    "components": ("thanh_phan_ho_so", gettext_lazy("Thành phần hồ sơ")),
    "legal_bases": ("can_cu_phap_ly", gettext_lazy("Căn cứ pháp lý")),
    "results": ("ket_qua_xu_ly", gettext_lazy("Kết quả")),
    "steps": ("trinh_tu_thuc_hien", gettext_lazy("Trình tự thực hiện")),
    "conditions": ("yeu_cau_dieu_kien", gettext_lazy("Yêu cầu, điều kiện")),
}


def procedure_page(procedure: NationalProcedure, original: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that the page of a national procedure shows; `original` is its source."""
    return {
        "procedure": procedure,
        "heading": HEADING if len(procedure.name) <= NAME_LETTERS_MOST else HEADING_OF_A_LONG_NAME,
        "portal_url": on_national_portal(procedure.code),
        "online": Channel.ONLINE in procedure.filed_by,
        "facts": facts(procedure),
        "ways": _ways(procedure.channels),
        "papers": _papers(procedure.components),
        "steps": _text(procedure.steps),
        "conditions": _text(procedure.conditions),
        "originals": _originals(procedure, original),
    }


def facts(procedure: NationalProcedure) -> tuple[Fact, ...]:
    """Return the four things that people ask first."""
    limits = {time_words(limit) for row in procedure.channels for limit in row.limits}
    fees = {fee_words(fee) for row in procedure.channels for fee in row.fees}
    return (
        Fact("clock", shown.HEADINGS["time"], *_one_of(limits, unread_of(procedure, "time"))),
        Fact("money", shown.HEADINGS["fee"], *_one_of(fees, unread_of(procedure, "fees"))),
        Fact("pin", shown.HEADINGS["where"], settled_by(procedure)),
        Fact("shield", shown.HEADINGS["level"], *_online(procedure)),
    )


def settled_by(procedure: NationalProcedure) -> str:
    """Return who settles: the agency as printed, or its levels."""
    levels = ", ".join(str(LEVELS.get(level, level)) for level in procedure.levels)
    return procedure.agency or levels or _("Chưa ghi cơ quan thực hiện")


def time_words(limit: NationalLimit) -> str:
    """Return a time as printed; one without a unit says so."""
    n = 1 if limit.amount == "1" else 2
    words = {
        TimeUnit.MINUTE: ngettext("%(n)s phút", "%(n)s phút", n),
        TimeUnit.HOUR: ngettext("%(n)s giờ", "%(n)s giờ", n),
        TimeUnit.WORKING_HOUR: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n),
        TimeUnit.WORKING_DAY: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n),
        TimeUnit.DAY: ngettext("%(n)s ngày", "%(n)s ngày", n),
        TimeUnit.WEEK: ngettext("%(n)s tuần", "%(n)s tuần", n),
        TimeUnit.MONTH: ngettext("%(n)s tháng", "%(n)s tháng", n),
        TimeUnit.YEAR: ngettext("%(n)s năm", "%(n)s năm", n),
        TimeUnit.NOT_STATED: _("%(n)s (nguồn không ghi đơn vị)"),
    }
    return words[TimeUnit(limit.unit)] % {"n": limit.amount.replace(".", ",")}


def fee_words(fee: NationalFee) -> str:
    """Return what a fee costs as printed; without an amount, that none is stated."""
    if fee.amount_dong:
        amount = money.format_dong(fee.amount_dong)
    elif fee.amount_dong is None and fee.amount and fee.currency != "VND":
        amount = f"{fee.amount} {fee.currency}".strip()
    else:
        return _("Chưa ghi mức thu cụ thể")
    return f"{amount}/{fee.per}" if fee.per else amount


def leaflet_of(procedure: NationalProcedure) -> Leaflet:
    """Return the sheet of a procedure that is settled elsewhere."""
    return sheet(
        code=procedure.code,
        name=procedure.name,
        field_name=procedure.field,
        facts=facts(procedure),
        papers=[
            Papers(of=group, names=tuple(dict.fromkeys(_named(paper) for paper in members)))
            for group, members in _by_group(procedure.components)
        ],
        who=procedure.audience,
        ways=[words for channel, words in CHANNELS.items() if channel in procedure.filed_by],
        note=_(
            "Thông tin từ Cơ sở dữ liệu quốc gia về thủ tục hành chính. "
            "Thủ tục này chưa nộp được trên trang Một cửa Cần Thơ."
        ),
    )


def unread_of(procedure: NationalProcedure, field: str) -> str:
    """Return what to say where a field has no value: nothing is printed, or it was not read."""
    if procedure.marks[field] is Mark.ABSENT:
        return _("Nguồn không ghi")
    return str(shown.SEE_ORIGINAL)


def _one_of(words: set[str], otherwise: str) -> tuple[str, str]:
    if not words:
        return otherwise, ""
    if len(words) == 1:
        return words.pop(), ""
    return _("Tùy trường hợp"), str(shown.SEE_WAYS)


def _online(procedure: NationalProcedure) -> tuple[str, str]:
    if Channel.ONLINE in procedure.filed_by:
        return _("Nộp trên Cổng dịch vụ công quốc gia"), _("Chưa nộp được ở đây.")
    if not procedure.channels:
        return unread_of(procedure, "channels"), ""
    return _("Không nộp được trên mạng"), ""


def _ways(rows: Iterable[NationalChannel]) -> list[dict[str, Any]]:
    """Return each way of filing once, with its variants."""
    ways = []
    for channel, words in CHANNELS.items():
        variants = [
            {
                "times": [time_words(limit) for limit in row.limits],
                "fees": [{"words": fee_words(fee), "note": fee.note} for fee in row.fees],
                "note": row.note,
            }
            for row in rows
            if row.channel == channel
        ]
        if variants:
            ways.append({"words": words, "variants": variants})
    return ways


def _by_group(
    components: Iterable[NationalComponent],
) -> list[tuple[str, list[NationalComponent]]]:
    return [(group, list(members)) for group, members in groupby(components, key=lambda c: c.group)]


def _papers(components: Iterable[NationalComponent]) -> list[dict[str, Any]]:
    return [
        {
            "group": group,
            "papers": [
                {"name": _named(paper), "form": paper.form, "counts": _counts(paper)}
                for paper in members
            ],
        }
        for group, members in _by_group(components)
    ]


def _named(paper: NationalComponent) -> str:
    """Return the name without the dash or star it is listed with in the source."""
    return paper.name.lstrip("-+*•· ") or paper.name


def _counts(paper: NationalComponent) -> str:
    counts = []
    if paper.originals:
        counts.append(_("%d bản chính") % paper.originals)
    if paper.copies:
        counts.append(_("%d bản sao") % paper.copies)
    return ", ".join(counts)


def _text(words: str) -> dict[str, Any]:
    """Return a long text by its lines, and whether some of it had to stay in the source."""
    kept = words[:LETTERS_MOST]
    return {
        "lines": [line for line in kept.splitlines() if line.strip()],
        "left_out": len(words) > LETTERS_MOST,
    }


def _originals(
    procedure: NationalProcedure, original: Mapping[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """Return the source's own words of every field that was not read in full, each once."""
    keys = {
        ORIGINALS[field][0]: str(ORIGINALS[field][1])
        for field in procedure.gaps
        if field in ORIGINALS
    }
    return [
        (words, _text(printed))
        for key, words in keys.items()
        if (printed := str(original.get(key) or ""))
    ]
