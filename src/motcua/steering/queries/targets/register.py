"""Which target stands for whom on a day, what it has to be at least, and how it came to be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.kernel.statements import Statement
from motcua.offices.models import Agency, AgencyKind
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import Register, plan_register
from motcua.steering.models import Target, TargetExplanation

_ON, _AT = date.min, datetime.min.replace(tzinfo=UTC)  # in statements: which day, as when


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
    names = [field.attname for field in Target._meta.concrete_fields]
    rows = _standing().rows({_ON: on, _AT: at})
    targets = [Target.from_db(connection.alias, names, row) for row in rows]
    return {
        target.agency_id: target
        for target in targets
        if agency_ids is None or target.agency_id in agency_ids
    }


@cache
def _standing() -> Statement:
    return Statement(Target.objects.filter(_stood(_AT), first_on__lte=_ON, last_on__gte=_ON))


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


class Waiting(NamedTuple):
    """An explanation that nobody has answered."""

    pk: int
    agency: str
    stated_by: str
    stated_at: datetime


def waiting_explanations() -> list[Waiting]:
    """Return the explanations that the city's office has not answered, the oldest first."""
    return [Waiting(*row) for row in _waiting().rows()]


def unanswered_explanations() -> QuerySet[TargetExplanation]:
    """Return the same as a query."""
    return TargetExplanation.objects.filter(answered_at=None)


@cache
def _waiting() -> Statement:
    return Statement(
        unanswered_explanations()
        .order_by("stated_at", "pk")
        .values_list("pk", "target__agency__name", "stated_by__full_name", "stated_at")
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
