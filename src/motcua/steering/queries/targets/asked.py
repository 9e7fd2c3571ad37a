"""What targets ask of an officer now: to explain one that is missed, to answer an explanation."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.kernel.clock import midnight_after
from motcua.kernel.memory import remembered
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, leads_city, works_for_city
from motcua.steering.definitions.targets import FALLING_SHORT
from motcua.steering.models import Target, TargetExplanation

from .board import board, every_commune
from .register import unanswered_explanations


class TargetAsks(StrEnum):
    """What a target may ask of somebody."""

    EXPLAIN = "target_explain"
    ANSWER = "target_answer"


def target_asks(
    mandate: Mandate, *, on: date, short: frozenset[int]
) -> Mapping[TargetAsks, QuerySet[Any]]:
    """
    Return what waits for the officer on a day, as queries; what is never theirs is left out.

    `short` are the officer's agencies that fall short (`falling_short_under`).
    """
    asks: dict[TargetAsks, QuerySet[Any]] = {}
    if short:
        stands = TargetExplanation.objects.filter(
            Q(accepted=None) | Q(accepted=True), target=OuterRef("pk")
        )
        asks[TargetAsks.EXPLAIN] = Target.objects.filter(
            ~Exists(stands),
            agency_id__in=sorted(short),
            first_on__lte=on,
            last_on__gte=on,
            replaced_at=None,
        )
    if works_for_city(mandate) or leads_city(mandate):
        asks[TargetAsks.ANSWER] = unanswered_explanations()
    return asks


def falling_short_under(mandate: Mandate, *, on: date) -> frozenset[int]:
    """Return the agencies that the officer heads and that have to explain their target."""
    led = frozenset(post.agency_id for post in mandate.posts if post.role == PostRole.LEADER)
    return led & _falling_short(on) if led else led


@remembered(seconds=300)
def _falling_short(on: date) -> frozenset[int]:
    # Of a day rather than a moment: what one dossier changes may wait for minutes.
    whole = board(as_of=on, at=midnight_after(on))
    rows = [*whole.rows, *every_commune(whole)]
    return frozenset(row.agency_id for row in rows if row.progress.outlook in FALLING_SHORT)
