"""Every act of an officer: from where it starts, and how it is done when all is in order."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from motcua.documents.models import StoredFile
from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from motcua.dossiers.policies import OFFICER_ACTS
from motcua.dossiers.services import Attachment
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from tests.builders import ADesk, a_dossier, a_file, found_wanting

# Half an hour after the dossiers of the builders come in, so that moments differ.
LATER = datetime(2024, 10, 15, 2, 30, tzinfo=UTC)

STATES: dict[str, Callable[[ADesk], Dossier]] = {
    "submitted": lambda desk: a_dossier(),
    "intake_supplement": ADesk.asked_at_intake,
    "not_accepted": ADesk.refused,
    "withdrawn": ADesk.withdrawn,
    "accepted": ADesk.accepted,
    "in_progress": ADesk.taken_up,
    "awaiting_supplement": ADesk.awaiting_supplement,
    "awaiting_obligation": ADesk.awaiting_obligation,
    "awaiting_agency": ADesk.awaiting_agency,
    "suspended": ADesk.suspended,
    "stopped": ADesk.stopped,
    "decided": ADesk.decided,
    "returned": ADesk.returned,
}

# Where an officer's act may be done: a dossier that is ready for it.
READY: dict[str, Callable[[ADesk], Dossier]] = {
    "accept": STATES["submitted"],
    "refuse": STATES["submitted"],
    "request_intake_supplement": STATES["submitted"],
    "take_up": ADesk.accepted,
    "assign": ADesk.accepted,
    "propose": ADesk.taken_up,
    "request_supplement": ADesk.taken_up,
    "impose_obligation": ADesk.taken_up,
    "discharge_obligation": ADesk.awaiting_obligation,
    "consult_agency": ADesk.taken_up,
    "hear_from_agency": ADesk.awaiting_agency,
    "suspend": ADesk.accepted,
    "resume_settlement": ADesk.suspended,
    "grant_withdrawal": ADesk.asked_to_withdraw,
    "decline_withdrawal": ADesk.asked_to_withdraw,
    "ask_further_intake_round": ADesk.answered_at_intake,
    "ask_further_round": ADesk.answered,
    "approve_further_round": ADesk.asked_for_a_further_round,
    "decline_further_round": ADesk.asked_for_a_further_round,
    "decide": ADesk.proposed,
    "send_back": ADesk.proposed,
    "stop": ADesk.accepted,
    "return_result": ADesk.decided,
}
LEADS_TO = {
    "accept": "accepted",
    "refuse": "not_accepted",
    "request_intake_supplement": "intake_supplement",
    "take_up": "in_progress",
    "assign": "in_progress",
    "propose": "in_progress",
    "request_supplement": "awaiting_supplement",
    "impose_obligation": "awaiting_obligation",
    "discharge_obligation": "in_progress",
    "consult_agency": "awaiting_agency",
    "hear_from_agency": "in_progress",
    "suspend": "suspended",
    "resume_settlement": "in_progress",
    "grant_withdrawal": "withdrawn",
    "decline_withdrawal": "in_progress",
    "ask_further_intake_round": "submitted",
    "ask_further_round": "in_progress",
    "approve_further_round": "in_progress",
    "decline_further_round": "in_progress",
    "decide": "decided",
    "send_back": "in_progress",
    "stop": "stopped",
    "return_result": "returned",
}
_DO: dict[str, Callable[..., Dossier]] = {
    "accept": services.accept_dossier,
    "refuse": services.refuse_dossier,
    "request_intake_supplement": services.request_intake_supplement,
    "take_up": services.take_up_dossier,
    "assign": services.assign_dossier,
    "propose": services.propose_outcome,
    "request_supplement": services.request_supplement,
    "impose_obligation": services.impose_obligation,
    "discharge_obligation": services.discharge_obligation,
    "consult_agency": services.consult_agency,
    "hear_from_agency": services.hear_from_agency,
    "suspend": services.suspend_settlement,
    "resume_settlement": services.resume_settlement,
    "grant_withdrawal": services.grant_withdrawal,
    "decline_withdrawal": services.decline_withdrawal,
    "ask_further_intake_round": services.ask_further_intake_round,
    "ask_further_round": services.ask_further_round,
    "approve_further_round": services.approve_further_round,
    "decline_further_round": services.decline_further_round,
    "decide": services.decide_dossier,
    "send_back": services.send_back_dossier,
    "stop": services.stop_dossier,
    "return_result": services.return_result,
}
_ASKING = {"reason": "Ảnh mờ."}
WORDS: dict[str, dict[str, Any]] = {
    "refuse": {"reason": "Không thuộc thẩm quyền."},
    "request_intake_supplement": _ASKING,
    "propose": {"outcome": "granted", "opinion": "Đủ điều kiện."},
    "request_supplement": _ASKING,
    "impose_obligation": {"notice": "Thông báo số 12/TB", "amount_dong": 250_000},
    "discharge_obligation": {"proof": "Biên lai số 0071"},
    "consult_agency": {"agency": "Công an quận Ninh Kiều", "question": "Xác minh nơi cư trú."},
    "hear_from_agency": {"answer": "Công văn số 45: có cư trú."},
    "suspend": {"reason": "Trụ sở bị ngập lụt."},
    "resume_settlement": {"reason": "Nước đã rút."},
    "decline_withdrawal": {"reason": "Đã có kết luận thẩm tra."},
    "ask_further_intake_round": {"reason": "Giấy nộp thêm lại thiếu trang sau."},
    "ask_further_round": {"reason": "Giấy nộp thêm lại thiếu trang sau."},
    "approve_further_round": {"reason": "Không có giấy đó thì không giải quyết được."},
    "decline_further_round": {"reason": "Tự tra cứu được trong cơ sở dữ liệu."},
    "decide": {"outcome": "granted", "number": "125/KS", "summary": "Đã đăng ký."},
    "send_back": {"reason": "Chưa rõ quê quán."},
    "stop": {"reason": "Có quyết định của Tòa án."},
    "return_result": {"method": "counter", "receiver": "Trần Văn Bình"},
}


def do(
    verb: str,
    dossier: Dossier,
    mandate: Mandate,
    *,
    desk: ADesk,
    at: datetime = LATER,
    **words: Any,
) -> Dossier:
    """Do the act as the mandate's officer, with everything it asks for unless told otherwise."""
    given = {**WORDS.get(verb, {}), **words}
    if verb in {"request_supplement", "request_intake_supplement"}:
        given.setdefault("findings", found_wanting(dossier, "birth_certificate"))
    if verb == "assign":
        given.setdefault("to_officer_id", desk.processor.officer_id)
    return _DO[verb](dossier_id=dossier.pk, mandate=mandate, at=at, **given)


def rightful(verb: str, desk: ADesk) -> Mandate:
    """Return who of the desk does this."""
    return {
        PostRole.RECEIVER: desk.receiver,
        PostRole.PROCESSOR: desk.processor,
        PostRole.LEADER: desk.leader,
    }[OFFICER_ACTS[verb].role]


def supplement(
    dossier: Dossier,
    *,
    at: datetime = LATER,
    keys: tuple[str, ...] = ("birth_certificate",),
    answer: str = "",
    files: list[StoredFile] | None = None,
) -> Dossier:
    """Hand in a new picture for each of these papers, as the owner."""
    pictures = files or [a_file(dossier.owner) for _ in keys]
    return services.supplement_dossier(
        dossier_id=dossier.pk,
        person=dossier.owner,
        attachments=[
            Attachment(key=key, file=file) for key, file in zip(keys, pictures, strict=True)
        ],
        answer=answer,
        at=at,
    )


def events_of(dossier: Dossier) -> list[LedgerEvent]:
    """Return the dossier's history."""
    return list(LedgerEvent.objects.about(dossier.subject))


def columns_of(dossier: Dossier) -> dict[str, Any]:
    """Return the row as it is in the database."""
    return Dossier.objects.filter(pk=dossier.pk).values().get()
