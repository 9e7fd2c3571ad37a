"""Spreadsheets: tables that people fill in, read with suspicion, and books that offices issue."""

from .official import AS_TYPED, Columns, Letterhead, OfficialBook, OfficialSheet
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
    "AS_TYPED",
    "ROWS_MAX",
    "Column",
    "ColumnKind",
    "Columns",
    "Letterhead",
    "OfficialBook",
    "OfficialSheet",
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
