"""Petitions about dossiers (phản ánh, kiến nghị), counted by when they came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from motcua.kernel.clock import midnight, midnight_after
from motcua.steering.definitions import Period
from motcua.steering.models import Fact

from .counts import check_known


@dataclass(frozen=True, kw_only=True)
class Petitions:
    """What came in a period, and what became of it as far as it is known."""

    received: int
    in_time: int  # answered by the due moment, or open within it
    satisfied: int  # neither answered late nor with an answer that was disliked


def petitions(
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
) -> dict[int, Petitions]:
    """
    Return the petitions of a period by the agency that settles the dossier they are about.

    :raises TheFutureIsNotKnown: as `counted`
    """
    until = check_known(period, as_of=as_of, at=at)
    known = at if as_of is None else midnight_after(as_of)
    came = Fact.objects.filter(
        petition_at__gte=midnight(period.first),
        petition_at__lt=midnight_after(until),
    )
    if agency_ids is not None:
        came = came.filter(agency_id__in=agency_ids)
    answered = Q(petition_answered_at__lt=known)
    on_time = answered & Q(petition_answered_at__lte=F("petition_due_at"))
    in_time = on_time | (
        ~Q(petition_answered_at__isnull=False, petition_answered_at__lt=known)
        & Q(petition_due_at__gte=known)
    )
    unhappy = answered & Q(petition_disliked=True)
    rows = came.values_list("agency_id").annotate(
        all=Count("*"),
        timely=Count("dossier_id", filter=in_time),
        fine=Count("dossier_id", filter=in_time & ~unhappy),
    )
    return {
        agency: Petitions(received=all_, in_time=timely, satisfied=fine)
        for agency, all_, timely, fine in rows
    }
