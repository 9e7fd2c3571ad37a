"""The acts of the plan. Everything that writes one of its records is here."""

from ._acts import Incomplete, NoSuchRecord
from .agency_plans import add_agency_task, register_agency_plan
from .duties import (
    accept_duty,
    attach_document,
    attach_figure,
    attach_file,
    report_duty,
    send_back_duty,
)
from .loading import PlanLoad, load_plan
from .obstacles import (
    answer_obstacle,
    close_obstacle,
    escalate_obstacle,
    hand_back_obstacle,
    raise_obstacle,
    route_obstacle,
    withdraw_obstacle,
)
from .opening import open_duties, raise_reminders
from .reminders import read_reminders
from .reporting import (
    draft_report,
    refresh_report,
    return_report,
    rewrite_paragraph,
    sign_report,
    submit_report,
)

__all__ = [
    "Incomplete",
    "NoSuchRecord",
    "PlanLoad",
    "accept_duty",
    "add_agency_task",
    "answer_obstacle",
    "attach_document",
    "attach_figure",
    "attach_file",
    "close_obstacle",
    "draft_report",
    "escalate_obstacle",
    "hand_back_obstacle",
    "load_plan",
    "open_duties",
    "raise_obstacle",
    "raise_reminders",
    "read_reminders",
    "refresh_report",
    "register_agency_plan",
    "report_duty",
    "return_report",
    "rewrite_paragraph",
    "route_obstacle",
    "send_back_duty",
    "sign_report",
    "submit_report",
    "withdraw_obstacle",
]
