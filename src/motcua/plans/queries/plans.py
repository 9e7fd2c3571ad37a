"""The plan and its tasks, and how far each owner is with each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from motcua.offices.models import Agency, AgencyKind
from motcua.plans.lifecycle import DutyState
from motcua.plans.models import Duty, Plan, Task, TaskVersion


class NoSuchPlan(Exception):
    """No plan was loaded."""


class NoSuchTask(Exception):
    """The plan has no such clause."""


# The agencies of the annex: departments, boards and districts. The annex's number is in the code.
ANNEX_KINDS = (AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.DISTRICT)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How duties stand, counted."""

    duties: int = 0
    done: int = 0
    waiting: int = 0  # reported, and not judged yet
    accepted: int = 0  # part of it on record
    overdue: int = 0

    @classmethod
    def of(cls, duties: Iterable[Duty], on: date) -> "Tally":
        """Count them as they stand on a day."""
        counted = list(duties)
        states = [duty.state for duty in counted]
        return cls(
            duties=len(counted),
            done=states.count(DutyState.DONE),
            waiting=states.count(DutyState.REPORTED),
            accepted=states.count(DutyState.ACCEPTED),
            overdue=sum(duty.is_overdue(on) for duty in counted),
        )

    @property
    def is_done(self) -> bool:
        """Return whether nothing is owed."""
        return self.done == self.duties > 0


@dataclass(kw_only=True)
class TaskRow:
    """A task with its wording, and its duties as far as they are asked for."""

    task: Task
    version: TaskVersion
    duties: list[Duty] = field(default_factory=list)

    def tally(self, on: date) -> Tally:
        """Return how its duties stand on a day."""
        return Tally.of(self.duties, on)

    def by_owner(self) -> dict[int | str, list[Duty]]:
        """Return its duties by the agency's id, or the name of an outsider."""
        grouped: dict[int | str, list[Duty]] = defaultdict(list)
        for duty in self.duties:
            grouped[duty.agency_id or duty.outsider].append(duty)
        return grouped


def current_plan(on: date) -> Plan:
    """
    Return the plan in force on a day, or the last one before it.

    :raises NoSuchPlan: if none was loaded
    """
    plan = (
        Plan.objects.filter(issued_on__lte=on)
        .select_related("keeper", "overseer")
        .order_by("-issued_on", "-pk")
        .first()
    )
    if plan is None:
        raise NoSuchPlan
    return plan


def task_rows(
    plan: Plan, *, agency_ids: Collection[int] | None = None, outsiders: bool = True
) -> list[TaskRow]:
    """
    Return every task in the plan's order with its duties, in two statements.

    With `agency_ids` only theirs, and with `outsiders` those of bodies outside the city as well.
    """
    versions = (
        TaskVersion.objects.filter(task__plan=plan, task__ended_at__isnull=True, until__isnull=True)
        .select_related("task")
        .order_by("task__position")
    )
    rows = {v.task_id: TaskRow(task=v.task, version=v) for v in versions}
    for duty in duties_of(plan, agency_ids=agency_ids, outsiders=outsiders):
        if duty.task_id in rows:
            rows[duty.task_id].duties.append(duty)
    return list(rows.values())


def duties_of(
    plan: Plan, *, agency_ids: Collection[int] | None = None, outsiders: bool = True
) -> QuerySet[Duty]:
    """Return the plan's duties, those of some agencies or all, in the order they fall due."""
    duties = Duty.objects.filter(task__plan=plan).select_related("agency", "task")
    if agency_ids is not None:
        own = duties.filter(agency_id__in=agency_ids)
        duties = own | duties.filter(agency__isnull=True) if outsiders else own
    elif not outsiders:
        duties = duties.filter(agency__isnull=False)
    return duties.order_by("due_on", "agency__kind", "agency__sort_key", "outsider", "pk")


def task_with(plan: Plan, clause: str) -> tuple[Task, list[TaskVersion]]:
    """
    Return a task and all its wordings, the newest first.

    :raises NoSuchTask: if the plan has no such clause
    """
    task = Task.objects.filter(plan=plan, clause=clause).first()
    if task is None:
        raise NoSuchTask
    return task, list(TaskVersion.objects.filter(task=task).order_by("-number"))


def annex_agencies(on: date) -> list[Agency]:
    """Return the agencies that the annex lists, in its order."""
    return list(Agency.objects.in_force(on).filter(kind__in=ANNEX_KINDS).order_by("code"))


def owners_in_words(plan: Plan, version: TaskVersion) -> str:
    """Return the owners of a task as the plan names them."""
    names = [plan.called(name) for name in version.agencies]
    kinds = set(version.kinds)
    if kinds >= set(ANNEX_KINDS):
        names.append("Sở, ban ngành thành phố, Ủy ban nhân dân quận, huyện")
    elif kinds:
        names += [str(AgencyKind(kind).label) for kind in version.kinds]
    return ", ".join([*names, *version.outside])
