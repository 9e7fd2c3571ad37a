"""What the one-stop officer does with a dossier that has come in, and when it goes out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.dossiers.events import (
    DossierAccepted,
    DossierRefused,
    ObligationDischarged,
    ResultReturned,
    SupplementRequested,
)
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier, HandOver, ReturnMethod
from motcua.dossiers.queries import promised_at
from motcua.offices.queries import Mandate
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled

from ._acts import (
    Incomplete,
    begin,
    enter_step,
    lapse_pleas,
    move,
    required_text,
    resume_clock,
)
from ._parts import held_parts, open_parts
from ._reviews import Finding, ask


@transaction.atomic
def accept_dossier(
    *, dossier_id: UUID, mandate: Mandate, said: Mapping[str, Any] | None = None, at: datetime
) -> Dossier:
    """
    Take the dossier in, start the statutory clock and pass it to the unit that settles it.

    The receipt slip (form 01) is issued with it; `said` is what a counter adds to that.
    Of a linked one the parts are opened that need not wait, each at its agency.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if a part of a linked dossier cannot be put before any agency
    """
    dossier, version = begin("accept", dossier_id, mandate)
    _take_in(dossier, version, mandate, said=said, at=at)
    if version.linked is None:
        return dossier
    for part in open_parts(whole=dossier, actor=mandate.actor, at=at):
        # What this very counter has just looked through, it does not look through again.
        if part.receiving_unit_id == dossier.receiving_unit_id:
            _take_in(part, compiled(part.version_id), mandate, at=at)
    return dossier


def _take_in(
    dossier: Dossier,
    version: Version,
    mandate: Mandate,
    *,
    said: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    dossier.accepted_at = at
    edition = calendars.current_edition()
    dossier.due_at = promised_at(dossier, version, at=at, edition=edition)
    enter_step(dossier, version, version.steps[version.first_step].next[0], at=at)
    move(
        dossier,
        "accept",
        tell=DossierAccepted,
        actor=mandate.actor,
        at=at,
        said=said,
        due_at=dossier.due_at.isoformat(),
        edition=edition,
    )


@transaction.atomic
def refuse_dossier(*, dossier_id: UUID, mandate: Mandate, reason: str, at: datetime) -> Dossier:
    """
    Turn the dossier away at the door, with the reason in words (form 03).

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given
    """
    dossier, _version = begin("refuse", dossier_id, mandate)
    reason = required_text(reason, _("Hãy ghi rõ lý do từ chối."))
    lapse_pleas(dossier, at=at)
    dossier.completed_at = at
    move(
        dossier,
        "refuse",
        tell=DossierRefused,
        actor=mandate.actor,
        at=at,
        reason=reason,
    )
    return dossier


@transaction.atomic
def request_intake_supplement(
    *,
    dossier_id: UUID,
    mandate: Mandate,
    reason: str,
    findings: Mapping[str, Finding],
    seen: int | None = None,
    at: datetime,
) -> Dossier:
    """
    Ask the applicant, before acceptance, for all that is missing (form 02).

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if a paper was not checked, or it does not say what is missing and why
    """
    dossier, version = begin("request_intake_supplement", dossier_id, mandate)
    asked = ask(dossier, version, mandate, reason=reason, findings=findings, seen=seen, at=at)
    move(
        dossier,
        "request_intake_supplement",
        tell=SupplementRequested,
        actor=mandate.actor,
        at=at,
        **asked,
    )
    return dossier


@transaction.atomic
def discharge_obligation(
    *, dossier_id: UUID, mandate: Mandate, proof: str, at: datetime
) -> Dossier:
    """
    Note that the financial obligation was met, and let the clock run on.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if the proof of payment is not named
    """
    dossier, version = begin("discharge_obligation", dossier_id, mandate)
    proof = required_text(proof, _("Hãy ghi số chứng từ nộp tiền."))
    due_at = resume_clock(dossier, version, at=at)
    move(
        dossier,
        "discharge_obligation",
        tell=ObligationDischarged,
        actor=mandate.actor,
        at=at,
        proof=proof,
        due_at=due_at.isoformat(),
    )
    return dossier


@transaction.atomic
def return_result(
    *, dossier_id: UUID, mandate: Mandate, method: str, receiver: str, at: datetime
) -> Dossier:
    """
    Hand the result over and close the dossier; of a linked one, with the results of its parts.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if it does not say how and to whom
    """
    dossier, _version = begin("return_result", dossier_id, mandate)
    if method not in ReturnMethod.values:
        raise Incomplete(_("Hãy chọn cách trả kết quả."))
    receiver = required_text(receiver, _("Hãy ghi tên người nhận kết quả."), longest=150)
    _hand_over(dossier, mandate, method, receiver, at)
    for part in held_parts(dossier):
        if part.state == DossierState.DECIDED:
            _hand_over(part, mandate, method, receiver, at)
    return dossier


def _hand_over(
    dossier: Dossier, mandate: Mandate, method: str, receiver: str, at: datetime
) -> None:
    HandOver.objects.create(
        dossier=dossier,
        method=method,
        receiver=receiver,
        returned_by_id=mandate.officer_id,
        returned_at=at,
    )
    dossier.returned_at = at
    move(
        dossier,
        "return_result",
        tell=ResultReturned,
        actor=mandate.actor,
        at=at,
        method=method,
        receiver=receiver,
    )
