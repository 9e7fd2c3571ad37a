"""What only a leader may allow: ending an accepted dossier, and asking for papers once more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.events import (
    DossierWithdrawn,
    FurtherRoundApproved,
    FurtherRoundAsked,
    FurtherRoundDeclined,
    WithdrawalDeclined,
    WithdrawalRequested,
)
from motcua.dossiers.models import Dossier, Plea, PleaAnswer, PleaKind
from motcua.dossiers.policies import Asked, check_applicant_may, phase_of
from motcua.offices.queries import Mandate
from motcua.parties.models import Person

from ._acts import begin, close_requests, lapse_pleas, locked, move, note, required_text
from ._acts import person as person_actor
from ._parts import end_parts


@transaction.atomic
def request_withdrawal(*, dossier_id: UUID, person: Person, reason: str, at: datetime) -> Dossier:
    """
    Ask the agency to end one's own accepted dossier. It is settled on until the leader answers.

    :raises NotAllowed: one of its kinds, if it is not this person's or a result has been signed
    :raises Incomplete: if no reason is given
    """
    dossier = locked(dossier_id)
    check_applicant_may("request_withdrawal", person, dossier)
    plea = _plead(
        dossier,
        PleaKind.WITHDRAWAL,
        number=0,
        reason=required_text(reason, _("Hãy ghi vì sao Ông/Bà xin rút hồ sơ.")),
        by=person_actor(person.pk),
        at=at,
    )
    note(
        dossier,
        tell=WithdrawalRequested(reason=plea.reason),
        actor=plea.asked_by,
        at=at,
    )
    return dossier


@transaction.atomic
def grant_withdrawal(*, dossier_id: UUID, mandate: Mandate, at: datetime) -> Dossier:
    """
    End the dossier as the applicant asked, with a stop notice (form 05 of Circular 03/2025).

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    """
    dossier, _version = begin("grant_withdrawal", dossier_id, mandate)
    plea = _answer(dossier, PleaKind.WITHDRAWAL, PleaAnswer.GRANTED, mandate, at=at)
    close_requests(dossier, at=at)
    lapse_pleas(dossier, at=at)
    dossier.paused_at = None
    dossier.completed_at = at
    move(
        dossier,
        "grant_withdrawal",
        tell=DossierWithdrawn,
        actor=mandate.actor,
        at=at,
        reason=plea.reason,
    )
    end_parts(dossier, reason=plea.reason, actor=mandate.actor, at=at)
    return dossier


@transaction.atomic
def decline_withdrawal(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    Go on with the settlement though the applicant asked to end it, and say why.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, _version = begin("decline_withdrawal", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi rõ vì sao không cho rút hồ sơ."))
    _answer(dossier, PleaKind.WITHDRAWAL, PleaAnswer.DECLINED, mandate, reason=reason, at=at)
    note(dossier, tell=WithdrawalDeclined(reason=reason), actor=mandate.actor, at=at)
    return dossier


@transaction.atomic
def ask_further_intake_round(
    *, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime
) -> Dossier:
    """
    Ask the head, before acceptance, for leave to ask the applicant once more.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    return _ask("ask_further_intake_round", dossier_id, mandate, reason, at)


@transaction.atomic
def ask_further_round(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    Ask the head, during the examination, for leave to ask the applicant once more.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    return _ask("ask_further_round", dossier_id, mandate, reason, at)


@transaction.atomic
def approve_further_round(
    *, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime
) -> Dossier:
    """
    Let the officer ask the applicant once more; good for one round of this phase.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, _version = begin("approve_further_round", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi vì sao đồng ý yêu cầu bổ sung thêm."))
    plea = _answer(
        dossier, PleaKind.FURTHER_ROUND, PleaAnswer.GRANTED, mandate, reason=reason, at=at
    )
    note(
        dossier,
        tell=FurtherRoundApproved(phase=plea.phase, round=plea.round, reason=reason),
        actor=mandate.actor,
        at=at,
    )
    return dossier


@transaction.atomic
def decline_further_round(
    *, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime
) -> Dossier:
    """
    Have the dossier settled with what is there.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, _version = begin("decline_further_round", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi vì sao không đồng ý yêu cầu bổ sung thêm."))
    plea = _answer(
        dossier, PleaKind.FURTHER_ROUND, PleaAnswer.DECLINED, mandate, reason=reason, at=at
    )
    note(
        dossier,
        tell=FurtherRoundDeclined(phase=plea.phase, round=plea.round, reason=reason),
        actor=mandate.actor,
        at=at,
    )
    return dossier


def _ask(verb: str, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    dossier, _version = begin(verb, dossier_id, mandate)
    plea = _plead(
        dossier,
        PleaKind.FURTHER_ROUND,
        number=Asked(dossier).next_round,
        reason=required_text(reason, _("Hãy ghi rõ vì sao cần yêu cầu bổ sung thêm.")),
        by=mandate.actor,
        at=at,
    )
    note(
        dossier,
        tell=FurtherRoundAsked(phase=plea.phase, round=plea.round, reason=plea.reason),
        actor=mandate.actor,
        at=at,
    )
    return dossier


def _plead(
    dossier: Dossier, kind: PleaKind, *, number: int, reason: str, by: str, at: datetime
) -> Plea:
    assert dossier.step_unit_id is not None  # held by a database constraint while it is open
    # One that nobody answered in the phase before is nobody's question any more.
    Plea.objects.filter(dossier=dossier, kind=kind, answered_at=None).update(
        outcome=PleaAnswer.LAPSED, answered_at=at
    )
    return Plea.objects.create(
        dossier=dossier,
        kind=kind,
        phase=phase_of(dossier),
        round=number,
        reason=reason,
        asked_by=by,
        asked_at=at,
        unit_id=dossier.step_unit_id,
    )


def _answer(
    dossier: Dossier,
    kind: PleaKind,
    outcome: PleaAnswer,
    mandate: Mandate,
    *,
    reason: str = "",
    at: datetime,
) -> Plea:
    # There is one: the policy has just looked, under the dossier's lock.
    plea = Plea.objects.get(dossier=dossier, kind=kind, answered_at=None)
    plea.outcome = outcome
    plea.answer = reason
    plea.answered_by_id = mandate.officer_id
    plea.answered_at = at
    plea.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    return plea
