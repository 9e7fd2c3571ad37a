"""Targets as they stand and stood, and the board that reads figures against them."""

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
    "Minimum",
    "explanations_of",
    "history_of",
    "minimum_for",
    "standing_target",
    "standing_targets",
    "year_of",
]
