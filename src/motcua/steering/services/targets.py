"""Targets come from the plan's annex, and are set anew by those who answer for them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.models import Agency, Post, PostRole
from motcua.offices.queries import Mandate
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import (
    REGISTER_OF_2024,
    Register,
    RegisterLine,
    read_register,
)
from motcua.steering.events import TargetSet
from motcua.steering.models import Target
from motcua.steering.policies import check_may_set, check_share
from motcua.steering.queries.targets import minimum_for

from ._words import UnusableWords, required

__all__ = ["TargetWasChanged", "TargetsLoad", "UnusableWords", "load_targets", "set_target"]

REASON_MAX = 1000


class TargetWasChanged(Exception):
    """Somebody set the target since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            _("Chỉ tiêu này vừa được người khác giao. Ông/Bà hãy xem lại rồi giao tiếp nếu cần.")
        )


@dataclass(frozen=True, kw_only=True)
class TargetsLoad:
    """How many targets a load made, and which agencies of the register are not there."""

    created: int
    unknown: tuple[str, ...]


@transaction.atomic
def load_targets(
    *, at: datetime, path: Path = REGISTER_OF_2024, actor: str = "system"
) -> TargetsLoad:
    """
    Set the targets of a plan's annex; a second time does nothing.

    What was set anew since stays. An agency that the city does not have is passed over and told.

    :raises InvalidRegister: if the register is not sound, and then nothing is loaded
    """
    register = read_register(path)
    with connection.cursor() as cursor:
        # Two processes starting at once must not both find the table empty.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('steering.load_targets', 0))")
    period = Period.year(register.year)
    agencies = {agency.name: agency for agency in Agency.objects.in_force(register.issued_on)}
    there = set(
        Target.objects.filter(first_on__lte=period.last, last_on__gte=period.first).values_list(
            "agency_id", flat=True
        )
    )
    heads = {
        post.unit.agency_id: post
        for post in Post.objects.filter(role=PostRole.LEADER).select_related("unit").order_by("-pk")
    }
    created = 0
    unknown = []
    for line in register.lines:
        agency = agencies.get(line.agency)
        if agency is None:
            unknown.append(line.agency)
        elif agency.pk not in there:
            _load(register, line, agency, heads.get(agency.pk), actor=actor, at=at)
            created += 1
    return TargetsLoad(created=created, unknown=tuple(unknown))


@transaction.atomic
def set_target(
    *,
    mandate: Mandate,
    agency_id: int,
    period: Period,
    tenths: int,
    reason: str = "",
    seen_id: int | None,
    at: datetime,
) -> Target:
    """
    Set what share, in tenths of a percent, the agency is to receive online in the period.

    `seen_id` is the target that stood when the officer looked, None if there was none. It stays on
    record, and the reason why another takes its place with it. Said twice it is one.

    :raises NotForYou: if the officer answers neither for the agency's district nor for the city
    :raises NoSuchPeriod: if the agency does not exist in the period, or it is over
    :raises BelowTheMinimum: if it is less than the city gave
    :raises MoreThanAll: if it is above 100 %
    :raises UnusableWords: if a target is changed without a reason
    :raises TargetWasChanged: if another was set since
    """
    # Who sets this agency's targets at the same moment waits here.
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency_id)
    check_may_set(mandate, agency, period, on=day_of(at))
    minimum = minimum_for(agency, period, at=at)
    check_share(tenths, minimum.tenths, because=minimum.because)
    standing = Target.objects.filter(
        agency=agency, first_on__lte=period.last, last_on__gte=period.first, replaced_at=None
    ).first()
    if standing is not None and (standing.tenths, standing.set_by_id) == (
        tenths,
        mandate.officer_id,
    ):
        return standing  # said twice, as after a second click
    if (standing.pk if standing else None) != seen_id:
        raise TargetWasChanged
    if standing is not None:
        reason = required(
            reason,
            most=REASON_MAX,
            missing=_("Hãy ghi lý do thay đổi chỉ tiêu đã giao."),
            too_long=_("Lý do dài quá 1.000 chữ cái."),
        )
        standing.replaced_at = at
        standing.save(update_fields=["replaced_at"])
    target = Target(
        agency=agency,
        first_on=period.first,
        last_on=period.last,
        tenths=tenths,
        minimum_tenths=minimum.tenths,
        baseline_tenths=standing.baseline_tenths if standing else None,
        baseline_year=standing.baseline_year if standing else None,
        head=standing.head if standing else _head_of(agency),
        source=_given_by(mandate),
        source_on=day_of(at),
        reason=reason,
        set_by_id=mandate.officer_id,
        set_at=at,
        replaces=standing,
    )
    _keep(target, actor=mandate.actor, at=at)
    return target


def _load(
    register: Register,
    line: RegisterLine,
    agency: Agency,
    head: Post | None,
    *,
    actor: str,
    at: datetime,
) -> None:
    period = Period.year(register.year)
    target = Target(
        agency=agency,
        first_on=period.first,
        last_on=period.last,
        tenths=line.target,
        minimum_tenths=line.target,
        baseline_tenths=line.baseline,
        baseline_year=register.baseline_year,
        head=head,
        source=register.document,
        source_on=register.issued_on,
        source_row=line.row,
        source_wording=line.wording or line.agency,
        set_at=at,
    )
    _keep(target, actor=actor, at=at)


def _keep(target: Target, *, actor: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            target.save(force_insert=True)
    except IntegrityError as error:
        raise TargetWasChanged from error
    ledger.record(
        TargetSet(
            target=target.pk,
            first_on=target.first_on.isoformat(),
            last_on=target.last_on.isoformat(),
            tenths=target.tenths,
            minimum_tenths=target.minimum_tenths,
            source=target.source,
            reason=target.reason,
            replaces=target.replaces_id,
        ),
        subject=target.subject,
        actor=actor,
        at=at,
    )


def _head_of(agency: Agency) -> Post | None:
    return Post.objects.filter(unit__agency=agency, role=PostRole.LEADER).order_by("pk").first()


def _given_by(mandate: Mandate) -> str:
    return next(
        (post.agency_name for post in mandate.posts if post.role == PostRole.LEADER),
        mandate.posts[0].agency_name,
    )
