"""What stands in the boxes of the intake page, as it was typed, and what it means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.models import Channel, Relation
from motcua.dossiers.services import FeeNote, Presented
from motcua.filings.queries import fees_at_counter, is_settled_by, questions_at_counter
from motcua.filings.services import Counter, OwnerSaid
from motcua.kernel import money, text
from motcua.offices.queries import HeldPost
from motcua.parties.definitions import CitizenCard, PersonSaid
from motcua.procedures.definitions import (
    Case,
    Component,
    FeeLine,
    Page,
    PaperForm,
    Problem,
    Question,
    Version,
)
from motcua.web.answers import read_answers
from motcua.web.words import Words

YES = "yes"
COUNTED = ("originals", "certified", "copies")
# What a counter must see of a paper, and the column in which it is usually counted.
_COLUMN = {
    PaperForm.ORIGINAL: "originals",
    PaperForm.CERTIFIED: "certified",
    PaperForm.COPY: "copies",
}
_FORMS: Mapping[PaperForm, Words] = {
    PaperForm.ORIGINAL: gettext_lazy("Bản chính"),
    PaperForm.CERTIFIED: gettext_lazy("Bản chứng thực"),
    PaperForm.COPY: gettext_lazy("Bản sao"),
}
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,6}")
UNREADABLE = -1  # a number that is none: the services refuse it with their own words


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A paper of the dossier with its boxes."""

    component: Component
    form: Words
    has: bool
    counts: list[tuple[str, str]]  # (column, as typed)
    is_new: bool  # these answers brought it in: nobody has looked for it yet


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """A fee line with its boxes, and what is due by them."""

    fee: FeeLine
    quantity: str
    due: int | None
    collect: bool
    collected: str
    receipt: str
    note: str

    @property
    def boxes(self) -> tuple[str, ...]:
        """The names of its boxes in which something may be wrong."""
        names = ("fee", "collected", "receipt", "note")
        return tuple(f"{name}-{self.fee.key}" for name in names)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The boxes of one intake: all that the page shows and all that is sent."""

    version: Version
    channel: Channel
    counter: HeldPost
    on: date
    receipts: Mapping[str, str]  # the next receipt number to offer, by kind of fee
    boxes: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The intent: sent twice, it is one dossier."""
        return self.boxes.setdefault("intake-key", str(uuid4()))

    @property
    def case(self) -> Case:
        """The case chosen; the first until one is."""
        cases = self.version.cases
        return cases.get(self.boxes.get("intake-case", "")) or next(iter(cases.values()))

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered of the form's questions, shape only."""
        questions = tuple(self.version.form.questions.values())
        page = Page(key="", title="", hint="", section="", questions=questions, when=None)
        return read_answers(page, self.boxes)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that papers, fees and the settling agency depend on."""
        is_settled_here = is_settled_by(
            self.version, kind=self.counter.agency_kind, name=self.counter.agency_name
        )
        return questions_at_counter(
            self.version, self.case, self.answers, is_settled_here=is_settled_here
        )

    @property
    def paper_rows(self) -> list[PaperRow]:
        """The papers that case and answers call for; a required one is there unless it is not."""
        rows = []
        for component in self.case.components_for(self.answers):
            is_new = f"seen-{component.key}" not in self.boxes
            usual = _COLUMN[PaperForm(component.paper_form)]
            rows.append(
                PaperRow(
                    component=component,
                    form=_FORMS[PaperForm(component.paper_form)],
                    has=component.required if is_new else self.ticked(f"paper-{component.key}"),
                    counts=[
                        (
                            column,
                            self.boxes.get(
                                f"{column}-{component.key}", "1" if column == usual else ""
                            ),
                        )
                        for column in COUNTED
                    ],
                    is_new=is_new,
                )
            )
        return rows

    @property
    def fee_rows(self) -> list[FeeRow]:
        """The fee lines that case, answers and channel call for."""
        return [
            FeeRow(
                fee=fee,
                quantity=self.boxes.get(f"fee-{fee.key}", "1"),
                due=self._due(fee),
                collect=self.ticked(f"collect-{fee.key}"),
                collected=self.boxes.get(f"collected-{fee.key}", ""),
                receipt=self.boxes.get(f"receipt-{fee.key}", self.receipts.get(fee.kind.value, "")),
                note=self.boxes.get(f"note-{fee.key}", ""),
            )
            for fee in fees_at_counter(self.case, self.answers, self.channel)
        ]

    @property
    def checked(self) -> bool:
        """Whether the card itself was looked at."""
        return self.ticked("came-checked")

    @property
    def confirmed(self) -> bool:
        """Whether another spelling was found to be the same person."""
        return self.ticked("came-confirmed")

    def ticked(self, name: str) -> bool:
        """Return whether a box is ticked."""
        return self.boxes.get(name) == YES

    def put_card(self, card: CitizenCard) -> None:
        """Fill in what the card's square says; the card itself must be looked at anew."""
        self.boxes.update(boxes_of_card(card))
        self.boxes.pop("submitter-no_number", None)
        self.boxes.pop("came-checked", None)
        self.boxes["intake-card"] = ""

    def person(self, role: str) -> PersonSaid:
        """Return who that is, as typed; `problems` says what cannot be read."""
        no_number = self.ticked(f"{role}-no_number")
        return PersonSaid(
            full_name=self.boxes.get(f"{role}-full_name", ""),
            personal_id=None if no_number else _digits(self.boxes.get(f"{role}-personal_id", "")),
            born_on=day_of(self.boxes.get(f"{role}-born_on", "")),
            sex=self.boxes.get(f"{role}-sex", ""),
            phone=self.boxes.get(f"{role}-phone", ""),
            email="",
            address=self.boxes.get(f"{role}-address", ""),
        )

    def owner(self) -> OwnerSaid:
        """Return for whom the submitter comes."""
        relation = self.boxes.get("came-relation", Relation.SELF.value)
        return OwnerSaid(
            relation=relation,
            authority=self.boxes.get("came-authority", ""),
            owner=None if relation == Relation.SELF else self.person("owner"),
        )

    def came(self) -> Counter:
        """Return where and how it came in."""
        by_post = self.channel is Channel.POST
        return Counter(
            unit_id=self.counter.unit_id,
            channel=self.channel,
            identity_checked=self.ticked("came-checked"),
            names_confirmed=self.ticked("came-confirmed"),
            payer_name=self.boxes.get("came-payer", ""),
            post_item=self.boxes.get("post-item", "") if by_post else "",
            arrived_on=day_of(self.boxes.get("post-arrived", "")) if by_post else None,
        )

    def papers(self) -> list[Presented]:
        """Return what lay on the counter. A paper that the page had not shown was not there."""
        return [
            Presented(
                key=row.component.key,
                **{column: _count(typed) for column, typed in row.counts},
            )
            for row in self.paper_rows
            if row.has and not row.is_new
        ]

    def fees(self) -> list[FeeNote]:
        """Return what is noted of each fee; a box for the sum left empty means what is due."""
        return [
            FeeNote(
                key=row.fee.key,
                kind=row.fee.kind.value,
                quantity=_count(row.quantity),
                amount_dong=row.due,
                collected_dong=_collected(row) if row.collect else 0,
                receipt_number=row.receipt if row.collect else "",
                note=row.note,
            )
            for row in self.fee_rows
        ]

    def problems(self) -> list[Problem]:
        """Return what the page alone can judge: days that cannot be read, numbers left out."""
        problems = []
        for role in self._roles():
            number = f"{role}-personal_id"
            if not self.boxes.get(number, "").strip() and not self.ticked(f"{role}-no_number"):
                message = _("Hãy quét thẻ hoặc gõ số định danh 12 chữ số.")
                problems.append(Problem(key=number, message=message))
            if is_no_day(self.boxes.get(f"{role}-born_on", "")):
                message = _("Ngày sinh: ghi ngày/tháng/năm, ví dụ 08/02/1990.")
                problems.append(Problem(key=f"{role}-born_on", message=message))
        if is_no_day(self.boxes.get("post-arrived", "")):
            message = _("Ngày bưu gửi đến: ghi ngày/tháng/năm, ví dụ 14/10/2024.")
            problems.append(Problem(key="post-arrived", message=message))
        return [*problems, *self._unsaid_sums()]

    def _roles(self) -> Sequence[str]:
        alone = self.boxes.get("came-relation", Relation.SELF.value) == Relation.SELF
        return ("submitter",) if alone else ("submitter", "owner")

    def _unsaid_sums(self) -> list[Problem]:
        return [
            Problem(
                key=f"collected-{row.fee.key}",
                message=_("%(name)s: hãy ghi số tiền đã thu.") % {"name": row.fee.name},
            )
            for row in self.fee_rows
            if row.collect and row.due is None and not row.collected.strip()
        ]

    def _due(self, fee: FeeLine) -> int | None:
        quantity = _count(self.boxes.get(f"fee-{fee.key}", "1"))
        if fee.amount_dong is None or quantity == UNREADABLE:
            return None
        return fee.amount_dong * quantity


def boxes_of_card(card: CitizenCard) -> dict[str, str]:
    """Return what the card's square fills in, by the names of the boxes."""
    return {
        "submitter-personal_id": card.personal_id,
        "submitter-full_name": card.full_name,
        "submitter-born_on": f"{card.born_on:%d/%m/%Y}",
        "submitter-sex": card.sex,
        "submitter-address": card.address,
    }


def day_of(typed: str) -> date | None:
    """Return the day, written as 08/02/1990, 8-2-1990 or 08021990; None if it is none."""
    found = _DAY.fullmatch(text.clean(typed))
    if found is None:
        return None
    day, month, year = (part for part in found.groups() if part)
    try:
        return datetime(int(year), int(month), int(day)).date()  # noqa: DTZ001 - a day only
    except ValueError:
        return None


def is_no_day(typed: str) -> bool:
    """Return whether something was typed that is no day."""
    return bool(typed.strip()) and day_of(typed) is None


def _digits(typed: str) -> str:
    return re.sub(r"[\s.\-]", "", typed)


def _count(typed: str) -> int:
    plain = typed.strip()
    if not plain:
        return 0
    return int(plain) if _NUMBER.fullmatch(plain) else UNREADABLE


def _collected(row: FeeRow) -> int:
    typed = row.collected.strip()
    if not typed:
        return row.due or 0
    for reading in (typed, f"{typed} ₫"):  # the box says đồng: a lone dot groups
        try:
            return money.parse_dong(reading)
        except money.NotAnAmount:
            continue
    return UNREADABLE
