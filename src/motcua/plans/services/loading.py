"""Bringing the plan in line with its file: a new wording is a new version, progress stays."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.models import Agency
from motcua.plans.definitions import (
    PLAN_OF_2024,
    InvalidPlanFile,
    PlanFile,
    TaskEntry,
    part_of,
    read_plan,
)
from motcua.plans.events import PlanLoaded
from motcua.plans.lifecycle import OWED_STATES
from motcua.plans.models import Duty, Plan, Task, TaskVersion


@dataclass(frozen=True, kw_only=True)
class PlanLoad:
    """What a load changed."""

    plan: Plan
    new: tuple[str, ...] = ()  # clauses
    reworded: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


@transaction.atomic
def load_plan(*, at: datetime, path: Path = PLAN_OF_2024, actor: str = "system") -> PlanLoad:
    """
    Bring a plan in line with its file; a second time does nothing.

    A task that is worded otherwise gets a new version, one that is gone ends; what was reported
    of either stays. A new deadline of a task moves the duties that are still owed.

    :raises InvalidPlanFile: if the file is not sound, or names agencies that the city does not
        have, and then nothing is loaded
    """
    file = read_plan(path)
    with connection.cursor() as cursor:
        # Two processes starting at once must not both find the tables empty.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('plans.load_plan', 0))")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = Plan.objects.filter(number=file.number, issued_on=file.issued_on).first()
    if known is not None and known.digest == digest:
        return PlanLoad(plan=known)
    agencies = _agencies(file, path, at)
    plan = known or Plan(number=file.number, issued_on=file.issued_on)
    for name, value in _facts(file, agencies).items():
        setattr(plan, name, value)
    plan.digest, plan.loaded_at = digest, at
    plan.save()
    load = _load_tasks(plan, file, at)
    ledger.record(
        PlanLoaded(
            number=plan.number,
            file=path.name,
            new=list(load.new),
            reworded=list(load.reworded),
            ended=list(load.ended),
        ),
        subject=plan.subject,
        actor=actor,
        at=at,
    )
    return load


def _agencies(file: PlanFile, path: Path, at: datetime) -> dict[str, Agency]:
    """Return every agency that the file names, by the name it is given there."""
    known: dict[str, Agency] = {}
    for agency in Agency.objects.in_force(day_of(at)):
        for name in (agency.name, *agency.aliases):
            known.setdefault(name, agency)
    named = {
        "$.keeper": (file.keeper,),
        "$.overseer": (file.overseer,),
        **{
            f"$.tasks[{index}] ({task.clause}).owners": task.owners.agencies
            for index, task in enumerate(file.tasks)
        },
    }
    problems = [
        f"{path.name}: {at_path}: the city has no agency called {name!r}"
        for at_path, names in named.items()
        for name in names
        if name not in known
    ]
    if problems:
        raise InvalidPlanFile("\n".join(problems))
    return known


def _facts(file: PlanFile, agencies: dict[str, Agency]) -> dict[str, Any]:
    return {
        "title": file.title,
        "first_day": file.first_day,
        "last_day": file.last_day,
        "keeper": agencies[file.keeper],
        "overseer": agencies[file.overseer],
        "parts": [[part.key, part.title] for part in file.parts],
        "known_as": dict(file.known_as),
        "monthly_days": file.days_after.monthly,
        "half_yearly_days": file.days_after.half_yearly,
        "remind_days_before": file.remind_days_before,
        "answer_days": file.answer_days,
    }


def _load_tasks(plan: Plan, file: PlanFile, at: datetime) -> PlanLoad:
    tasks = {task.clause: task for task in Task.objects.filter(plan=plan)}
    current = {
        version.task_id: version
        for version in TaskVersion.objects.filter(task__plan=plan, until__isnull=True)
    }
    keys = [part.key for part in file.parts]
    new: list[str] = []
    reworded: list[str] = []
    for position, entry in enumerate(file.tasks, start=1):
        task = tasks.get(entry.clause) or Task(plan=plan, clause=entry.clause)
        is_new = task.pk is None
        task.part = part_of(entry.clause, keys) or ""
        task.position, task.ended_at = position, None
        task.save()
        before = None if is_new else current.get(task.pk)
        if before is not None and _says(before) == _said(entry):
            continue
        (new if is_new else reworded).append(entry.clause)
        _reword(task, before, entry, at)
    gone = [t for c, t in tasks.items() if c not in {e.clause for e in file.tasks}]
    ended = [task for task in gone if task.ended_at is None]
    for task in ended:
        task.ended_at = at
        task.save(update_fields=["ended_at"])
    return PlanLoad(
        plan=plan,
        new=tuple(new),
        reworded=tuple(reworded),
        ended=tuple(task.clause for task in ended),
    )


def _reword(task: Task, before: TaskVersion | None, entry: TaskEntry, at: datetime) -> None:
    if before is not None:
        before.until = at
        before.save(update_fields=["until"])
    number = TaskVersion.objects.filter(task=task).count() + 1
    TaskVersion.objects.create(task=task, number=number, since=at, **_said(entry))
    if before is not None and entry.due_on is not None and entry.due_on != before.due_on:
        Duty.objects.filter(task=task, state__in=sorted(OWED_STATES)).update(due_on=entry.due_on)


def _said(entry: TaskEntry) -> dict[str, Any]:
    return {
        "wording": entry.wording,
        "evidence": entry.evidence,
        "agencies": list(entry.owners.agencies),
        "kinds": [kind.value for kind in entry.owners.kinds],
        "outside": list(entry.owners.outside),
        "coordinators": list(entry.with_),
        "rhythm": entry.rhythm.value,
        "due_on": entry.due_on,
        "measure": entry.measure.value if entry.measure else "",
    }


def _says(version: TaskVersion) -> dict[str, Any]:
    return {
        name: getattr(version, name)
        for name in (
            "wording", "evidence", "agencies", "kinds", "outside", "coordinators", "rhythm",
            "due_on", "measure",
        )
    }  # fmt: skip
