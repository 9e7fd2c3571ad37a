"""A procedure version as the house reads it: frozen values, compiled once and kept per process."""

from motcua.calendars.limits import PausePolicy

from .cases import MEDIA_TYPES
from .compile import compile_definition
from .form import Answers, Form, Option, Page, Problem, Question, Widget
from .national import (
    FIELDS,
    BadLine,
    Difference,
    Mark,
    NationalBasis,
    NationalChannel,
    NationalComponent,
    NationalFee,
    NationalLimit,
    NationalProcedure,
    NationalResult,
    TimeUnit,
    differences,
)
from .reading import InvalidDefinition
from .schemas import schema_of_answer
from .source import read_yaml
from .version import (
    Audience,
    Case,
    Channel,
    Component,
    Extension,
    FeeKind,
    FeeLine,
    LegalBasis,
    OnlineLevel,
    OnSilence,
    PaperForm,
    Screen,
    Step,
    StepAct,
    SupplementRule,
    Version,
)

__all__ = [
    "FIELDS",
    "MEDIA_TYPES",
    "Answers",
    "Audience",
    "BadLine",
    "Case",
    "Channel",
    "Component",
    "Difference",
    "Extension",
    "FeeKind",
    "FeeLine",
    "Form",
    "InvalidDefinition",
    "LegalBasis",
    "Mark",
    "NationalBasis",
    "NationalChannel",
    "NationalComponent",
    "NationalFee",
    "NationalLimit",
    "NationalProcedure",
    "NationalResult",
    "OnSilence",
    "OnlineLevel",
    "Option",
    "Page",
    "PaperForm",
    "PausePolicy",
    "Problem",
    "Question",
    "Screen",
    "Step",
    "StepAct",
    "SupplementRule",
    "TimeUnit",
    "Version",
    "Widget",
    "compile_definition",
    "differences",
    "read_yaml",
    "schema_of_answer",
]
