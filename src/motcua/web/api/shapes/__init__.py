"""What we answer, as documented: built as plain dictionaries, held to these shapes by tests."""

from .catalogue import NationalFull, ProcedureFull, ProcedureList
from .dossiers import (
    Acts,
    ClockShown,
    DossierList,
    DossierShown,
    FileKept,
    History,
    OfficerList,
    ProblemDetails,
    Receipt,
    StateNow,
)

__all__ = [
    "Acts",
    "ClockShown",
    "DossierList",
    "DossierShown",
    "FileKept",
    "History",
    "NationalFull",
    "OfficerList",
    "ProblemDetails",
    "ProcedureFull",
    "ProcedureList",
    "Receipt",
    "StateNow",
]
