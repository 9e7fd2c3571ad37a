"""A plan's file: its tasks with owners, rhythm and proof, read and checked before any write."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from motcua.kernel.data_files import read_data_file
from motcua.offices.definitions import AgencyKind
from motcua.steering.definitions import Measure

PLAN_OF_2024 = Path(__file__).parents[1] / "data" / "ke-hoach-67-2024.yaml"

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
Clause = Annotated[str, msgspec.Meta(pattern=r"^(II|III)\.[1-9](\.[a-zđ])?$")]
Days = Annotated[int, msgspec.Meta(ge=0, le=90)]


class InvalidPlanFile(Exception):
    """A plan is loaded whole or not at all."""


class Rhythm(StrEnum):
    """How often a task is accounted for."""

    ONCE = "once"
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"


class Owners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who does a task: agencies by name, all agencies of some kinds, or bodies outside the city."""

    agencies: tuple[Line, ...] = ()
    kinds: tuple[AgencyKind, ...] = ()
    outside: tuple[Line, ...] = ()


class TaskEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One task of the plan, in the plan's own words."""

    clause: Clause
    wording: Text
    owners: Owners
    rhythm: Rhythm
    evidence: Text
    with_: tuple[Line, ...] = msgspec.field(default=(), name="with")
    due_on: date | None = None
    measure: Measure | None = None


class PartEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A heading of the plan, by the beginning that its clauses share."""

    key: Line
    title: Line


class DaysAfter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many days after the end of a period it is to be accounted for."""

    monthly: Days
    half_yearly: Days


class PlanFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of a plan's file."""

    number: Line
    issued_on: date
    title: Line
    first_day: date
    last_day: date
    keeper: Line
    overseer: Line
    days_after: DaysAfter
    remind_days_before: Days
    answer_days: Annotated[int, msgspec.Meta(ge=1, le=90)]
    parts: Annotated[tuple[PartEntry, ...], msgspec.Meta(min_length=1)]
    tasks: Annotated[tuple[TaskEntry, ...], msgspec.Meta(min_length=1)]
    known_as: dict[str, Line] = {}


def read_plan(path: Path = PLAN_OF_2024) -> PlanFile:
    """
    Return a plan's file, checked.

    :raises InvalidPlanFile: naming the file, and the path inside it, of all that is wrong
    """
    return read_data_file(path, PlanFile, faults=_problems, refused=InvalidPlanFile)


def _problems(plan: PlanFile) -> Iterator[str]:
    if plan.last_day < plan.first_day:
        yield f"$.last_day: {plan.last_day} is before $.first_day"
    if plan.first_day < plan.issued_on:
        yield f"$.first_day: {plan.first_day} is before $.issued_on"
    for clause, times in Counter(task.clause for task in plan.tasks).items():
        if times > 1:
            yield f"$.tasks: the clause {clause} stands {times} times"
    keys = [part.key for part in plan.parts]
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"$.parts: the key {key} stands {times} times"
    for index, task in enumerate(plan.tasks):
        at = f"$.tasks[{index}] ({task.clause})"
        if part_of(task.clause, keys) is None:
            yield f"{at}.clause: no part in $.parts begins it"
        if not (task.owners.agencies or task.owners.kinds or task.owners.outside):
            yield f"{at}.owners: nobody does it"
        if (task.rhythm is Rhythm.ONCE) != (task.due_on is not None):
            yield f"{at}.due_on: a task done once has a day, and no other has"
        if task.due_on is not None and not plan.issued_on <= task.due_on <= plan.last_day:
            yield f"{at}.due_on: {task.due_on} is not within the plan"


def part_of(clause: str, keys: list[str]) -> str | None:
    """Return the key of the part that a clause stands in, or None."""
    return next((key for key in keys if f"{clause}.".startswith(f"{key}.")), None)
