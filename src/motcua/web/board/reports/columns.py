"""The columns of report II.06a, in the words of the form, for screen, spreadsheet and paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motcua.steering.definitions.settlement import Settled
from motcua.web.words import Words


@dataclass(frozen=True, kw_only=True)
class Column:
    """A number of the report."""

    label: Words
    value: Callable[[Settled], int]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Columns under one heading."""

    label: Words
    columns: Sequence[Column]


GROUPS = (
    Group(
        label=_("Số hồ sơ nhận giải quyết"),
        columns=(
            Column(label=_("Tổng số"), value=lambda of: of.to_settle),
            Column(label=_("Mới nhận trực tuyến"), value=lambda of: of.received_online),
            Column(
                label=_("Mới nhận trực tiếp, bưu chính"), value=lambda of: of.received_otherwise
            ),
            Column(label=_("Từ kỳ trước"), value=lambda of: of.carried_in),
        ),
    ),
    Group(
        label=_("Số hồ sơ đã giải quyết"),
        columns=(
            Column(label=_("Tổng số"), value=lambda of: of.settled),
            Column(label=_("Trước hạn"), value=lambda of: of.settled_before),
            Column(label=_("Đúng hạn"), value=lambda of: of.settled_on),
            Column(label=_("Quá hạn"), value=lambda of: of.settled_after),
        ),
    ),
    Group(
        label=_("Số hồ sơ đang giải quyết"),
        columns=(
            Column(label=_("Tổng số"), value=lambda of: of.left),
            Column(label=_("Trong hạn"), value=lambda of: of.open_in_time),
            Column(label=_("Quá hạn"), value=lambda of: of.open_overdue),
        ),
    ),
)
COLUMNS = tuple(column for group in GROUPS for column in group.columns)


def values(figures: Settled) -> list[int]:
    """Return the numbers of a line, in the order of the columns."""
    return [column.value(figures) for column in COLUMNS]
