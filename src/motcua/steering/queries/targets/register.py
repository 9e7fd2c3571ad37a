"""Which target stands for whom on a day, what it has to be at least, and how it came to be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.offices.models import Agency, AgencyKind
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import Register, plan_register
from motcua.steering.models import Target, TargetExplanation


@dataclass(frozen=True, kw_only=True)
class Minimum:
    """What a target must be at least, and whose word that is."""

    tenths: int
    because: str


def year_of(day: date) -> Period:
    """Return the period by which targets are set: the calendar year."""
    return Period.year(day.year)


def standing_targets(
    on: date, *, at: datetime, agency_ids: Collection[int] | None = None
) -> dict[int, Target]:
    """Return the targets for the period in which the day lies, by agency, as they stood `at`."""
    targets = Target.objects.filter(_stood(at), first_on__lte=on, last_on__gte=on)
    if agency_ids is not None:
        targets = targets.filter(agency_id__in=agency_ids)
    return {target.agency_id: target for target in targets}


def standing_target(agency_id: int, on: date, *, at: datetime) -> Target | None:
    """Return the agency's target for the period in which the day lies; None if it has none."""
    return standing_targets(on, at=at, agency_ids=[agency_id]).get(agency_id)


def history_of(agency_id: int) -> list[Target]:
    """Return every target the agency was ever set, the newest first."""
    return list(
        Target.objects.filter(agency_id=agency_id)
        .select_related("set_by", "head__unit")
        .order_by("-first_on", "-set_at", "-pk")
    )


def explanations_of(agency_id: int) -> list[TargetExplanation]:
    """Return how the agency explained its targets, the newest first."""
    return list(
        TargetExplanation.objects.filter(target__agency_id=agency_id)
        .select_related("target", "stated_by", "answered_by")
        .order_by("-stated_at", "-pk")
    )


def waiting_explanations() -> QuerySet[TargetExplanation]:
    """Return the explanations that the city's office has not answered, the oldest first."""
    return (
        TargetExplanation.objects.filter(answered_at=None)
        .select_related("target__agency", "stated_by")
        .order_by("stated_at", "pk")
    )


def minimum_for(agency: Agency, period: Period, *, at: datetime) -> Minimum:
    """
    Return what the agency's target must be at least (Plan 67/KH-UBND, I.1.b, II.1.k).

    For a commune what the city gave to its district, and never less than the city's floor; for
    others what the annex gives them, else the floor.
    """
    floor = _floor()
    if agency.kind == AgencyKind.COMMUNE and agency.parent_id is not None:
        above = standing_target(agency.parent_id, period.first, at=at)
        if above is not None and above.tenths > floor.tenths:
            return Minimum(
                tenths=above.tenths,
                because=_("thành phố giao quận, huyện này mức đó (%(source)s)")
                % {"source": above.source},
            )
        return floor
    given = Target.objects.filter(
        agency=agency,
        source_row__isnull=False,
        first_on__lte=period.last,
        last_on__gte=period.first,
    ).first()
    if given is None:
        return floor
    return Minimum(
        tenths=given.tenths,
        because=_("%(source)s, phụ lục, dòng %(row)d")
        % {"source": given.source, "row": given.source_row},
    )


def _floor() -> Minimum:
    register: Register = plan_register()
    return Minimum(
        tenths=register.floor,
        because=_("%(source)s đặt mức tối thiểu chung của thành phố")
        % {"source": register.document},
    )


def _stood(at: datetime) -> Q:
    # The annex sets the whole year's target, however late it was issued or loaded.
    told = Q(source_row__isnull=False) | Q(set_at__lte=at)
    return told & (Q(replaced_at__isnull=True) | Q(replaced_at__gt=at))
