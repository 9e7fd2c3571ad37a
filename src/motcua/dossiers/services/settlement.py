"""The acts between acceptance and result, along the route of the procedure's version."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents.models import StoredFile
from motcua.dossiers.events import (
    DossierAssigned,
    DossierDecided,
    DossierSentBack,
    DossierStopped,
    DossierTakenUp,
    ObligationImposed,
    OutcomeProposed,
    SupplementRequested,
)
from motcua.dossiers.models import Dossier, Outcome, Result
from motcua.dossiers.policies import check_cause_is_stated
from motcua.dossiers.queries import obligation_is_unsettled, proposal_of
from motcua.kernel.clock import day_of
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, holds_post_in
from motcua.procedures.definitions import Step, StepAct, Version

from ._acts import (
    Incomplete,
    begin,
    close_requests,
    enter_step,
    lapse_pleas,
    move,
    required_text,
)
from ._parts import advance_whole, end_parts
from ._reviews import Finding, ask


@transaction.atomic
def take_up_dossier(*, dossier_id: UUID, mandate: Mandate, at: datetime) -> Dossier:
    """
    Become the officer who works on the dossier.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    """
    dossier, _version = begin("take_up", dossier_id, mandate)
    dossier.holder_id = mandate.officer_id
    move(
        dossier,
        "take_up",
        tell=DossierTakenUp,
        actor=mandate.actor,
        at=at,
        holder=mandate.officer_id,
    )
    return dossier


@transaction.atomic
def assign_dossier(
    *, dossier_id: UUID, mandate: Mandate, to_officer_id: int, at: datetime
) -> Dossier:
    """
    Give the dossier to one of the unit's officers.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if the other officer has no post there that processes dossiers
    """
    dossier, _version = begin("assign", dossier_id, mandate)
    assert dossier.step_unit_id is not None  # held by a database constraint
    on = day_of(at)
    if not holds_post_in(to_officer_id, dossier.step_unit_id, PostRole.PROCESSOR, on):
        raise Incomplete(_("Người được chọn không phải công chức xử lý của đơn vị này."))
    dossier.holder_id = to_officer_id
    move(
        dossier,
        "assign",
        tell=DossierAssigned,
        actor=mandate.actor,
        at=at,
        holder=to_officer_id,
    )
    return dossier


@transaction.atomic
def propose_outcome(
    *,
    dossier_id: UUID,
    mandate: Mandate,
    outcome: str,
    opinion: str,
    no_obligation: str = "",
    at: datetime,
) -> Dossier:
    """
    Close the examination with a proposal and pass the dossier to the next step.

    At the step that settles what the applicant owes, a grant goes on once that was paid, or with
    `no_obligation` saying why nothing is due.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if the proposal or its grounds are missing
    """
    dossier, version = begin("propose", dossier_id, mandate)
    _check_outcome(outcome)
    opinion = required_text(opinion, _("Hãy ghi ý kiến thẩm tra."))
    if outcome == Outcome.GRANTED and obligation_is_unsettled(dossier, version):
        no_obligation = required_text(
            no_obligation,
            _(
                "Ở bước này, hãy thông báo nghĩa vụ tài chính cho người nộp và chờ nộp xong, "
                "hoặc ghi rõ vì sao không phát sinh nghĩa vụ tài chính."
            ),
        )
    else:
        no_obligation = ""
    assert dossier.step_key is not None  # held by a database constraint
    following = _step_after(version.steps[dossier.step_key], outcome, version)
    enter_step(dossier, version, following.key, at=at)
    move(
        dossier,
        "propose",
        tell=OutcomeProposed,
        actor=mandate.actor,
        at=at,
        outcome=outcome,
        opinion=opinion,
        no_obligation=no_obligation,
    )
    return dossier


@transaction.atomic
def request_supplement(
    *,
    dossier_id: UUID,
    mandate: Mandate,
    reason: str,
    findings: Mapping[str, Finding],
    seen: int | None = None,
    at: datetime,
) -> Dossier:
    """
    Ask the applicant for what the examination found missing, and pause the statutory clock.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if a paper was not checked, or it does not say what is missing and why
    """
    dossier, version = begin("request_supplement", dossier_id, mandate)
    asked = ask(dossier, version, mandate, reason=reason, findings=findings, seen=seen, at=at)
    dossier.paused_at = at
    move(
        dossier, "request_supplement", tell=SupplementRequested, actor=mandate.actor, at=at, **asked
    )
    return dossier


@transaction.atomic
def impose_obligation(
    *, dossier_id: UUID, mandate: Mandate, notice: str, amount_dong: int, at: datetime
) -> Dossier:
    """
    Tell the applicant of a financial obligation, and pause the clock until it is met.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if the notice is not named or the amount is not positive
    """
    dossier, _version = begin("impose_obligation", dossier_id, mandate)
    notice = required_text(notice, _("Hãy ghi số và tên thông báo."), longest=200)
    if amount_dong <= 0:
        raise Incomplete(_("Số tiền phải lớn hơn 0 đồng."))
    dossier.paused_at = at
    move(
        dossier,
        "impose_obligation",
        tell=ObligationImposed,
        actor=mandate.actor,
        at=at,
        notice=notice,
        amount_dong=amount_dong,
    )
    return dossier


@transaction.atomic
def send_back_dossier(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    Return the dossier to the step that must mend it, to the officer who proposed if still there.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, version = begin("send_back", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi rõ cần xử lý lại điều gì."))
    assert dossier.step_key is not None  # held by a database constraint
    back = version.steps[dossier.step_key].back
    if back is None:
        raise Incomplete(_("Quy trình của thủ tục này không cho trả lại từ bước này."))
    enter_step(dossier, version, back, at=at)
    if version.steps[back].act is StepAct.EXAMINE:
        dossier.holder_id = _proposer_if_still_there(dossier, at)
    move(
        dossier,
        "send_back",
        tell=DossierSentBack,
        actor=mandate.actor,
        at=at,
        reason=reason,
        holder=dossier.holder_id,
    )
    return dossier


@transaction.atomic
def decide_dossier(
    *,
    dossier_id: UUID,
    mandate: Mandate,
    outcome: str,
    number: str,
    summary: str,
    file: StoredFile | None = None,
    at: datetime,
) -> Dossier:
    """
    Sign the result, stop the clock and pass the dossier to the one-stop unit for hand-over.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if the result has no outcome, number or content
    """
    dossier, version = begin("decide", dossier_id, mandate)
    check_cause_is_stated(dossier, at=at)
    _check_outcome(outcome)
    result = Result.objects.create(
        dossier=dossier,
        outcome=outcome,
        number=required_text(number, _("Hãy ghi số văn bản kết quả."), longest=50),
        summary=required_text(summary, _("Hãy ghi nội dung kết quả.")),
        file=file,
        decided_by_id=mandate.officer_id,
        decided_at=at,
    )
    lapse_pleas(dossier, at=at)
    enter_step(dossier, version, version.return_step.key, at=at)
    dossier.completed_at = at
    move(
        dossier,
        "decide",
        tell=DossierDecided,
        actor=mandate.actor,
        at=at,
        outcome=outcome,
        number=result.number,
        file=str(file.pk) if file else None,
    )
    advance_whole(dossier, decided_by_id=mandate.officer_id, actor=mandate.actor, at=at)
    return dossier


@transaction.atomic
def stop_dossier(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    End the settlement without a result, for a reason the law knows; of a linked one, all of it.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, _version = begin("stop", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi rõ lý do dừng xử lý."))
    close_requests(dossier, at=at)
    lapse_pleas(dossier, at=at)
    dossier.paused_at = None
    dossier.completed_at = at
    move(
        dossier,
        "stop",
        tell=DossierStopped,
        actor=mandate.actor,
        at=at,
        reason=reason,
    )
    end_parts(dossier, reason=reason, actor=mandate.actor, at=at)
    return dossier


def _proposer_if_still_there(dossier: Dossier, at: datetime) -> int | None:
    proposal = proposal_of(dossier)
    if proposal is None or dossier.step_unit_id is None:
        return None
    officer_id = int(proposal.actor.removeprefix("officer:"))
    on = day_of(at)
    there = holds_post_in(officer_id, dossier.step_unit_id, PostRole.PROCESSOR, on)
    return officer_id if there else None


def _step_after(step: Step, outcome: str, version: Version) -> Step:
    following = version.steps[step.next[0]]
    # Nobody pays tax on what is refused: a refusal goes past that step to whoever signs it.
    while outcome == Outcome.DENIED and following.obligation:
        following = version.steps[following.next[0]]
    return following


def _check_outcome(outcome: str) -> None:
    if outcome not in Outcome.values:
        raise Incomplete(_("Hãy chọn đồng ý hay không đồng ý giải quyết."))
