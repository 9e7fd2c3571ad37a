"""A procedure version as the house reads it: frozen values, compiled once and kept per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.calendars.limits import Limit

from .conditions import Condition

Answers = Mapping[str, Any]


class Channel(StrEnum):
    """How a dossier reached the city (KenhThucHien 1, 2, 3)."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class OnlineLevel(StrEnum):
    """How much can be done online (Decree 42/2022)."""

    FULL = "full"
    PARTIAL = "partial"
    INFO_ONLY = "info_only"


class PausePolicy(StrEnum):
    """What the clock does when the applicant has answered: go on, or begin again."""

    RESUME = "resume"
    RESTART = "restart"


class FeeKind(StrEnum):
    CHARGE = "charge"  # phí
    LEVY = "levy"  # lệ phí


class StepAct(StrEnum):
    """What the holder of a step does to finish it."""

    RECEIVE = "receive"  # tiếp nhận
    EXAMINE = "examine"  # thẩm tra, đề xuất
    DECIDE = "decide"  # ký duyệt
    RETURN = "return"  # trả kết quả


class Widget(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # answer: "2024-10-15"
    RADIOS = "radios"
    SELECT = "select"
    COMMUNE = "commune"  # answer: a place code of five digits
    YES_NO = "yes_no"  # answer: true or false
    WHOLE_NUMBER = "whole_number"
    MONEY = "money"  # whole đồng
    PHONE = "phone"
    EMAIL = "email"
    PERSONAL_ID = "personal_id"


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Component:
    """A paper that belongs to the dossier (thành phần hồ sơ)."""

    key: str
    name: str
    hint: str
    required: bool
    when: Condition | None  # asked for only if the answers say so; None: always
    accepts: frozenset[str]  # media types
    max_files: int
    paper_form: str  # original | certified | copy: what the counter must see


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    key: str
    name: str
    kind: FeeKind
    amount_dong: int | None  # None: set by the city's People's Council, not known here
    per: str  # what one amount buys: "bản", "hồ sơ"
    channels: frozenset[Channel]
    when: Condition | None
    basis: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One station of the route: which unit, who there, what they do, how long."""

    key: str
    name: str
    unit_role: str  # offices.UnitRole value
    actor_role: str  # offices.PostRole value
    act: StepAct
    limit: Limit | None
    next: tuple[str, ...]  # keys of the steps that may follow; empty: the route ends
    back: str | None  # where the actor may send the dossier back to


@dataclass(frozen=True, kw_only=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    key: str
    label: str
    hint: str
    widget: Widget
    options: tuple[Option, ...]
    required: bool
    when: Condition | None
    prefill: str | None  # "person.full_name" …: taken from the account, not open to change
    autocomplete: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One screen of the form: usually one question."""

    key: str
    title: str
    hint: str
    section: str  # heading in the task list
    questions: tuple[Question, ...]
    when: Condition | None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one answer, in words for the person who gave it."""

    key: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Form:
    pages: tuple[Page, ...]

    def visible_pages(self, answers: Answers) -> tuple[Page, ...]:
        """Return the pages these answers lead to, in order."""
        raise NotImplementedError

    def visible_questions(self, answers: Answers) -> tuple[Question, ...]:
        """Return every question these answers lead to, in order."""
        raise NotImplementedError

    def problems_of_page(self, page: Page, answers: Answers) -> tuple[Problem, ...]:
        """Return what is wrong with the answers to this page's questions."""
        raise NotImplementedError

    def problems(self, answers: Answers) -> tuple[Problem, ...]:
        """Return all that is wrong with the whole: missing, malformed, hidden or unknown keys."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Case:
    """A variant (trường hợp) of the procedure with its own time, papers and fees."""

    key: str
    name: str
    hint: str
    limits: Mapping[Channel, Limit]
    components: tuple[Component, ...]
    fees: tuple[FeeLine, ...]

    def components_for(self, answers: Answers) -> tuple[Component, ...]:
        """Return the papers that these answers call for."""
        return tuple(c for c in self.components if c.when is None or c.when.holds(answers))

    def fees_for(self, answers: Answers, channel: Channel) -> tuple[FeeLine, ...]:
        """Return the fee lines that these answers and this channel call for."""
        return tuple(
            fee
            for fee in self.fees
            if channel in fee.channels and (fee.when is None or fee.when.holds(answers))
        )


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version, compiled."""

    id: int
    procedure_id: int
    number: int
    code: str
    name: str
    field_code: str
    field_name: str
    summary: str
    audience: tuple[str, ...]  # person | organisation
    who: tuple[str, ...]  # "Ai làm được?", one sentence each
    where: str
    settled_by: str  # offices.AgencyKind value
    level: OnlineLevel
    level_reason: str  # why not fully online
    channels: frozenset[Channel]
    result_code: str
    result_name: str
    pause_policy: PausePolicy
    cases: Mapping[str, Case]
    form: Form
    steps: Mapping[str, Step]
    first_step: str
    legal_bases: tuple[LegalBasis, ...]
    keywords: tuple[str, ...]  # everyday words people search with
