"""Obstacles as lists, and one of them."""

from django.db.models import F, Q, QuerySet

from motcua.offices.queries import Mandate
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.models import Obstacle, Plan


class NoSuchObstacle(Exception):
    """There is no such obstacle, or not for this officer."""


def obstacles_for(mandate: Mandate, plan: Plan) -> QuerySet[Obstacle]:
    """Return what the officer may see, those that are not ended first, the newest first."""
    obstacles = Obstacle.objects.filter(plan=plan).select_related("agency", "solver", "task")
    theirs = agencies_acted_for(mandate)
    if not plan.is_overseen_by(theirs):
        obstacles = obstacles.filter(Q(agency_id__in=theirs) | Q(solver_id__in=theirs))
    return obstacles.order_by(F("ended_at").desc(nulls_first=True), "-raised_at", "-pk")


def obstacle_for(mandate: Mandate, obstacle_id: int) -> Obstacle:
    """
    Return an obstacle that the officer may see, with its plan.

    :raises NoSuchObstacle: if there is none, or it is between other agencies
    """
    obstacle = (
        Obstacle.objects.filter(pk=obstacle_id)
        .select_related(
            "plan__keeper",
            "plan__overseer",
            "agency",
            "solver",
            "task",
            "raised_by",
            "answered_by",
        )
        .first()
    )
    theirs = agencies_acted_for(mandate)
    if obstacle is None or not (
        obstacle.plan.is_overseen_by(theirs) or {obstacle.agency_id, obstacle.solver_id} & theirs
    ):
        raise NoSuchObstacle
    return obstacle
