"""Corrections of what is public: proposed by one, approved by two others, numbered, in sight."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.disclosure.definitions import Change, checked
from motcua.disclosure.events import (
    CorrectionApproved,
    CorrectionIssued,
    CorrectionProposed,
    CorrectionRejected,
)
from motcua.disclosure.lifecycle import (
    CORRECTION_LIFECYCLE,
    CorrectionState,
    PublicationState,
)
from motcua.disclosure.models import Publication, PublishedCorrection
from motcua.disclosure.policies import (
    NeedsAReason,
    NotAllowed,
    TheStateForbidsIt,
    check_is_another,
    check_names_no_citizen,
    check_stands_at,
    check_works_for_city,
    required_reason,
)
from motcua.disclosure.queries import NoSuchPublication, published
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate

from ._acts import locked


class ACorrectionWaits(NotAllowed):
    """Another correction of the same row waits for its approval."""


@transaction.atomic
def propose_correction(
    *,
    publication_id: int,
    mandate: Mandate,
    change: str,
    target: str,
    field: str = "",
    new: str = "",
    reason: str,
    at: datetime,
) -> PublishedCorrection:
    """
    Propose to strike a row, to restate a figure of it, or to take a person's name away.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if the publication is not public
    :raises NeedsAReason: if no reason is given, or no kind of correction
    :raises NothingToCorrect: if there is no such row or figure, or it says so already
    :raises NamesACitizen: if somebody who filed is named
    :raises ACorrectionWaits: if one of the same row was not decided yet
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_stands_at(publication, PublicationState.PUBLISHED)
    if change not in Change.values:
        raise NeedsAReason(_("Hãy chọn cách đính chính."))
    reason = required_reason(reason, _("Hãy ghi lý do đính chính."))
    check_names_no_citizen(publication, reason)
    if _waiting(publication, target):
        raise ACorrectionWaits(_("Dòng này đang có một đính chính chờ phê duyệt."))
    former, said = checked(
        published(publication).view, change=Change(change), target=target, field=field, new=new
    )
    correction = PublishedCorrection.objects.create(
        publication=publication,
        change=change,
        target=target,
        field=field if change == Change.RESTATE else "",
        former=former,
        new=said,
        reason=reason,
        proposed_by_id=mandate.officer_id,
        proposed_at=at,
    )
    ledger.record(
        CorrectionProposed(correction=correction.pk, change=change, target=target, reason=reason),
        subject=correction.subject,
        actor=mandate.actor,
        at=at,
    )
    return correction


@transaction.atomic
def approve_correction(
    *, publication_id: int, correction_id: int, mandate: Mandate, at: datetime
) -> PublishedCorrection:
    """
    Agree to a correction as one of two who did not propose it; the second makes it public.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it was decided already
    :raises NotAnother: if the officer proposed it, or approved before
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    correction = _open_one(publication, correction_id)
    check_is_another(mandate, correction, author_id=correction.proposed_by_id)
    if correction.first_approved_by_id is None:
        correction.first_approved_by_id = mandate.officer_id
        correction.first_approved_at = at
        _move(correction, "approve")
        told: CorrectionApproved | CorrectionIssued = CorrectionApproved(correction=correction.pk)
    else:
        correction.second_approved_by_id = mandate.officer_id
        correction.second_approved_at = at
        correction.number = _next_number(publication)
        correction.issued_at = at
        _move(correction, "issue")
        told = CorrectionIssued(correction=correction.pk, number=correction.number)
    ledger.record(told, subject=correction.subject, actor=mandate.actor, at=at)
    return correction


@transaction.atomic
def reject_correction(
    *, publication_id: int, correction_id: int, mandate: Mandate, reason: str, at: datetime
) -> PublishedCorrection:
    """
    Leave what is public as it is.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it was decided already
    :raises NeedsAReason: if none is given
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    correction = _open_one(publication, correction_id)
    correction.rejection_reason = required_reason(reason, _("Hãy ghi lý do không duyệt."))
    correction.rejected_by_id = mandate.officer_id
    correction.rejected_at = at
    _move(correction, "reject")
    ledger.record(
        CorrectionRejected(correction=correction.pk, reason=correction.rejection_reason),
        subject=correction.subject,
        actor=mandate.actor,
        at=at,
    )
    return correction


def _open_one(publication: Publication, correction_id: int) -> PublishedCorrection:
    correction = PublishedCorrection.objects.filter(
        publication=publication, pk=correction_id
    ).first()
    if correction is None:
        raise NoSuchPublication(_("Không có đính chính này."))
    if correction.state != CorrectionState.PROPOSED:
        raise TheStateForbidsIt(
            _("Đính chính này đã có quyết định: %(state)s.")
            % {"state": CorrectionState(correction.state).label}
        )
    return correction


def _move(correction: PublishedCorrection, verb: str) -> None:
    state = CorrectionState(correction.state)
    correction.state = CORRECTION_LIFECYCLE.target_of(verb, state=state)
    correction.save()


def _waiting(publication: Publication, target: str) -> bool:
    return PublishedCorrection.objects.filter(
        publication=publication, target=target, state=CorrectionState.PROPOSED
    ).exists()


def _next_number(publication: Publication) -> int:
    numbers = PublishedCorrection.objects.filter(publication=publication)
    return (numbers.aggregate(last=Max("number"))["last"] or 0) + 1
