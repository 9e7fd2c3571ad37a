"""The annex's lines for a report, as far as figures are known."""

from datetime import datetime

from motcua.kernel.clock import day_of
from motcua.plans.definitions import TargetLine
from motcua.plans.queries import annex_agencies


def target_lines(at: datetime) -> list[TargetLine]:
    """Return a line for each agency of the annex, in its order."""
    return [TargetLine(agency=agency.name) for agency in annex_agencies(day_of(at))]
