"""A procedure version as the house reads it: frozen values, compiled once and kept per process."""

from motcua.calendars.limits import PausePolicy

from .cases import MEDIA_TYPES
from .compile import compile_definition
from .form import Answers, Form, Option, Page, Problem, Question, Widget
from .linked import Linked, Part, PartsDue, faults_of_part
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
    "Linked",
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
    "Part",
    "PartsDue",
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
    "faults_of_part",
    "read_yaml",
    "schema_of_answer",
]
