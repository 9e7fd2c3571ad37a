"""What the acts on a publication have in common: the lock, and the one place that moves a state."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.disclosure.events import PublicationMoved
from motcua.disclosure.lifecycle import PUBLICATION_LIFECYCLE, PublicationState
from motcua.disclosure.models import DisclosedLine, Publication
from motcua.disclosure.policies import check_state_allows
from motcua.disclosure.queries import NoSuchPublication
from motcua.kernel.ledger import events as ledger


def locked(publication_id: int) -> Publication:
    """
    Return the publication, held against every other writer until the transaction ends.

    :raises NoSuchPublication: if there is none
    """
    found = Publication.objects.select_for_update(of=("self",)).filter(pk=publication_id).first()
    if found is None:
        raise NoSuchPublication(_("Không có bản công khai này."))
    return found


def line_of(publication: Publication, line_id: int) -> DisclosedLine:
    """
    Return a line of a publication that the caller holds.

    :raises NoSuchPublication: if it has none of that number
    """
    line = DisclosedLine.objects.filter(publication=publication, pk=line_id).first()
    if line is None:
        raise NoSuchPublication(_("Bản công khai không có dòng này."))
    return line


def move(
    publication: Publication,
    verb: str,
    *,
    tell: Callable[..., PublicationMoved],
    actor: str,
    at: datetime,
    **details: Any,
) -> None:
    """
    Take the publication to where the verb leads, save it, and put that on record.

    The only place that assigns `state`. Whatever the constraints tie to it is set before.

    :raises TheStateForbidsIt: if its state does not allow that
    """
    check_state_allows(verb, publication)
    before = PublicationState(publication.state)
    publication.state = PUBLICATION_LIFECYCLE.target_of(verb, state=before)
    publication.save()
    ledger.record(
        tell(
            verb=verb,
            month=publication.key,
            from_state=before.value,
            to_state=publication.state.value,
            **details,
        ),
        subject=publication.subject,
        actor=actor,
        at=at,
    )


def unseal(publication: Publication) -> None:
    """Take the sealed content away, and with it the approvals, which were of that content."""
    publication.content = publication.digest = None
    publication.submitted_by = publication.submitted_at = None
    publication.first_approved_by = publication.first_approved_at = None
    publication.second_approved_by = publication.second_approved_at = None
