"""What a counter took in: a dossier's papers and fees, a shift's list, and what is usual."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from motcua.dossiers.models import (
    Channel,
    CounterIntake,
    Dossier,
    FeeNoteLine,
    HandOver,
    PresentedPaper,
    ShiftHandOver,
)
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.memory import remembered

# Over how long a counter's habits are looked at, when it ranks its procedures.
USUAL_WITHIN = timedelta(days=90)


def intake_of(dossier: Dossier) -> CounterIntake | None:
    """Return how an officer took the dossier in; None if it came online."""
    return (
        CounterIntake.objects.filter(dossier=dossier)
        .select_related("taken_by", "passed_to")
        .first()
    )


def presented_of(dossier: Dossier) -> list[PresentedPaper]:
    """Return the papers that lay on the counter, in the order they were written down."""
    return list(PresentedPaper.objects.filter(dossier=dossier).order_by("pk"))


def fee_note_of(dossier: Dossier) -> list[FeeNoteLine]:
    """Return what was to be paid when the dossier came in, and what was collected."""
    return list(FeeNoteLine.objects.filter(dossier=dossier).order_by("pk"))


def intakes_of_shift(officer_id: int, unit_id: int) -> QuerySet[CounterIntake]:
    """Return what the officer took in there and has not handed over yet, oldest first."""
    return _listed().filter(taken_by_id=officer_id, unit_id=unit_id, shift=None)


def intakes_handed_over(shift: ShiftHandOver) -> QuerySet[CounterIntake]:
    """Return what belongs to a shift that was handed over, oldest first."""
    return _listed().filter(shift=shift)


def _listed() -> QuerySet[CounterIntake]:
    return CounterIntake.objects.select_related("dossier", "passed_to__agency").order_by(
        "passed_to_id", "taken_at", "pk"
    )


def fee_lines_of(dossier_ids: Iterable[UUID]) -> list[FeeNoteLine]:
    """Return the fee notes of several dossiers."""
    return list(FeeNoteLine.objects.filter(dossier_id__in=list(dossier_ids)).order_by("pk"))


def presented_in(dossier_ids: Iterable[UUID]) -> Mapping[UUID, list[PresentedPaper]]:
    """Return the papers handed in with several dossiers, by dossier."""
    found: dict[UUID, list[PresentedPaper]] = {}
    for paper in PresentedPaper.objects.filter(dossier_id__in=list(dossier_ids)).order_by("pk"):
        found.setdefault(paper.dossier_id, []).append(paper)
    return found


def returned_by(officer_id: int, unit_id: int, *, since: datetime, to: datetime) -> list[HandOver]:
    """Return the results that the officer handed out there, in order."""
    return list(
        HandOver.objects.filter(
            returned_by_id=officer_id,
            dossier__receiving_unit_id=unit_id,
            returned_at__gt=since,
            returned_at__lte=to,
        )
        .select_related("dossier")
        .order_by("returned_at", "pk")
    )


def accepted_online(unit_id: int, *, since: datetime, to: datetime) -> int:
    """Return how many dossiers that came online the unit took in meanwhile, whoever did."""
    return Dossier.objects.filter(
        receiving_unit_id=unit_id,
        channel=Channel.ONLINE,
        accepted_at__gt=since,
        accepted_at__lte=to,
    ).count()


def shift_begun_at(officer_id: int, unit_id: int, *, at: datetime) -> datetime:
    """Return when the officer's running shift there began: with the last one's end."""
    last: datetime | None = ShiftHandOver.objects.filter(
        officer_id=officer_id, unit_id=unit_id, handed_at__lte=at
    ).aggregate(at=Max("handed_at"))["at"]
    if last is not None:
        return last
    # The first shift ever: this morning, or earlier if something was taken in earlier.
    first: datetime | None = CounterIntake.objects.filter(
        taken_by_id=officer_id, unit_id=unit_id, shift=None
    ).aggregate(at=Min("taken_at"))["at"]
    morning = at.astimezone(CITY_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(first or at, morning)


def shifts_of(officer_id: int, unit_ids: Iterable[int], *, limit: int = 10) -> list[ShiftHandOver]:
    """Return the officer's last shifts there, the latest first."""
    return list(
        ShiftHandOver.objects.filter(officer_id=officer_id, unit_id__in=set(unit_ids))
        .select_related("unit")
        .order_by("-handed_at")[:limit]
    )


def shift_of(shift_id: UUID, unit_ids: Iterable[int]) -> ShiftHandOver | None:
    """Return a shift handed over in one of these units, or None."""
    return (
        ShiftHandOver.objects.filter(pk=shift_id, unit_id__in=set(unit_ids))
        .select_related("unit__agency", "officer")
        .first()
    )


def last_receipt_of(officer_id: int, unit_id: int) -> Mapping[str, str]:
    """Return the last receipt number that the officer noted there, by kind of fee."""
    lines = (
        FeeNoteLine.objects.filter(
            dossier__in=CounterIntake.objects.filter(
                taken_by_id=officer_id, unit_id=unit_id, shift=None
            ).values("dossier_id"),
            collected_dong__gt=0,
        )
        .order_by("pk")
        .values_list("kind", "receipt_number")
    )
    return dict(lines)


@remembered(seconds=60)
def usual_at(unit_id: int, channel: str, on: date) -> Counter[int]:
    """Return how often the unit took each procedure in by the channel lately, by procedure id."""
    since = datetime(on.year, on.month, on.day, tzinfo=CITY_TIME) - USUAL_WITHIN
    rows = (
        CounterIntake.objects.filter(unit_id=unit_id, taken_at__gte=since, dossier__channel=channel)
        .values_list("dossier__version__procedure_id")
        .annotate(count=Count("pk"))
    )
    return Counter(dict(rows))
