"""A procedure version as the house reads it: frozen values, compiled once and kept per process."""

from .cases import MEDIA_TYPES
from .compile import compile_definition
from .form import Answers, Form, Option, Page, Problem, Question, Widget
from .reading import InvalidDefinition
from .schemas import schema_of_answer
from .source import read_yaml
from .version import (
    Audience,
    Case,
    Channel,
    Component,
    FeeKind,
    FeeLine,
    LegalBasis,
    OnlineLevel,
    PaperForm,
    PausePolicy,
    Screen,
    Step,
    StepAct,
    Version,
)

__all__ = [
    "MEDIA_TYPES",
    "Answers",
    "Audience",
    "Case",
    "Channel",
    "Component",
    "FeeKind",
    "FeeLine",
    "Form",
    "InvalidDefinition",
    "LegalBasis",
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
    "Version",
    "Widget",
    "compile_definition",
    "read_yaml",
    "schema_of_answer",
]
