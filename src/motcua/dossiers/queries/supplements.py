"""What was asked of applicants and of leaders, and what was checked before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from motcua.calendars import queries as calendars
from motcua.calendars.limits import Limit, LimitUnit
from motcua.dossiers.lifecycle import STILL_ACTS
from motcua.dossiers.models import (
    ComponentReview,
    Dossier,
    Phase,
    Plea,
    PleaAnswer,
    PleaKind,
    SupplementRequest,
)
from motcua.kernel.clock import midnight
from motcua.kernel.months import month_after
from motcua.procedures.definitions import Component, OnSilence, Version


@dataclass(frozen=True, kw_only=True)
class AnswerRule:
    """How long an applicant has for an answer, and what follows silence."""

    limit: Limit
    warn_before: timedelta  # working time
    stops: bool  # the dossier ends by itself; otherwise it waits on
    basis: str  # empty: no text is known, the city has set the time


def answer_rule_of(version: Version) -> AnswerRule:
    """Return the version's rule on silence, or the city's own where no text is known."""
    rule = version.supplement
    if rule is None:
        return AnswerRule(
            limit=Limit(amount=Fraction(settings.ANSWER_WORKING_DAYS), unit=LimitUnit.WORKING_DAY),
            warn_before=timedelta(hours=settings.SILENCE_WARNING_HOURS),
            # Only a text may end a dossier by itself.
            stops=False,
            basis="",
        )
    return AnswerRule(
        limit=rule.answer_limit,
        warn_before=(
            _working_time(rule.warn_before)
            if rule.warn_before
            else timedelta(hours=settings.SILENCE_WARNING_HOURS)
        ),
        stops=rule.on_silence is OnSilence.STOP,
        basis=rule.basis,
    )


def components_to_review(dossier: Dossier, version: Version) -> tuple[Component, ...]:
    """Return the papers that must all be looked at before the applicant is asked for any."""
    return version.cases[dossier.case_key].components_for(dossier.answers)


@dataclass(frozen=True, kw_only=True)
class Review:
    """What was found so far of the papers, for the round that comes next."""

    phase: Phase
    round: int
    findings: Mapping[str, ComponentReview]

    @property
    def revision(self) -> int:
        """How often anything was put down: two tabs that saw the same number saw the same."""
        return sum(finding.revision for finding in self.findings.values())


def review_of(dossier: Dossier) -> Review:
    """Return the review that leads to the next request."""
    phase = Phase.INTAKE if dossier.accepted_at is None else Phase.EXAMINATION
    following = SupplementRequest.objects.filter(dossier=dossier).count() + 1
    found = ComponentReview.objects.filter(
        dossier=dossier, phase=phase, round=following
    ).select_related("reviewed_by")
    return Review(
        phase=phase, round=following, findings={finding.key: finding for finding in found}
    )


def findings_of(request: SupplementRequest) -> dict[str, ComponentReview]:
    """Return what was found of each paper before the request; nothing for one of old times."""
    found = ComponentReview.objects.filter(
        dossier=request.dossier_id, phase=request.phase, round=request.round
    )
    return {finding.key: finding for finding in found}


def pleas_of(dossier: Dossier) -> list[Plea]:
    """Return what leaders were asked about the dossier, in order."""
    return list(
        Plea.objects.filter(dossier=dossier)
        .select_related("answered_by")
        .order_by("asked_at", "pk")
    )


# Asked, unanswered, and not overtaken by acceptance or by the dossier's move to the applicant.
WAITS = Q(answered_at=None) & (
    Q(kind=PleaKind.WITHDRAWAL, dossier__state__in=sorted(STILL_ACTS["decline_withdrawal"]))
    | Q(
        kind=PleaKind.FURTHER_ROUND,
        phase=Phase.INTAKE,
        dossier__state__in=sorted(STILL_ACTS["ask_further_intake_round"]),
    )
    | Q(
        kind=PleaKind.FURTHER_ROUND,
        phase=Phase.EXAMINATION,
        dossier__state__in=sorted(STILL_ACTS["ask_further_round"]),
    )
)


class FurtherRoundStand(StrEnum):
    """What came of the wish to ask an applicant once more."""

    ASKED = "asked"  # whatever came of it
    GRANTED = "granted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WAITING = "waiting"


_STANDS_SO = {
    FurtherRoundStand.ASKED: Q(),
    FurtherRoundStand.GRANTED: Q(outcome=PleaAnswer.GRANTED),
    FurtherRoundStand.DECLINED: Q(outcome=PleaAnswer.DECLINED),
    FurtherRoundStand.LAPSED: Q(outcome=PleaAnswer.LAPSED),
    FurtherRoundStand.WAITING: Q(outcome=None),
}


@dataclass(frozen=True, kw_only=True)
class FurtherRounds:
    """How often officers of a unit wished to ask once more, and what the head said."""

    unit_id: int
    unit: str
    agency_id: int
    counts: Mapping[FurtherRoundStand, int]


def further_rounds_by_unit(agency_ids: Sequence[int], *, month: date) -> list[FurtherRounds]:
    """Return the month's figures of the units of these agencies, the most asking first."""
    rows = (
        _further_rounds(agency_ids, month)
        .values_list("unit_id", "unit__name", "unit__agency_id")
        .annotate(**{stand: Count("pk", filter=so) for stand, so in _STANDS_SO.items()})
        .order_by(f"-{FurtherRoundStand.ASKED}", "unit__name", "unit_id")
    )
    return [
        FurtherRounds(
            unit_id=unit_id,
            unit=name,
            agency_id=agency_id,
            counts=dict(zip(_STANDS_SO, counts, strict=True)),
        )
        for unit_id, name, agency_id, *counts in rows
    ]


def further_rounds(
    agency_ids: Sequence[int],
    *,
    month: date,
    unit_id: int | None,
    stand: FurtherRoundStand,
    start: int,
    stop: int,
) -> tuple[int, list[Plea]]:
    """Return how many stand so among those asked for in the month, and some, the latest first."""
    found = _further_rounds(agency_ids, month).filter(_STANDS_SO[stand])
    if unit_id is not None:
        found = found.filter(unit=unit_id)
    rows = found.select_related("dossier", "unit").order_by("-asked_at", "-pk")[start:stop]
    return found.count(), list(rows)


def _further_rounds(agency_ids: Sequence[int], month: date) -> QuerySet[Plea]:
    return Plea.objects.filter(
        kind=PleaKind.FURTHER_ROUND,
        unit__agency__in=agency_ids,
        asked_at__gte=midnight(month.replace(day=1)),
        asked_at__lt=midnight(month_after(month)),
    )


def _working_time(limit: Limit) -> timedelta:
    # The definition takes no other unit here.
    whole = calendars.city_calendar().day_length if limit.unit is LimitUnit.WORKING_DAY else None
    return (whole or timedelta(hours=1)) * float(limit.amount)
