"""Sealing a publication, its two approvals, and making it public."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.disclosure.events import (
    PublicationApproved,
    PublicationPublished,
    PublicationSentBack,
    PublicationSubmitted,
)
from motcua.disclosure.models import Publication
from motcua.disclosure.policies import (
    check_is_another,
    check_is_approved,
    check_naming_is_decided,
    check_replies_are_over,
    check_state_allows,
    check_was_read,
    check_works_for_city,
    required_reason,
)
from motcua.disclosure.queries import content_for
from motcua.kernel.ledger.chain import canonical
from motcua.offices.queries import Mandate

from ._acts import locked, move, unseal


@transaction.atomic
def submit_publication(*, publication_id: int, mandate: Mandate, at: datetime) -> Publication:
    """
    Seal what will be published, as canonical JSON under its SHA-256, for two others to approve.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it is not open for replies
    :raises RepliesAreOpen: if those named may still answer
    :raises NamingIsUndecided: if nobody has decided of some person
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_state_allows("submit", publication)
    check_replies_are_over(publication, at=at)
    check_naming_is_decided(publication)
    content = canonical(content_for(publication)).encode()
    publication.content = content
    publication.digest = hashlib.sha256(content).hexdigest()
    publication.submitted_by_id = mandate.officer_id
    publication.submitted_at = at
    publication.sent_back_reason = ""
    move(
        publication,
        "submit",
        tell=PublicationSubmitted,
        actor=mandate.actor,
        at=at,
        digest=publication.digest,
    )
    return publication


@transaction.atomic
def approve_publication(
    *, publication_id: int, mandate: Mandate, seen_digest: str, at: datetime
) -> Publication:
    """
    Agree to the sealed content, as one of two who did not draft it.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it does not lie before the approvers
    :raises NotAnother: if the officer drafted it, or approved before
    :raises NotWhatWasRead: if the content is another than the one that was read
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_state_allows("approve", publication)
    check_is_another(mandate, publication, author_id=publication.drafted_by_id)
    check_was_read(publication, seen_digest)
    number = 1 if publication.first_approved_by_id is None else 2
    if number == 1:
        publication.first_approved_by_id = mandate.officer_id
        publication.first_approved_at = at
    elif publication.second_approved_by_id is None:
        publication.second_approved_by_id = mandate.officer_id
        publication.second_approved_at = at
    else:
        return publication  # two have; a third changes nothing
    move(
        publication,
        "approve",
        tell=PublicationApproved,
        actor=mandate.actor,
        at=at,
        number=number,
        digest=publication.digest,
    )
    return publication


@transaction.atomic
def send_back_publication(
    *, publication_id: int, mandate: Mandate, reason: str, at: datetime
) -> Publication:
    """
    Let the office change something first. Approvals fall with the content that they were of.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it does not lie before the approvers
    :raises NeedsAReason: if none is given
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_state_allows("send_back", publication)
    publication.sent_back_reason = required_reason(reason, _("Hãy ghi rõ cần sửa điều gì."))
    unseal(publication)
    move(
        publication,
        "send_back",
        tell=PublicationSentBack,
        actor=mandate.actor,
        at=at,
        reason=publication.sent_back_reason,
    )
    return publication


@transaction.atomic
def publish_publication(*, publication_id: int, mandate: Mandate, at: datetime) -> Publication:
    """
    Make public what two approved. Nothing of it changes any more.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it does not lie before the approvers, or is public already
    :raises NotYetApproved: if two others have not approved it
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_state_allows("publish", publication)
    check_is_approved(publication)
    publication.published_by_id = mandate.officer_id
    publication.published_at = at
    move(
        publication,
        "publish",
        tell=PublicationPublished,
        actor=mandate.actor,
        at=at,
        digest=publication.digest,
    )
    return publication
