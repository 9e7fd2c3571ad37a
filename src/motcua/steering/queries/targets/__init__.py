"""Targets as they stand and stood, and the board that reads figures against them."""

from .board import (
    Board,
    MapRead,
    ProcedureRow,
    Row,
    board,
    commune_rows,
    procedure_rows,
    row_of,
)
from .register import (
    Minimum,
    explanations_of,
    history_of,
    minimum_for,
    standing_target,
    standing_targets,
    year_of,
)

__all__ = [
    "Board",
    "MapRead",
    "Minimum",
    "ProcedureRow",
    "Row",
    "board",
    "commune_rows",
    "explanations_of",
    "history_of",
    "minimum_for",
    "procedure_rows",
    "row_of",
    "standing_target",
    "standing_targets",
    "year_of",
]
