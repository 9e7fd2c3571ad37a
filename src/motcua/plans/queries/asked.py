"""What the plan asks of an officer now, told by what it is: each a list somewhere."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.lifecycle import (
    DUTY_LIFECYCLE,
    OBSTACLE_LIFECYCLE,
    REPORT_LIFECYCLE,
    Party,
)
from motcua.plans.models import Duty, Obstacle, PlanReport

from .duties import unread_reminders


class PlanAsks(StrEnum):
    """What the plan may ask of somebody."""

    ANSWER = "plan_answer"  # duties and obstacles of the own agency that are due
    CONFIRM = "plan_confirm"  # what others reported
    ROUTE = "plan_route"  # obstacles that nobody was asked to resolve yet
    SETTLE = "plan_settle"  # own obstacles: did the answer help?
    SIGN = "plan_sign"  # the six-month report


def plan_asks(mandate: Mandate) -> Mapping[PlanAsks, QuerySet[Any]]:
    """Return what waits for the officer, as queries; what can never be theirs is left out."""
    theirs = agencies_acted_for(mandate)
    if not theirs:
        return {}
    signed_for = {post.agency_id for post in mandate.posts if post.role == PostRole.LEADER}
    return {
        PlanAsks.ANSWER: unread_reminders(mandate),
        PlanAsks.CONFIRM: Duty.objects.filter(
            task__plan__keeper_id__in=theirs,
            state__in=sorted(DUTY_LIFECYCLE.states_waiting_on(Party.KEEPER)),
        ).exclude(reported_by_id=mandate.officer_id),
        PlanAsks.ROUTE: Obstacle.objects.filter(
            plan__keeper_id__in=theirs,
            state__in=sorted(OBSTACLE_LIFECYCLE.states_waiting_on(Party.KEEPER)),
        ),
        PlanAsks.SETTLE: Obstacle.objects.filter(
            agency_id__in=theirs,
            state__in=sorted(OBSTACLE_LIFECYCLE.states_waiting_on(Party.OWNER)),
        ),
        PlanAsks.SIGN: PlanReport.objects.filter(
            plan__keeper_id__in=signed_for,
            state__in=sorted(REPORT_LIFECYCLE.states_waiting_on(Party.SIGNER)),
        )
        .exclude(drafted_by_id=mandate.officer_id)
        .exclude(submitted_by_id=mandate.officer_id),
    }
