"""How the index is said: numbers with a comma, states in words, sums that open their dossiers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.kernel.money import grouped
from motcua.steering.definitions import Measure
from motcua.steering.definitions.index766 import (
    CriterionScore,
    GroupScore,
    Quantity,
    State,
    Sum,
    rounded,
)
from motcua.steering.queries.index766 import can_list
from motcua.web.words import Words

from .asked import Asked

Q, M = Quantity, Measure

# What each sum of dossiers is called, the measure it lists, and whether parts belong to it.
LISTED: Mapping[Quantity, tuple[Words, Measure, bool]] = {
    Q.RECEIVED: (gettext_lazy("Hồ sơ tiếp nhận"), M.RECEIVED, False),
    Q.ONLINE: (gettext_lazy("Hồ sơ nộp trực tuyến"), M.ONLINE, False),
    Q.ONLINE_COMPLETE: (
        gettext_lazy("Hồ sơ trực tuyến có kết quả điện tử"), M.ONLINE_COMPLETE, False,
    ),
    Q.SYNCED: (gettext_lazy("Hồ sơ đã đồng bộ"), M.SYNCED, False),
    Q.RESULT_DUE: (gettext_lazy("Hồ sơ đã có kết quả là giấy tờ"), M.RESULT_DUE, False),
    Q.RESULT_ELECTRONIC: (
        gettext_lazy("Hồ sơ có kết quả điện tử"), M.RESULT_ELECTRONIC, False,
    ),
    Q.DIGITISED: (gettext_lazy("Hồ sơ đã số hóa"), M.DIGITISED, False),
    Q.REUSED: (gettext_lazy("Hồ sơ dùng lại dữ liệu"), M.REUSED, False),
    Q.SHARED: (gettext_lazy("Hồ sơ lấy giấy tờ từ kho quốc gia"), M.SHARED, False),
    Q.CITIZEN_DATA: (gettext_lazy("Hồ sơ dùng dữ liệu dân cư"), M.CITIZEN_DATA, False),
    Q.FEE_DUE: (gettext_lazy("Hồ sơ phải nộp phí, lệ phí"), M.FEE_DUE, False),
    Q.PAID_ONLINE: (gettext_lazy("Hồ sơ thanh toán trực tuyến"), M.PAID_ONLINE, False),
    Q.LATE: (gettext_lazy("Hồ sơ trễ hạn"), M.LATE, False),
    Q.UNHAPPY: (
        gettext_lazy("Hồ sơ có phản ánh hoặc không hài lòng"), M.UNHAPPY, False,
    ),
    Q.WORK_ENDED: (gettext_lazy("Hồ sơ xử lý xong"), M.ENDED, True),
    Q.WORK_ENDED_LATE: (gettext_lazy("Hồ sơ xử lý xong nhưng trễ hạn"), M.ENDED_LATE, True),
    Q.WORK_OPEN: (gettext_lazy("Hồ sơ đang xử lý"), M.OPEN, True),
    Q.WORK_OVERDUE: (gettext_lazy("Hồ sơ đang xử lý đã quá hạn"), M.OVERDUE, True),
}  # fmt: skip
# The group below which criterion 2.2 is told, which is no ratio and has no line of its own.
TIMED = "PROGRESS"
# Which part of a criterion's list is asked for: what the numerator counts, or all of it.
LISTING, COUNTED = "phan", "duoc-tinh"
STATES: Mapping[State, Words] = {
    State.COUNTED: "",
    State.EMPTY: gettext_lazy("Không phát sinh"),
    State.NO_DATA: gettext_lazy("Chưa có dữ liệu, tạm tính 0 điểm"),
    State.NOT_APPLICABLE: gettext_lazy("Không áp dụng ở cấp này, được điểm tối đa"),
    State.INFORMATION: gettext_lazy("Chỉ để biết, không tính điểm"),
}


@dataclass(frozen=True, kw_only=True)
class Term:
    """A number in a sum, and the list of what it counts."""

    sign: str  # "", + or −
    number: str
    name: Words
    href: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A criterion as it is read."""

    number: str
    name: str
    code: str
    formula: str
    above: tuple[Term, ...]
    below: tuple[Term, ...]
    numerator: str
    denominator: str
    factor: tuple[Term, ...]  # of the second ratio, its upper and lower sum; empty: none
    ratio: str
    points: str
    max: int
    state: Words
    is_unknown: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group of criteria as it is read."""

    key: str
    number: str
    name: str
    points: str
    max: int
    known_max: int
    lines: tuple[Line, ...]
    times: str  # where the average time of settlement is told; empty in other groups


def decimal(value: Fraction) -> str:
    """Return it with two decimals, halves up, and a comma."""
    return f"{rounded(value):.2f}".replace(".", ",")


def per_cent(ratio: Fraction | None) -> str:
    """Return a ratio as "29,70 %", or a dash where there is none."""
    return "–" if ratio is None else f"{decimal(ratio * 100)} %"


def count(number: int | None) -> str:
    """Return a count as "1.022", or a dash where nobody counts."""
    return "–" if number is None else grouped(number)


def sections(asked: Asked, groups: Iterable[GroupScore]) -> list[Section]:
    """Return the groups as they are read."""
    amounts = asked.figures.amounts(asked.subject)
    times = f"{reverse('board:index766-times')}?{asked.query()}"
    return [
        Section(
            key=f"nhom-{group.group.number}",
            number=group.group.number,
            name=group.group.name,
            points=decimal(group.points),
            max=group.max,
            known_max=group.known_max,
            lines=tuple(_line(asked, each, amounts) for each in group.criteria),
            times=times if group.group.code == TIMED else "",
        )
        for group in groups
    ]


def criterion_line(asked: Asked, score: CriterionScore) -> Line:
    """Return a criterion as it is read."""
    return _line(asked, score, asked.figures.amounts(asked.subject))


def _line(asked: Asked, score: CriterionScore, amounts: Mapping[Quantity, int | None]) -> Line:
    criterion = score.criterion
    whole = part = ""
    if can_list(criterion):
        page = reverse("board:index766-listing", args=[criterion.code])
        whole = f"{page}?{asked.query()}"
        part = f"{page}?{asked.query(**{LISTING: COUNTED})}"
    factor: tuple[Term, ...] = ()
    if criterion.factor is not None and score.factor is not None:
        above, below = criterion.factor
        factor = (*_terms(asked, above, amounts), *_terms(asked, below, amounts))
    return Line(
        number=criterion.number,
        name=criterion.name,
        code=criterion.code,
        formula=criterion.formula,
        above=_terms(asked, criterion.numerator, amounts, listing=part),
        below=_terms(asked, criterion.denominator, amounts, listing=whole),
        numerator=count(score.numerator),
        denominator=count(score.denominator),
        factor=factor,
        ratio=per_cent(score.ratio),
        points=decimal(score.points),
        max=criterion.max,
        state=STATES[score.state],
        is_unknown=score.state is State.NO_DATA,
    )


def _terms(
    asked: Asked, sum_: Sum, amounts: Mapping[Quantity, int | None], *, listing: str = ""
) -> tuple[Term, ...]:
    """Return the sum's terms, each opening its dossiers, or the list of what else it counts."""
    terms: list[Term] = []
    for sign, quantities in (("+", sum_.plus), ("−", sum_.minus)):
        for quantity in quantities:
            amount = amounts[quantity]
            listed = LISTED.get(quantity)
            href = ""
            if listed is not None and amount:
                tail = asked.query(**{"so-lieu": quantity.value})
                href = f"{reverse('board:index766-dossiers')}?{tail}"
            elif listed is None and amount is not None:
                href = listing
            terms.append(
                Term(
                    sign=sign if terms or sign == "−" else "",
                    number=count(amount),
                    name=listed[0] if listed else _("danh sách"),
                    href=href,
                )
            )
    return tuple(terms)
