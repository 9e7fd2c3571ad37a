"""Which agencies have a plan of their own, and which tasks of the city these serve."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.offices.models import Agency
from motcua.plans.models import AgencyPlan, AgencyTask, AgencyTaskLink, Duty, Plan, Task

from .plans import TaskRow


class NoSuchAgencyPlan(Exception):
    """There is no such plan of an agency."""


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """An agency, the plan it has or lacks, and what that plan leaves out."""

    agency: Agency
    agency_plan: AgencyPlan | None
    uncovered: tuple[str, ...]  # clauses that the agency owes and its plan does not serve


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """All agencies that are to have a plan."""

    rows: tuple[CoverageRow, ...]
    uncovered: tuple[str, ...]  # clauses that no agency's plan serves

    @property
    def registered(self) -> int:
        """Return how many agencies have one."""
        return sum(row.agency_plan is not None for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class OwnTask:
    """A task of an agency's own, and the clauses that it serves."""

    task: AgencyTask
    clauses: tuple[str, ...]


def coverage(plan: Plan, agencies: Sequence[Agency], tasks: Sequence[TaskRow]) -> Coverage:
    """Return who has a plan and what is left out, in two statements beside what is given."""
    own = {
        each.agency_id: each
        for each in AgencyPlan.objects.filter(plan=plan, superseded_at__isnull=True).select_related(
            "file"
        )
    }
    served: dict[int, set[str]] = defaultdict(set)
    links = AgencyTaskLink.objects.filter(
        agency_task__agency_plan__plan=plan,
        agency_task__agency_plan__superseded_at__isnull=True,
    ).values_list("agency_task__agency_plan__agency_id", "task__clause")
    for agency_id, clause in links:
        served[agency_id].add(clause)
    owed: dict[int, list[str]] = {agency.pk: [] for agency in agencies}
    for row in tasks:
        for agency_id in {duty.agency_id for duty in row.duties if duty.agency_id in owed}:
            assert agency_id is not None
            owed[agency_id].append(row.task.clause)
    anybody = {clause for clauses in served.values() for clause in clauses}
    asked = {clause for clauses in owed.values() for clause in clauses}
    return Coverage(
        rows=tuple(
            CoverageRow(
                agency=agency,
                agency_plan=own.get(agency.pk),
                uncovered=tuple(c for c in owed[agency.pk] if c not in served[agency.pk]),
            )
            for agency in agencies
        ),
        uncovered=tuple(
            row.task.clause
            for row in tasks
            if row.task.clause in asked and row.task.clause not in anybody
        ),
    )


def agency_plan_with(plan: Plan, agency_plan_id: int) -> AgencyPlan:
    """
    Return a plan of an agency, superseded or not.

    :raises NoSuchAgencyPlan: if there is none
    """
    found = (
        AgencyPlan.objects.filter(plan=plan, pk=agency_plan_id)
        .select_related("agency", "file", "registered_by")
        .first()
    )
    if found is None:
        raise NoSuchAgencyPlan
    return found


def own_tasks(agency_plan: AgencyPlan) -> list[OwnTask]:
    """Return the tasks of an agency's plan with the clauses they serve, in order."""
    clauses: dict[int, list[str]] = defaultdict(list)
    links = AgencyTaskLink.objects.filter(agency_task__agency_plan=agency_plan).order_by(
        "task__position"
    )
    for task_id, clause in links.values_list("agency_task_id", "task__clause"):
        clauses[task_id].append(clause)
    tasks = AgencyTask.objects.filter(agency_plan=agency_plan).order_by("pk")
    return [OwnTask(task=task, clauses=tuple(clauses[task.pk])) for task in tasks]


def tasks_owed_by(plan: Plan, agency_id: int) -> list[Task]:
    """Return the tasks of the city that an agency has duties of, in the plan's order."""
    owed = Duty.objects.filter(task__plan=plan, agency_id=agency_id).values("task_id")
    return list(Task.objects.filter(pk__in=owed, ended_at__isnull=True).order_by("position"))
