"""What the law's clock and papers are made of: occasions, causes of delay, forms and pages."""

from .forms import Form, NoFormOfThatDay, form_on, form_with, has_form_on, shipped_forms
from .lateness import NOT_THE_OFFICERS, CauseClass
from .occasions import (
    ESCALATED,
    Leads,
    Occasion,
    OccasionKind,
    Timed,
    occasions_of,
    worked_before,
)
from .pages import page_of

__all__ = [
    "ESCALATED",
    "NOT_THE_OFFICERS",
    "CauseClass",
    "Form",
    "Leads",
    "NoFormOfThatDay",
    "Occasion",
    "OccasionKind",
    "Timed",
    "form_on",
    "form_with",
    "has_form_on",
    "occasions_of",
    "page_of",
    "shipped_forms",
    "worked_before",
]
