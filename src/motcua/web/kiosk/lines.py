"""A line as screens show it: read once a second, however many screens look."""

from datetime import date

from motcua.kernel.memory import remembered
from motcua.queues.queries import Line, line_of


@remembered(seconds=1)
def line_shown(unit_id: int, on: date) -> Line:
    """Return the unit's line, at most a second old."""
    return line_of(unit_id, on)
