"""Targets as they stand and stood, and the board that reads figures against them."""

from .asked import TargetAsks, falling_short_under, target_asks
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
    waiting_explanations,
    year_of,
)

__all__ = [
    "Board",
    "MapRead",
    "Minimum",
    "ProcedureRow",
    "Row",
    "TargetAsks",
    "board",
    "commune_rows",
    "explanations_of",
    "falling_short_under",
    "history_of",
    "minimum_for",
    "procedure_rows",
    "row_of",
    "standing_target",
    "standing_targets",
    "target_asks",
    "waiting_explanations",
    "year_of",
]
