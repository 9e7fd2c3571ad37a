"""What the plan's file says, when its tasks fall due, and what a report of them is made of."""

from .capacity import agencies_acted_for
from .composing import compose, percent
from .kinds import EvidenceForm, Occasion, ReportFormat
from .occurrences import Occurrence, half_around, occurrences
from .plan import PLAN_OF_2024, InvalidPlanFile, PlanFile, Rhythm, TaskEntry, part_of, read_plan
from .reports import (
    AgencyFact,
    Block,
    BlockKind,
    Content,
    Facts,
    NextFact,
    ObstacleFact,
    TargetLine,
    TaskFact,
)

__all__ = [
    "PLAN_OF_2024",
    "AgencyFact",
    "Block",
    "BlockKind",
    "Content",
    "EvidenceForm",
    "Facts",
    "InvalidPlanFile",
    "NextFact",
    "ObstacleFact",
    "Occasion",
    "Occurrence",
    "PlanFile",
    "ReportFormat",
    "Rhythm",
    "TargetLine",
    "TaskEntry",
    "TaskFact",
    "agencies_acted_for",
    "compose",
    "half_around",
    "occurrences",
    "part_of",
    "percent",
    "read_plan",
]
