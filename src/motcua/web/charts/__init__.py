"""Pictures of figures, drawn on the server as SVG: for those who look; the table is beside each."""

from .bars import Bar, share_bars
from .lines import MonthPoint, Outcome, months_line, sparkline
from .paper import printed

__all__ = [
    "Bar",
    "MonthPoint",
    "Outcome",
    "months_line",
    "printed",
    "share_bars",
    "sparkline",
]
