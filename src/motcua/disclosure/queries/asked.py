"""What the monthly publication asks of an officer now, told by what it is."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.disclosure.lifecycle import CorrectionState, PublicationState
from motcua.disclosure.models import (
    DisclosedLine,
    LineKind,
    Publication,
    PublishedCorrection,
    Reply,
)
from motcua.kernel.memory import remembered
from motcua.kernel.statements import AT
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, leads_city, works_for_city


class PublicationAsks(StrEnum):
    """What a publication may ask of somebody."""

    REPLY = "publication_reply"  # the right of reply of the own agency, or one's own
    NAME = "publication_name"  # whether to name a person
    SUBMIT = "publication_submit"  # the replies are in
    APPROVE = "publication_approve"
    PUBLISH = "publication_publish"  # two have approved
    CORRECT = "publication_correct"  # somebody proposed a correction


@remembered(seconds=10)
def takes_any_replies() -> bool:
    """Return whether some publication is open to replies; few days of a month one is."""
    return Publication.objects.filter(state=PublicationState.REPLYING).exists()


def publication_asks(
    mandate: Mandate, *, takes_replies: bool = True, at: datetime = AT
) -> Mapping[PublicationAsks, QuerySet[Any]]:
    """Return what waits for the officer, as queries; what cannot be theirs is left out."""
    asks: dict[PublicationAsks, QuerySet[Any]] = {}
    if takes_replies:
        asks[PublicationAsks.REPLY] = lines_to_answer(mandate, at=at)
    if not works_for_city(mandate):
        return asks
    me = mandate.officer_id
    own = Publication.objects.filter(drafted_by_id=me)
    approving = Q(state=PublicationState.APPROVING)
    asks |= {
        PublicationAsks.SUBMIT: own.filter(state=PublicationState.REPLYING, replies_due_at__lte=at),
        PublicationAsks.APPROVE: Publication.objects.filter(approving, second_approved_by=None)
        .exclude(drafted_by_id=me)
        .exclude(first_approved_by_id=me),
        PublicationAsks.PUBLISH: own.filter(approving, second_approved_by__isnull=False),
        PublicationAsks.CORRECT: PublishedCorrection.objects.filter(state=CorrectionState.PROPOSED)
        .exclude(proposed_by_id=me)
        .exclude(first_approved_by_id=me),
    }
    if leads_city(mandate):
        asks[PublicationAsks.NAME] = DisclosedLine.objects.filter(
            kind=LineKind.OFFICER,
            naming=None,
            is_struck=False,
            publication__state__in=[PublicationState.DRAFT, PublicationState.REPLYING],
        )
    return asks


def lines_to_answer(mandate: Mandate, *, at: datetime) -> QuerySet[DisclosedLine]:
    """
    Return the lines that the officer may still answer and has not: of the agencies they head as a
    whole, and of themselves.
    """
    headed = [post.agency_id for post in mandate.posts if post.role == PostRole.LEADER]
    mine = Q(kind=LineKind.AGENCY, agency_id__in=headed) | Q(
        kind=LineKind.OFFICER, officer_id=mandate.officer_id
    )
    answered = Reply.objects.filter(line=OuterRef("pk"), officer_id=mandate.officer_id)
    return DisclosedLine.objects.filter(
        mine,
        ~Exists(answered),
        publication__state=PublicationState.REPLYING,
        publication__replies_due_at__gt=at,
    )
