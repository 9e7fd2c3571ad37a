"""What goes over the wire: the requests, checked strictly, and the answers, as documented."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

Key = Annotated[str, Field(min_length=1, max_length=60)]
Words = Annotated[str, Field(max_length=4000)]
FileId = Annotated[UUID, Field(strict=False)]
Needed = Annotated[dict[Key, Annotated[str, Field(max_length=500)]], Field(max_length=30)]


class Request(BaseModel):
    """A body that is sent to us: no other fields, and no value taken for one of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PaperSent(Request):
    key: Key = Field(description="Mã giấy tờ trong thành phần hồ sơ.")
    file: FileId = Field(description="Mã tệp do POST /files trả về.")


class Filing(Request):
    procedure: Key = Field(description="Mã thủ tục, ví dụ 1.001193.")
    case: Key = Field(description="Mã trường hợp của thủ tục.")
    answers: Annotated[
        dict[str, StrictStr | StrictInt | StrictBool | StrictFloat], Field(max_length=400)
    ] = Field(description="Câu trả lời theo mã câu hỏi của biểu mẫu.")
    papers: Annotated[list[PaperSent], Field(max_length=100)] = []


class Reason(Request):
    reason: Words


class OptionalReason(Request):
    reason: Annotated[str, Field(max_length=2000)] = ""


class SupplementWanted(Request):
    reason: Words
    items: Needed = Field(description="Mã giấy tờ → cần bổ sung điều gì.")


class SupplementSent(Request):
    papers: Annotated[list[PaperSent], Field(max_length=100)]
    answer: Annotated[str, Field(max_length=2000)] = ""


class Assignment(Request):
    officer: int = Field(description="Mã công chức, lấy từ GET …/assignable-officers.")


class Proposal(Request):
    outcome: Literal["granted", "denied"]
    opinion: Words


class Obligation(Request):
    notice: Words
    amount_dong: Annotated[int, Field(ge=1, le=10**15)]


class Discharge(Request):
    proof: Words


class Decision(Request):
    outcome: Literal["granted", "denied"]
    number: Words
    summary: Words
    file: FileId | None = Field(None, description="Mã tệp kết quả do POST /files trả về.")


class Return(Request):
    method: Literal["online", "counter", "post"]
    receiver: Words


# Answers. Built as plain dictionaries and encoded once; tests hold them to these shapes.


class ProcedureBrief(BaseModel):
    code: str
    name: str
    field: str
    level: str
    summary: str


class ProcedureList(BaseModel):
    items: list[ProcedureBrief]


class LimitShown(BaseModel):
    channel: str
    amount: int
    unit: str


class ComponentShown(BaseModel):
    key: str
    name: str
    hint: str
    required: bool
    conditional: bool
    accepts: list[str]
    max_files: int
    paper_form: str


class FeeShown(BaseModel):
    key: str
    name: str
    kind: str
    amount_dong: int | None
    per: str
    channels: list[str]
    conditional: bool
    basis: str


class CaseShown(BaseModel):
    key: str
    name: str
    hint: str
    limits: list[LimitShown]
    components: list[ComponentShown]
    fees: list[FeeShown]


class QuestionShown(BaseModel):
    key: str
    label: str
    hint: str
    widget: str
    required: bool
    conditional: bool
    prefill: str | None
    options: list[dict[str, str]]


class PageShown(BaseModel):
    key: str
    title: str
    section: str
    conditional: bool
    questions: list[QuestionShown]


class FormShown(BaseModel):
    answers_schema: dict[str, Any] = Field(description="JSON Schema 2020-12 của answers.")
    pages: list[PageShown]
    settling_question: str


class StepShown(BaseModel):
    key: str
    name: str
    unit_role: str
    actor_role: str
    act: str
    next: list[str]


class ProcedureFull(ProcedureBrief):
    version: int
    valid_from: date
    audience: list[str]
    who: list[str]
    where: str
    channels: list[str]
    result: str
    legal_bases: list[dict[str, str]]
    cases: list[CaseShown]
    form: FormShown
    steps: list[StepShown]


class FileKept(BaseModel):
    id: UUID
    name: str
    media_type: str
    size_bytes: int
    sha256: str


class Receipt(BaseModel):
    """What is certain for ever about a submission, so that a repetition gets the same."""

    code: str
    lookup_secret: str
    procedure: str
    case: str
    state: Literal["submitted"]
    submitted_at: datetime


class ProcedureNamed(BaseModel):
    code: str
    name: str
    version: int


class CaseNamed(BaseModel):
    key: str
    name: str


class StepNow(BaseModel):
    key: str
    name: str
    unit: str | None
    due_at: datetime | None


class PaperKept(BaseModel):
    id: UUID
    key: str
    name: str
    media_type: str
    size_bytes: int
    round: int
    added_at: datetime


class OpenRequest(BaseModel):
    round: int
    reason: str
    items: dict[str, str]
    requested_at: datetime


class ResultShown(BaseModel):
    outcome: str
    number: str
    summary: str
    file: UUID | None
    decided_at: datetime


class StateNow(BaseModel):
    """Where a dossier stands."""

    code: str
    state: str
    state_name: str
    national_status: int
    step: StepNow | None
    accepted_at: datetime | None
    due_at: datetime | None
    paused_at: datetime | None
    completed_at: datetime | None
    returned_at: datetime | None


class DossierShown(StateNow):
    procedure: ProcedureNamed
    case: CaseNamed
    channel: str
    owner_name: str
    receiving_unit: str
    settling_agency: str
    submitted_at: datetime
    intake_due_at: datetime | None
    answers: dict[str, Any]
    papers: list[PaperKept]
    supplement_request: OpenRequest | None
    result: ResultShown | None
    holder: str | None = Field(None, description="Chỉ có khi công chức xem.")
    lookup_secret: str | None = Field(None, description="Chỉ có khi người nộp xem.")


class HistoryLine(BaseModel):
    at: datetime
    kind: str
    title: str
    detail: str
    by: str


class History(BaseModel):
    items: list[HistoryLine]


class ActStanding(BaseModel):
    act: str
    name: str
    resource: str = Field(description="Danh từ trong đường dẫn của việc này.")
    allowed: bool
    why_not: str


class Acts(BaseModel):
    items: list[ActStanding]


class DossierLine(BaseModel):
    code: str
    procedure: ProcedureNamed
    state: str
    state_name: str
    owner_name: str
    submitted_at: datetime
    due_at: datetime | None
    completed_at: datetime | None


class DossierList(BaseModel):
    items: list[DossierLine]
    next_cursor: str | None


class OfficerShown(BaseModel):
    id: int
    full_name: str


class OfficerList(BaseModel):
    items: list[OfficerShown]


class ProblemError(BaseModel):
    key: str
    message: str


class ProblemDetails(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError] | None = None
