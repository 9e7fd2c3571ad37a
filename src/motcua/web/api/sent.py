"""What is sent to us, checked strictly."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

Key = Annotated[str, Field(min_length=1, max_length=60)]
Words = Annotated[str, Field(max_length=4000)]
FileId = Annotated[UUID, Field(strict=False)]
Note = Annotated[str, Field(max_length=500)]


class Request(BaseModel):
    """A body that is sent to us: no other fields, and no value taken for one of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PaperSent(Request):
    """A paper by the id of the file that stands for it."""

    key: Key = Field(description="Mã giấy tờ trong thành phần hồ sơ.")
    file: FileId = Field(description="Mã tệp do POST /files trả về.")


class Filing(Request):
    """A whole filing, submitted at once."""

    procedure: Key = Field(description="Mã thủ tục, ví dụ 1.001193.")
    case: Key = Field(description="Mã trường hợp của thủ tục.")
    answers: Annotated[
        dict[str, StrictStr | StrictInt | StrictBool | StrictFloat], Field(max_length=400)
    ] = Field(description="Câu trả lời theo mã câu hỏi của biểu mẫu.")
    papers: Annotated[list[PaperSent], Field(max_length=100)] = []


class Reason(Request):
    """Why."""

    reason: Words


class OptionalReason(Request):
    """Why, if the sender wishes to say so."""

    reason: Annotated[str, Field(max_length=2000)] = ""


class FindingSent(Request):
    """What was found of one paper."""

    verdict: Literal["fine", "needed", "not_applicable"]
    needed: Note = Field("", description="Cần gì; bắt buộc khi verdict là needed.")
    why: Note = Field("", description="Vì sao; bắt buộc khi verdict là needed.")
    example: Note = Field("", description="Ví dụ thế nào là đạt.")


class SupplementWanted(Request):
    """What was found of every paper, and why the applicant is asked."""

    reason: Words
    review: Annotated[dict[Key, FindingSent], Field(max_length=60)] = Field(
        description="Mã giấy tờ → kết quả kiểm tra. Phải kiểm tra đủ mọi giấy tờ của hồ sơ; giấy "
        "tờ đã ghi trước đó (kể cả trên màn hình) không cần gửi lại."
    )


class Consultation(Request):
    """Which other agency is asked, and what."""

    agency: Annotated[str, Field(max_length=400)]
    question: Words


class ConsultationAnswer(Request):
    """What the other agency answered."""

    answer: Words


class SupplementSent(Request):
    """The papers that were asked for."""

    papers: Annotated[list[PaperSent], Field(max_length=100)]
    answer: Annotated[str, Field(max_length=2000)] = ""


class Assignment(Request):
    """Who is to work on the dossier."""

    officer: int = Field(description="Mã công chức, lấy từ GET …/assignable-officers.")


class Proposal(Request):
    """What the examination leads to."""

    outcome: Literal["granted", "denied"]
    opinion: Words
    no_obligation: Annotated[str, Field(max_length=2000)] = Field(
        "", description="Vì sao không phát sinh nghĩa vụ tài chính, ở bước phải xác định điều đó."
    )


class Obligation(Request):
    """A financial obligation and the notice that imposes it."""

    notice: Words
    amount_dong: Annotated[int, Field(ge=1, le=10**15)]


class Discharge(Request):
    """The proof that the obligation was met."""

    proof: Words


class Decision(Request):
    """The result as it is signed."""

    outcome: Literal["granted", "denied"]
    number: Words
    summary: Words
    file: FileId | None = Field(None, description="Mã tệp kết quả do POST /files trả về.")


class Return(Request):
    """How the result is handed over, and to whom."""

    method: Literal["online", "counter", "post"]
    receiver: Words
