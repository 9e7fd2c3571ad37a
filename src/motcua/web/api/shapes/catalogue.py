"""What the API says of procedures."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field


class ProcedureFound(BaseModel):
    """A procedure as it stands in a list, settled here or only explained."""

    code: str
    name: str
    field: str
    summary: str
    online: Literal["here", "elsewhere", "in_person"] = Field(
        description="Nộp trực tuyến tại đây, ở cổng dịch vụ công khác, hay chỉ trực tiếp."
    )
    elsewhere: str | None = Field(description="Địa chỉ ở cổng dịch vụ công khác.")
    audience: list[str]
    settled_by: str
    why: str = Field(description="Tên gọi khác đã khớp với từ tìm, nếu không phải tên thủ tục.")


class ProcedureList(BaseModel):
    """One page of procedures, the likeliest first."""

    items: list[ProcedureFound]
    total: int
    next_start: int | None
    explanation: str = Field(description="Từ tìm đã được hiểu thế nào; vì sao không có gì.")


class ProcedureBrief(BaseModel):
    """What a procedure settled here is."""

    kind: Literal["authored"]
    code: str
    name: str
    field: str
    level: str
    summary: str


class LimitShown(BaseModel):
    """A time limit of one channel."""

    channel: str
    amount: float
    unit: str
    same_day_until: str | None


class ComponentShown(BaseModel):
    """A paper that a case calls for."""

    key: str
    name: str
    hint: str
    required: bool
    conditional: bool
    accepts: list[str]
    max_files: int
    paper_form: str


class FeeShown(BaseModel):
    """A fee line; without an amount, the city's People's Council sets it."""

    key: str
    name: str
    kind: str
    amount_dong: int | None
    per: str
    channels: list[str]
    conditional: bool
    basis: str


class CaseShown(BaseModel):
    """A case of the procedure."""

    key: str
    name: str
    hint: str
    limits: list[LimitShown]
    components: list[ComponentShown]
    fees: list[FeeShown]


class QuestionShown(BaseModel):
    """A question of the form."""

    key: str
    label: str
    hint: str
    widget: str
    required: bool
    conditional: bool
    prefill: str | None
    options: list[dict[str, str]]


class PageShown(BaseModel):
    """A page of the form."""

    key: str
    title: str
    section: str
    conditional: bool
    questions: list[QuestionShown]


class FormShown(BaseModel):
    """The form: what the answers must be, and how they are asked for."""

    answers_schema: dict[str, Any] = Field(description="JSON Schema 2020-12 của answers.")
    pages: list[PageShown]
    settling_question: str


class StepShown(BaseModel):
    """A station of the route."""

    key: str
    name: str
    unit_role: str
    actor_role: str
    act: str
    next: list[str]


class ProcedureFull(ProcedureBrief):
    """A version of a procedure with everything that a filing needs."""

    version: int
    valid_from: date
    elsewhere: str | None = Field(description="Địa chỉ ở cổng dịch vụ công khác.")
    audience: list[str]
    who: list[str]
    where: str
    channels: list[str]
    result: str
    legal_bases: list[dict[str, str]]
    cases: list[CaseShown]
    form: FormShown
    steps: list[StepShown]


class NationalFull(BaseModel):
    """What the national portal says of a procedure: information, nothing to file here."""

    kind: Literal["national"]
    code: str
    name: str
    field: str
    elsewhere: str = Field(description="Địa chỉ ở Cổng Dịch vụ công quốc gia.")
    levels: list[str]
    audience: list[str]
    agency: str
    decision: str
    channels: list[dict[str, Any]]
    components: list[dict[str, Any]]
    legal_bases: list[dict[str, Any]]
    results: list[dict[str, Any]]
    steps: str
    conditions: str
    marks: dict[str, Literal["read", "partly", "unread", "absent"]]
