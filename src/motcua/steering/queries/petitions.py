"""Petitions about dossiers (phản ánh, kiến nghị), one by one, by when they came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Case, F, Q, QuerySet, When

from motcua.dossiers.models import Dossier
from motcua.kernel.clock import midnight, midnight_after
from motcua.steering.definitions import Period
from motcua.steering.models import Petition

from .counts import check_known

_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class PetitionBehind:
    """A petition that a figure counts."""

    number: str
    dossier: str  # its code; empty where only figures were loaded
    due_at: datetime
    answered_at: datetime | None
    is_in_time: bool
    is_content: bool  # in time, and no answer to it disliked


def petitions_behind(
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
) -> list[PetitionBehind]:
    """
    Return the petitions of a period one by one, the oldest first.

    :raises TheFutureIsNotKnown: as `counted`
    """
    until = check_known(period, as_of=as_of, at=at)
    known = at + _MICROSECOND if as_of is None else midnight_after(as_of)
    in_time, content = _conditions(known)
    rows = list(
        _came(period.first, until, agency_ids)
        .annotate(in_time=_holds(in_time), content=_holds(content))
        .order_by("received_at", "number")
    )
    dossiers = Dossier.objects.filter(pk__in={row.dossier_id for row in rows})
    codes = dict(dossiers.values_list("pk", "code"))
    return [
        PetitionBehind(
            number=row.number,
            dossier=codes.get(row.dossier_id, ""),
            due_at=row.due_at,
            answered_at=row.answered_at if row.answered_at and row.answered_at < known else None,
            is_in_time=row.in_time,
            is_content=row.content,
        )
        for row in rows
    ]


def _came(first: date, last: date, agency_ids: Collection[int] | None) -> QuerySet[Petition]:
    came = Petition.objects.filter(
        received_at__gte=midnight(first), received_at__lt=midnight_after(last)
    )
    return came if agency_ids is None else came.filter(agency_id__in=agency_ids)


def _conditions(known: datetime) -> tuple[Q, Q]:
    """Return when a petition is in time, and when nobody is unhappy, as known before a moment."""
    answered = Q(answered_at__isnull=False, answered_at__lt=known)
    in_time = (answered & Q(answered_at__lte=F("due_at"))) | (~answered & Q(due_at__gte=known))
    return in_time, in_time & ~Q(disliked_at__isnull=False, disliked_at__lt=known)


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
