"""Every way in which the API says no: one table, and the answer that is made from it."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, ValidationError
from psycopg_pool import PoolTimeout

from motcua.documents import services as documents
from motcua.dossiers import services as dossiers
from motcua.dossiers.policies import NeedsTheHead, NothingToAnswer
from motcua.dossiers.queries import NoSuchDossier
from motcua.filings import services as filings
from motcua.kernel.lifecycle import IllegalTransition
from motcua.offices.queries import NoSuchUnit, UnitIsClosed
from motcua.procedures.queries import UnknownProcedure

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One type of problem. Its name is for ever: programs tell problems apart by it."""

    status: int
    title: Any
    detail: Any = ""  # said when whoever refused gave no sentence of their own


KINDS: Mapping[str, Kind] = {
    "malformed-request": Kind(
        400, _("Yêu cầu không đọc được"), _("Nội dung gửi lên không phải JSON hợp lệ (UTF-8).")
    ),
    "idempotency-key-required": Kind(
        400,
        _("Thiếu mã chống gửi trùng"),
        _("Hãy gửi kèm tiêu đề Idempotency-Key gồm 1 đến 100 ký tự ASCII in được."),
    ),
    "unauthenticated": Kind(
        401,
        _("Chưa xác thực"),
        _("Hãy gửi tiêu đề Authorization: Bearer kèm mã truy cập còn hiệu lực."),
    ),
    "role-required": Kind(
        403, _("Không đúng vai trò"), _("Mã truy cập này không có vai trò cần cho việc này.")
    ),
    "not-found": Kind(
        404, _("Không tìm thấy"), _("Không có nội dung này, hoặc mã truy cập không được xem.")
    ),
    "method-not-allowed": Kind(
        405, _("Phương thức không dùng được"), _("Xem tiêu đề Allow để biết phương thức dùng được.")
    ),
    "state-forbids": Kind(409, _("Trạng thái hồ sơ không cho phép")),
    "needs-the-head": Kind(409, _("Cần lãnh đạo đồng ý trước")),
    "held-by-another": Kind(409, _("Người khác đang xử lý hồ sơ")),
    "idempotency-key-used": Kind(409, _("Mã chống gửi trùng đã dùng cho nội dung khác")),
    "unit-closed": Kind(409, _("Cơ quan tiếp nhận không hoạt động")),
    "too-large": Kind(413, _("Nội dung quá lớn"), _("JSON tối đa 1 MB; tệp tối đa 10 MB.")),
    "unsupported-media-type": Kind(
        415,
        _("Kiểu nội dung không được nhận"),
        _("Hãy gửi Content-Type: application/json, riêng tệp thì multipart/form-data."),
    ),
    "invalid-request": Kind(
        422, _("Yêu cầu không hợp lệ"), _("Có trường thiếu hoặc sai dạng; xem errors.")
    ),
    "unreadable-text": Kind(
        422,
        _("Có ký tự không lưu được"),
        _("Văn bản chứa ký tự điều khiển hoặc mã Unicode không trọn vẹn. Hãy bỏ các ký tự đó."),
    ),
    "filing-has-problems": Kind(
        422, _("Hồ sơ chưa nộp được"), _("Có thông tin hoặc giấy tờ cần sửa; xem errors.")
    ),
    "act-incomplete": Kind(422, _("Việc này còn thiếu thông tin")),
    "unknown-procedure": Kind(
        422, _("Không có thủ tục này"), _("Không có thủ tục nào mang mã này đang có hiệu lực.")
    ),
    "online-filing-not-offered": Kind(422, _("Thủ tục chưa nộp được trên mạng")),
    "file-empty": Kind(422, _("Tệp không có nội dung")),
    "file-damaged": Kind(422, _("Tệp bị hỏng")),
    "file-password-protected": Kind(422, _("Tệp có mật khẩu")),
    "file-too-large": Kind(413, _("Tệp quá lớn")),
    "file-type-not-accepted": Kind(415, _("Loại tệp không được nhận")),
    "file-refused": Kind(422, _("Tệp không được nhận")),
    "internal-error": Kind(
        500,
        _("Hệ thống gặp lỗi"),
        _(
            "Việc chưa được ghi nhận. Hãy gửi lại với cùng Idempotency-Key; "
            "nếu vẫn lỗi, hãy báo cho cơ quan quản lý hệ thống."
        ),
    ),
    "unavailable": Kind(
        503, _("Hệ thống đang bận"), _("Hãy gửi lại sau ít giây với cùng Idempotency-Key.")
    ),
}

# Looked up along the exception's ancestors, so the nearest wins.
_KIND_OF: Mapping[type[BaseException], str] = {
    AuthenticationError: "unauthenticated",
    BadRequest: "malformed-request",
    MultiPartParserError: "malformed-request",
    SuspiciousOperation: "malformed-request",
    RequestDataTooBig: "too-large",
    HttpError: "malformed-request",  # ninja's, when a body cannot be read at all
    Http404: "not-found",
    NoSuchDossier: "not-found",
    UnknownProcedure: "unknown-procedure",
    dossiers.TheStateForbidsIt: "state-forbids",
    NothingToAnswer: "state-forbids",
    NeedsTheHead: "needs-the-head",
    IllegalTransition: "state-forbids",
    dossiers.NotTheHolder: "held-by-another",
    dossiers.NotYourRole: "role-required",
    dossiers.NotTheApplicant: "not-found",
    dossiers.Incomplete: "act-incomplete",
    filings.FilingHasProblems: "filing-has-problems",
    filings.KeyWasUsedOtherwise: "idempotency-key-used",
    filings.OnlineFilingIsNotOffered: "online-filing-not-offered",
    UnitIsClosed: "unit-closed",
    NoSuchUnit: "unit-closed",
    documents.FileRefused: "file-refused",
    documents.FileIsEmpty: "file-empty",
    documents.FileIsTooBig: "file-too-large",
    documents.FileTypeIsNotAccepted: "file-type-not-accepted",
    documents.FileIsDamaged: "file-damaged",
    documents.FileIsPasswordProtected: "file-password-protected",
    OperationalError: "unavailable",
    PoolTimeout: "unavailable",
}
# Only these carry a sentence for people; what others say is for the log, or for nobody.
_SPEAK_FOR_THEMSELVES = (
    dossiers.NotAllowed,
    dossiers.Incomplete,
    filings.KeyWasUsedOtherwise,
    filings.OnlineFilingIsNotOffered,
    UnitIsClosed,
    NoSuchUnit,
    documents.FileRefused,
)

_SHAPE_MESSAGES = {
    "missing": _("Thiếu trường này."),
    "extra_forbidden": _("Tài liệu API không có trường này."),
    "string_too_long": _("Nội dung quá dài."),
    "string_too_short": _("Cần có nội dung."),
    "too_long": _("Quá nhiều mục."),
    "dict_type": _("Phải là một đối tượng JSON."),
    "model_attributes_type": _("Phải là một đối tượng JSON."),
    "list_type": _("Phải là một danh sách."),
    "string_type": _("Phải là chuỗi ký tự."),
    "int_type": _("Phải là số nguyên."),
    "enum": _("Phải là một trong các giá trị trong tài liệu API."),
    "literal_error": _("Phải là một trong các giá trị trong tài liệu API."),
}
_OTHER_SHAPE = _("Giá trị không đúng kiểu hoặc không đúng dạng.")
_ERRORS_SHOWN_MAX = 50


class Refused(Exception):
    """The request is refused for a reason that only HTTP knows; `kind` is one of the table's."""

    def __init__(self, kind: str, *, errors: Iterable[Mapping[str, str]] = ()) -> None:
        self.kind = kind
        self.errors = list(errors)
        super().__init__(kind)


def answer(
    request: HttpRequest,
    kind: str,
    *,
    detail: str = "",
    errors: Iterable[Mapping[str, str]] = (),
) -> HttpResponse:
    """Return the problem as RFC 9457 writes it."""
    known = KINDS[kind]
    told = list(errors)[:_ERRORS_SHOWN_MAX]
    body: dict[str, Any] = {
        "type": f"/problems/{kind}",
        "title": str(known.title),
        "status": known.status,
        "detail": detail or str(known.detail or known.title),
        "instance": request.path,
    }
    if told:
        body["errors"] = told
    response = HttpResponse(msgspec.json.encode(body), status=known.status, content_type=MEDIA_TYPE)
    if known.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="motcua"'
    if known.status == 503:
        response["Retry-After"] = "2"
    return response


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return what the API says to an exception; one that it does not know says nothing."""
    # ninja wraps whatever goes wrong while a body is read.
    if isinstance(error, HttpError) and isinstance(error.__cause__, Refused):
        error = error.__cause__
    match error:
        case Refused():
            return answer(request, error.kind, errors=error.errors)
        case ValidationError():
            return answer(request, "invalid-request", errors=map(_shape_error, error.errors))
        case filings.FilingHasProblems():
            told = [{"key": p.key, "message": p.message} for p in error.problems]
            return answer(request, "filing-has-problems", errors=told)
    kind = next((_KIND_OF[c] for c in type(error).__mro__ if c in _KIND_OF), "internal-error")
    if kind in {"internal-error", "unavailable"}:
        logger.error("the API failed", exc_info=error)
    return answer(
        request, kind, detail=str(error) if isinstance(error, _SPEAK_FOR_THEMSELVES) else ""
    )


def _shape_error(error: Mapping[str, Any]) -> dict[str, str]:
    # ("body", "body", "papers", 0, "file"): where it was read from is no news to the sender.
    where = [str(part)[:60] for part in error["loc"] if part not in {"body", "query", "path"}]
    message = str(_SHAPE_MESSAGES.get(error["type"], _OTHER_SHAPE))
    return {"key": ".".join(where), "message": message}
