"""What the API says of dossiers, their files, their officers, and of what went wrong."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field


class FileKept(BaseModel):
    """A file that was taken in."""

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
    """The procedure and version of a dossier."""

    code: str
    name: str
    version: int


class CaseNamed(BaseModel):
    """The case of a dossier."""

    key: str
    name: str


class StepNow(BaseModel):
    """Where on the route a dossier stands."""

    key: str
    name: str
    unit: str | None
    due_at: datetime | None


class PaperKept(BaseModel):
    """A paper of a dossier."""

    id: UUID
    key: str
    name: str
    media_type: str
    size_bytes: int
    round: int
    added_at: datetime


class OpenRequest(BaseModel):
    """What the applicant is asked to add."""

    round: int
    reason: str
    items: dict[str, str]
    requested_at: datetime


class ResultShown(BaseModel):
    """How a dossier was decided."""

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
    waits_for: str | None = Field(description="Cơ quan khác mà hồ sơ đang chờ trả lời.")
    answer_due_at: datetime | None = Field(description="Hạn cuối để người nộp bổ sung.")
    completed_at: datetime | None
    returned_at: datetime | None


class PartOfWhole(BaseModel):
    """Which part of which linked dossier this is."""

    code: str = Field(description="Mã hồ sơ liên thông mà người nộp đã nộp.")
    part: str


class PartStanding(BaseModel):
    """Where a part of a linked dossier stands, at its own agency and by its own clock."""

    part: str
    code: str
    state: str
    settling_agency: str
    accepted_at: datetime | None
    due_at: datetime | None
    completed_at: datetime | None


class DossierShown(StateNow):
    """A dossier with all that its reader may know."""

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
    part_of: PartOfWhole | None = Field(None, description="Có khi đây là hồ sơ thành phần.")
    parts: list[PartStanding] = Field(description="Các phần đã mở của hồ sơ liên thông.")
    holder: str | None = Field(None, description="Chỉ có khi công chức xem.")
    lookup_secret: str | None = Field(None, description="Chỉ có khi người nộp xem.")


class HistoryLine(BaseModel):
    """One thing that happened."""

    at: datetime
    kind: str
    title: str
    detail: str
    by: str


class History(BaseModel):
    """All that happened, in order."""

    items: list[HistoryLine]


class ClockLine(BaseModel):
    """A stretch of time: counted, or skipped for one reason."""

    begins: datetime
    ends: datetime
    counted: bool
    reason: str | None = Field(
        description="night, lunch, weekend, holiday, applicant, obligation, other_agency, "
        "force_majeure, waiting, restarted; không có khi được tính."
    )
    name: str = Field(description="Tên ngày nghỉ, nếu có.")


class LegalBasisShown(BaseModel):
    """A legal text the time limit rests on."""

    number: str
    name: str


class ClockShown(BaseModel):
    """The statutory clock as a sum; all but the state is empty before acceptance."""

    state: str | None = Field(description="running, paused, overdue, done.")
    overdue: bool
    received_at: datetime | None
    due_at: datetime | None
    due_if_answered_now: datetime | None = Field(description="Chỉ có khi đang tạm dừng.")
    used_seconds: int
    left_seconds: int
    intervals: list[ClockLine]
    text: str
    legal_bases: list[LegalBasisShown]


class ActStanding(BaseModel):
    """An act, and whether it is allowed now."""

    act: str
    name: str
    resource: str = Field(description="Danh từ trong đường dẫn của việc này.")
    allowed: bool
    why_not: str


class Acts(BaseModel):
    """Every act of the reader's roles."""

    items: list[ActStanding]


class DossierLine(BaseModel):
    """A dossier as it stands in a list."""

    code: str
    procedure: ProcedureNamed
    state: str
    state_name: str
    owner_name: str
    submitted_at: datetime
    due_at: datetime | None
    completed_at: datetime | None


class DossierList(BaseModel):
    """One page of dossiers."""

    items: list[DossierLine]
    next_cursor: str | None


class OfficerShown(BaseModel):
    """An officer who can be assigned."""

    id: int
    full_name: str


class OfficerList(BaseModel):
    """Officers who can be assigned."""

    items: list[OfficerShown]


class ProblemError(BaseModel):
    """What is wrong with one field."""

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
