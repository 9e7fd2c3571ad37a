"""Every act that a screen offers, each a noun under its dossier."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from motcua.documents.models import StoredFile
from motcua.documents.queries import files_stored_by
from motcua.dossiers import services
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import id_in_sight
from motcua.kernel import clock
from motcua.procedures.queries import compiled

from .answers import private
from .principals import mandate, person, principal
from .problems import Refused
from .sent import (
    Assignment,
    Consultation,
    ConsultationAnswer,
    Decision,
    Discharge,
    Obligation,
    OptionalReason,
    PaperSent,
    Proposal,
    Reason,
    Return,
    SupplementSent,
    SupplementWanted,
)
from .shapes import StateNow
from .words import later as _

router = Router(tags=["acts"])

RESOURCE_OF = {
    "accept": "acceptances",
    "refuse": "refusals",
    "request_intake_supplement": "intake-supplement-requests",
    "request_supplement": "supplement-requests",
    "supplement_intake": "supplements",
    "supplement": "supplements",
    "withdraw": "withdrawals",
    "request_withdrawal": "withdrawal-requests",
    "grant_withdrawal": "withdrawal-grants",
    "decline_withdrawal": "withdrawal-refusals",
    "ask_further_intake_round": "further-intake-round-requests",
    "ask_further_round": "further-round-requests",
    "approve_further_round": "further-round-approvals",
    "decline_further_round": "further-round-refusals",
    "consult_agency": "consultations",
    "hear_from_agency": "consultation-answers",
    "suspend": "suspensions",
    "resume_settlement": "suspension-ends",
    "take_up": "take-ups",
    "assign": "assignments",
    "propose": "proposals",
    "send_back": "send-backs",
    "impose_obligation": "obligations",
    "discharge_obligation": "obligation-discharges",
    "decide": "decisions",
    "stop": "stops",
    "return_result": "returns",
}


def _act(noun: str, operation_id: str, summary: Any) -> Callable[..., Any]:
    return router.post(
        f"/dossiers/{{code}}/{noun}",
        operation_id=operation_id,
        summary=summary,
        # The state machine is what makes acts safe to repeat: the second time the dossier has
        # moved on, and the answer says where to.
        description=_("Lặp lại việc đã làm thì nhận 409 state-forbids, không ghi thêm gì."),
        response={201: StateNow},
    )


@_act("acceptances", "createAcceptance", _("Tiếp nhận hồ sơ, bắt đầu tính thời hạn"))
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take the dossier in."""
    return _by_officer(request, code, services.accept_dossier)


@_act("refusals", "createRefusal", _("Từ chối tiếp nhận, có lý do"))
def refuse(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Turn the dossier away at the door."""
    return _by_officer(request, code, services.refuse_dossier, reason=body.reason)


@_act(
    "intake-supplement-requests",
    "createIntakeSupplementRequest",
    _("Yêu cầu bổ sung trước khi tiếp nhận"),
)
def request_intake_supplement(
    request: HttpRequest, code: str, body: SupplementWanted
) -> HttpResponse:
    """Ask, before acceptance, for all that is missing."""
    return _by_officer(
        request,
        code,
        services.request_intake_supplement,
        reason=body.reason,
        findings=_findings(body),
    )


@_act("supplement-requests", "createSupplementRequest", _("Yêu cầu bổ sung khi đang xử lý"))
def request_supplement(request: HttpRequest, code: str, body: SupplementWanted) -> HttpResponse:
    """Ask for what the examination found missing."""
    return _by_officer(
        request, code, services.request_supplement, reason=body.reason, findings=_findings(body)
    )


@_act("supplements", "createSupplement", _("Người nộp bổ sung giấy tờ được yêu cầu"))
def supplement(request: HttpRequest, code: str, body: SupplementSent) -> HttpResponse:
    """Hand in what was asked for."""
    citizen = person(request)
    return _answer(
        services.supplement_dossier(
            dossier_id=id_in_sight(code, person=citizen, mandate=None),
            person=citizen,
            attachments=_attachments(request, body.papers),
            answer=body.answer,
            at=clock.now(),
        )
    )


@_act("withdrawals", "createWithdrawal", _("Người nộp rút hồ sơ trước khi được tiếp nhận"))
def withdraw(request: HttpRequest, code: str, body: OptionalReason) -> HttpResponse:
    """Take one's own request back."""
    citizen = person(request)
    return _answer(
        services.withdraw_dossier(
            dossier_id=id_in_sight(code, person=citizen, mandate=None),
            person=citizen,
            reason=body.reason,
            at=clock.now(),
        )
    )


@_act(
    "withdrawal-requests",
    "createWithdrawalRequest",
    _("Người nộp xin rút hồ sơ đã được tiếp nhận"),
)
def request_withdrawal(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Ask the agency to end one's own accepted dossier."""
    citizen = person(request)
    return _answer(
        services.request_withdrawal(
            dossier_id=id_in_sight(code, person=citizen, mandate=None),
            person=citizen,
            reason=body.reason,
            at=clock.now(),
        )
    )


@_act("withdrawal-grants", "createWithdrawalGrant", _("Lãnh đạo đồng ý cho rút hồ sơ"))
def grant_withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """End the dossier as its applicant asked."""
    return _by_officer(request, code, services.grant_withdrawal)


@_act("withdrawal-refusals", "createWithdrawalRefusal", _("Lãnh đạo không đồng ý cho rút hồ sơ"))
def decline_withdrawal(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Go on with the settlement, and say why."""
    return _by_officer(request, code, services.decline_withdrawal, reason=body.reason)


@_act(
    "further-intake-round-requests",
    "createFurtherIntakeRoundRequest",
    _("Đề nghị lãnh đạo cho yêu cầu bổ sung thêm, trước khi tiếp nhận"),
)
def ask_further_intake_round(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Ask the head, before acceptance, for leave to ask once more."""
    return _by_officer(request, code, services.ask_further_intake_round, reason=body.reason)


@_act(
    "further-round-requests",
    "createFurtherRoundRequest",
    _("Đề nghị lãnh đạo cho yêu cầu bổ sung thêm, khi đang xử lý"),
)
def ask_further_round(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Ask the head, during the examination, for leave to ask once more."""
    return _by_officer(request, code, services.ask_further_round, reason=body.reason)


@_act(
    "further-round-approvals",
    "createFurtherRoundApproval",
    _("Lãnh đạo đồng ý yêu cầu bổ sung thêm một lần"),
)
def approve_further_round(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Give leave for one further round."""
    return _by_officer(request, code, services.approve_further_round, reason=body.reason)


@_act(
    "further-round-refusals",
    "createFurtherRoundRefusal",
    _("Lãnh đạo không đồng ý yêu cầu bổ sung thêm"),
)
def decline_further_round(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Have the dossier settled with what is there."""
    return _by_officer(request, code, services.decline_further_round, reason=body.reason)


@_act("consultations", "createConsultation", _("Lấy ý kiến cơ quan khác, tạm dừng thời hạn"))
def consult_agency(request: HttpRequest, code: str, body: Consultation) -> HttpResponse:
    """Ask another agency, and let the clock stand."""
    return _by_officer(
        request, code, services.consult_agency, agency=body.agency, question=body.question
    )


@_act(
    "consultation-answers",
    "createConsultationAnswer",
    _("Ghi ý kiến cơ quan khác trả lời, tính tiếp thời hạn"),
)
def hear_from_agency(request: HttpRequest, code: str, body: ConsultationAnswer) -> HttpResponse:
    """Put the other agency's answer on record."""
    return _by_officer(request, code, services.hear_from_agency, answer=body.answer)


@_act("suspensions", "createSuspension", _("Tạm ngừng vì bất khả kháng"))
def suspend(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Let the clock stand while force majeure lasts."""
    return _by_officer(request, code, services.suspend_settlement, reason=body.reason)


@_act("suspension-ends", "createSuspensionEnd", _("Giải quyết tiếp khi hết bất khả kháng"))
def resume_settlement(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Go on with what force majeure had stopped."""
    return _by_officer(request, code, services.resume_settlement, reason=body.reason)


@_act("take-ups", "createTakeUp", _("Nhận xử lý hồ sơ"))
def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Become the officer who works on the dossier."""
    return _by_officer(request, code, services.take_up_dossier)


@_act("assignments", "createAssignment", _("Phân công công chức xử lý"))
def assign(request: HttpRequest, code: str, body: Assignment) -> HttpResponse:
    """Give the dossier to one of the unit's officers."""
    return _by_officer(request, code, services.assign_dossier, to_officer_id=body.officer)


@_act("proposals", "createProposal", _("Thẩm tra xong, trình lãnh đạo"))
def propose(request: HttpRequest, code: str, body: Proposal) -> HttpResponse:
    """Close the examination with a proposal."""
    return _by_officer(
        request,
        code,
        services.propose_outcome,
        outcome=body.outcome,
        opinion=body.opinion,
        no_obligation=body.no_obligation,
    )


@_act("send-backs", "createSendBack", _("Lãnh đạo trả lại để xử lý tiếp"))
def send_back(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """Return the dossier to the step that must mend it."""
    return _by_officer(request, code, services.send_back_dossier, reason=body.reason)


@_act("obligations", "createObligation", _("Thông báo nghĩa vụ tài chính, tạm dừng thời hạn"))
def impose_obligation(request: HttpRequest, code: str, body: Obligation) -> HttpResponse:
    """Tell the applicant of a financial obligation."""
    return _by_officer(
        request,
        code,
        services.impose_obligation,
        notice=body.notice,
        amount_dong=body.amount_dong,
    )


@_act(
    "obligation-discharges",
    "createObligationDischarge",
    _("Xác nhận nghĩa vụ tài chính đã thực hiện"),
)
def discharge_obligation(request: HttpRequest, code: str, body: Discharge) -> HttpResponse:
    """Note that the financial obligation was met."""
    return _by_officer(request, code, services.discharge_obligation, proof=body.proof)


@_act("decisions", "createDecision", _("Ký kết quả giải quyết"))
def decide(request: HttpRequest, code: str, body: Decision) -> HttpResponse:
    """Sign the result."""
    return _by_officer(
        request,
        code,
        services.decide_dossier,
        outcome=body.outcome,
        number=body.number,
        summary=body.summary,
        file=_file(request, body.file) if body.file else None,
    )


@_act("stops", "createStop", _("Dừng xử lý, có lý do"))
def stop(request: HttpRequest, code: str, body: Reason) -> HttpResponse:
    """End the settlement without a result."""
    return _by_officer(request, code, services.stop_dossier, reason=body.reason)


@_act("returns", "createReturn", _("Trả kết quả cho người nộp"))
def return_result(request: HttpRequest, code: str, body: Return) -> HttpResponse:
    """Hand the result over and close the dossier."""
    return _by_officer(
        request, code, services.return_result, method=body.method, receiver=body.receiver
    )


def _by_officer(
    request: HttpRequest, code: str, act: Callable[..., Dossier], **details: Any
) -> HttpResponse:
    held = mandate(request)
    dossier_id = id_in_sight(code, person=None, mandate=held)
    return _answer(act(dossier_id=dossier_id, mandate=held, at=clock.now(), **details))


def _findings(body: SupplementWanted) -> dict[str, services.Finding]:
    return {
        key: services.Finding(
            verdict=found.verdict, needed=found.needed, why=found.why, example=found.example
        )
        for key, found in body.review.items()
    }


def _attachments(request: HttpRequest, papers: Sequence[PaperSent]) -> list[services.Attachment]:
    files = files_stored_by(principal(request).account, [paper.file for paper in papers])
    for place, paper in enumerate(papers):
        if paper.file not in files:
            raise _no_such_file(f"papers.{place}.file")
    return [services.Attachment(key=paper.key, file=files[paper.file]) for paper in papers]


def _file(request: HttpRequest, file_id: UUID) -> StoredFile:
    files = files_stored_by(principal(request).account, [file_id])
    if file_id not in files:
        raise _no_such_file("file")
    return files[file_id]


def _no_such_file(key: str) -> Refused:
    message = str(_("Không tìm thấy tệp đã tải lên."))
    return Refused("invalid-request", errors=[{"key": key, "message": message}])


def _answer(dossier: Dossier) -> HttpResponse:
    version = compiled(dossier.version_id)
    state = DossierState(dossier.state)
    step = version.steps[dossier.step_key] if dossier.step_key else None
    return private(
        {
            "code": dossier.code,
            "state": state.value,
            "state_name": str(state.label),
            "national_status": dossier.national_status,
            # The unit's name would cost a statement; who needs it reads the dossier.
            "step": step
            and {
                "key": step.key,
                "name": step.name,
                "unit": None,
                "due_at": dossier.step_due_at,
            },
            "accepted_at": dossier.accepted_at,
            "due_at": dossier.due_at,
            "paused_at": dossier.paused_at,
            "waits_for": dossier.waits_for,
            "answer_due_at": dossier.answer_due_at,
            "completed_at": dossier.completed_at,
            "returned_at": dossier.returned_at,
        },
        status=201,
    )
