"""The clock stands still for somebody who is not the applicant: an agency, or a flood."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.events import (
    AgencyConsulted,
    AgencyHeard,
    SettlementResumed,
    SettlementSuspended,
)
from motcua.dossiers.models import Dossier
from motcua.offices.queries import Mandate

from ._acts import begin, move, required_text, resume_clock


@transaction.atomic
def consult_agency(
    *, dossier_id: UUID, mandate: Mandate, agency: str, question: str, at: datetime
) -> Dossier:
    """
    Ask another agency for what the settlement needs, and pause the clock until it answers.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if it does not say whom and what
    """
    dossier, _version = begin("consult_agency", dossier_id, mandate)
    agency = required_text(agency, _("Hãy ghi tên cơ quan được hỏi."), longest=200)
    question = required_text(question, _("Hãy ghi rõ cần cơ quan đó trả lời điều gì."))
    dossier.waits_for = agency
    dossier.paused_at = at
    move(
        dossier,
        "consult_agency",
        tell=AgencyConsulted,
        actor=mandate.actor,
        at=at,
        agency=agency,
        question=question,
    )
    return dossier


@transaction.atomic
def hear_from_agency(*, dossier_id: UUID, mandate: Mandate, answer: str, at: datetime) -> Dossier:
    """
    Put the other agency's answer on record, and let the clock run on.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if it does not say what was answered
    """
    dossier, version = begin("hear_from_agency", dossier_id, mandate)
    answer = required_text(answer, _("Hãy ghi số văn bản và nội dung trả lời."))
    agency = dossier.waits_for or ""
    due_at = resume_clock(dossier, version, at=at)
    move(
        dossier,
        "hear_from_agency",
        tell=AgencyHeard,
        actor=mandate.actor,
        at=at,
        agency=agency,
        answer=answer,
        due_at=due_at.isoformat(),
    )
    return dossier


@transaction.atomic
def suspend_settlement(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    Pause the clock while force majeure keeps everybody from working on the dossier.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, _version = begin("suspend", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi rõ sự kiện bất khả kháng và căn cứ."))
    dossier.paused_at = at
    move(dossier, "suspend", tell=SettlementSuspended, actor=mandate.actor, at=at, reason=reason)
    return dossier


@transaction.atomic
def resume_settlement(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    Go on with what force majeure had stopped.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if it does not say why work can go on
    """
    dossier, version = begin("resume_settlement", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi vì sao giải quyết tiếp được."))
    due_at = resume_clock(dossier, version, at=at)
    move(
        dossier,
        "resume_settlement",
        tell=SettlementResumed,
        actor=mandate.actor,
        at=at,
        reason=reason,
        due_at=due_at.isoformat(),
    )
    return dossier
