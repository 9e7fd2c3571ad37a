"""Tables that people fill in with a spreadsheet: declared, offered, read with suspicion."""

from .reading import read_table
from .tables import (
    ROWS_MAX,
    Column,
    ColumnKind,
    Problem,
    Reading,
    Report,
    Row,
    Table,
    Value,
)
from .workbooks import UnreadableWorkbook
from .writing import annotated, template

__all__ = [
    "ROWS_MAX",
    "Column",
    "ColumnKind",
    "Problem",
    "Reading",
    "Report",
    "Row",
    "Table",
    "UnreadableWorkbook",
    "Value",
    "annotated",
    "read_table",
    "template",
]
