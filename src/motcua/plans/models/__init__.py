"""The plan, what is owed of it, what stands in its way, and what was reported of it."""

from .agency_plans import AgencyPlan, AgencyTask, AgencyTaskLink
from .duties import Duty, Evidence, Reminder
from .obstacles import Obstacle
from .plans import Plan, Task, TaskVersion
from .reports import PlanReport, ReportFile

__all__ = [
    "AgencyPlan",
    "AgencyTask",
    "AgencyTaskLink",
    "Duty",
    "Evidence",
    "Obstacle",
    "Plan",
    "PlanReport",
    "Reminder",
    "ReportFile",
    "Task",
    "TaskVersion",
]
