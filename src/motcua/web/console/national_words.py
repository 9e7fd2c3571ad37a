"""How a national record is put into words: fields, marks, and what was read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.kernel import money
from motcua.procedures.definitions import (
    FIELDS,
    Difference,
    Mark,
    NationalChannel,
    NationalComponent,
    NationalFee,
    NationalLimit,
    NationalProcedure,
    TimeUnit,
)
from motcua.procedures.definitions.national import SOURCES
from motcua.procedures.models import NationalRecord
from motcua.web.words import Badge, Words

FIELD_WORDS: dict[str, Words] = {
    "name": gettext_lazy("Tên thủ tục"),
    "field": gettext_lazy("Lĩnh vực"),
    "level": gettext_lazy("Cấp thực hiện"),
    "audience": gettext_lazy("Đối tượng thực hiện"),
    "agency": gettext_lazy("Cơ quan thực hiện"),
    "decision": gettext_lazy("Số quyết định công bố"),
    "channels": gettext_lazy("Hình thức nộp"),
    "time": gettext_lazy("Thời hạn giải quyết"),
    "fees": gettext_lazy("Phí, lệ phí"),
    "components": gettext_lazy("Thành phần hồ sơ"),
    "legal_bases": gettext_lazy("Căn cứ pháp lý"),
    "results": gettext_lazy("Kết quả"),
    "steps": gettext_lazy("Trình tự thực hiện"),
    "conditions": gettext_lazy("Yêu cầu, điều kiện"),
}
MARK_BADGES = {
    Mark.READ: Badge(words=gettext_lazy("Đọc được"), tone="ontime"),
    Mark.PARTLY: Badge(words=gettext_lazy("Đọc được một phần"), tone="sun"),
    Mark.UNREAD: Badge(words=gettext_lazy("Chưa đọc được"), tone="overdue"),
    Mark.ABSENT: Badge(words=gettext_lazy("Nguồn không nêu")),
}
_CHANNELS: dict[str, Words] = {
    "online": gettext_lazy("Trực tuyến"),
    "post": gettext_lazy("Dịch vụ bưu chính"),
    "direct": gettext_lazy("Trực tiếp"),
}
_UNITS: dict[str, Words] = {
    TimeUnit.MINUTE: gettext_lazy("phút"),
    TimeUnit.HOUR: gettext_lazy("giờ"),
    TimeUnit.WORKING_HOUR: gettext_lazy("giờ làm việc"),
    TimeUnit.WORKING_DAY: gettext_lazy("ngày làm việc"),
    TimeUnit.DAY: gettext_lazy("ngày"),
    TimeUnit.WEEK: gettext_lazy("tuần"),
    TimeUnit.MONTH: gettext_lazy("tháng"),
    TimeUnit.YEAR: gettext_lazy("năm"),
    TimeUnit.NOT_STATED: gettext_lazy("(nguồn không nêu đơn vị)"),
}
_LEVELS: dict[str, Words] = {
    "ministry": gettext_lazy("Cấp bộ"),
    "province": gettext_lazy("Cấp tỉnh"),
    "district": gettext_lazy("Cấp huyện"),
    "commune": gettext_lazy("Cấp xã"),
    "other": gettext_lazy("Cơ quan khác"),
}


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """A field: how far it was read, what was read, and the text it was read from."""

    key: str
    label: Words
    badge: Badge
    lines: tuple[str, ...]
    original: str


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A text that the portal changed."""

    label: Words
    before: str
    after: str


def field_rows(record: NationalRecord) -> list[FieldRow]:
    """Return the fields of a record, in the order of the portal."""
    read = NationalProcedure.of(record.code, record.reading)
    return [
        FieldRow(
            key=name,
            label=FIELD_WORDS[name],
            badge=MARK_BADGES[read.marks[name]],
            lines=tuple(_lines(name, read)),
            original=_text(record, SOURCES[name]),
        )
        for name in FIELD_WORDS
    ]


def change_rows(published: NationalRecord, pending: NationalRecord) -> list[ChangeRow]:
    """Return the texts that differ, those without a field under their own key."""
    labels = {key: FIELD_WORDS[name] for name, key in reversed(SOURCES.items())}
    labels[SOURCES["channels"]] = FIELD_WORDS["channels"]
    keys = [*labels, *sorted((published.original.keys() | pending.original.keys()) - labels.keys())]
    return [
        ChangeRow(label=labels.get(key, key), before=before, after=after)
        for key in keys
        if (before := _text(published, key)) != (after := _text(pending, key))
    ]


def difference_label(difference: Difference) -> str:
    """Return what a difference is about: "Thời hạn giải quyết, Trực tuyến"."""
    label = str(FIELD_WORDS[difference.field])
    channel = _CHANNELS.get(difference.about)
    return f"{label}, {channel}" if channel else label


def gap_words(gaps: list[str]) -> str:
    """Return the fields that were not wholly read, as a list."""
    return ", ".join(str(FIELD_WORDS[name]) for name in FIELDS if name in gaps)


def _text(record: NationalRecord, key: str) -> str:
    value = record.original.get(key, "")
    return value if isinstance(value, str) else str(value)


def _lines(name: str, read: NationalProcedure) -> Iterator[str]:
    match name:
        case "channels":
            yield from dict.fromkeys(str(_CHANNELS[row.channel]) for row in read.channels)
        case "time":
            yield from (_of_channel(row, _limit(x)) for row in read.channels for x in row.limits)
        case "fees":
            yield from (_of_channel(row, _fee(fee)) for row in read.channels for fee in row.fees)
        case "components":
            yield from (_component(component) for component in read.components)
        case "legal_bases":
            yield from (f"{basis.number}: {basis.name or '…'}" for basis in read.legal_bases)
        case "results":
            yield from (f"{result.code or '…'}: {result.name or '…'}" for result in read.results)
        case "level":
            yield from (str(_LEVELS.get(level, level)) for level in read.levels)
        case "audience":
            yield from read.audience
        case _:
            yield from getattr(read, name).splitlines()


def _of_channel(row: NationalChannel, said: str) -> str:
    return f"{_CHANNELS[row.channel]}: {said}"


def _limit(limit: NationalLimit) -> str:
    return f"{limit.amount} {_UNITS[limit.unit]}"


def _fee(fee: NationalFee) -> str:
    amount = fee.printed if fee.amount_dong is None else money.format_dong(fee.amount_dong)
    per = f"/{fee.per}" if fee.per else ""
    note = f" ({fee.note})" if fee.note else ""
    return f"{amount}{per}{note}"


def _component(component: NationalComponent) -> str:
    counts = (
        _("%(originals)d bản chính, %(copies)d bản sao")
        % {"originals": component.originals, "copies": component.copies}
        if component.originals is not None
        else _("không rõ số bản")
    )
    group = f"{component.group} " if component.group else ""
    form = f" [{component.form}]" if component.form else ""
    return f"{group}{component.name}{form} ({counts})"
