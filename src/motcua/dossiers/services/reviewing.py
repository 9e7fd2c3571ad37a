"""Checking every paper before the applicant is asked for any: an office should ask once."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers.policies import request_verb
from motcua.dossiers.queries import Review, review_of
from motcua.offices.queries import Mandate

from ._acts import begin, locked
from ._reviews import Finding, put_down


@transaction.atomic
def review_components(
    *,
    dossier_id: UUID,
    mandate: Mandate,
    findings: Mapping[str, Finding],
    seen: int | None = None,
    at: datetime,
) -> Review:
    """
    Put findings down, to be sent later. `seen` is the review's revision that the officer looked at.

    :raises NotAllowed: one of its kinds, if this officer may not ask for papers now
    :raises ReviewChanged: if somebody has put findings down since; theirs stay
    :raises Incomplete: if a finding does not say what is needed and why
    """
    # No event: a draft is nothing that happened to the dossier. The request tells the findings.
    dossier, version = begin(request_verb(locked(dossier_id)), dossier_id, mandate)
    put_down(dossier, version, mandate, findings, seen=seen, at=at)
    return review_of(dossier)
