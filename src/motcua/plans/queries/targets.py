"""The annex's lines for a report: what steering knows of each agency beside its target."""

from datetime import datetime
from fractions import Fraction

from motcua.plans.definitions import TargetLine
from motcua.steering.queries import targets


def target_lines(at: datetime) -> list[TargetLine]:
    """Return a line for each agency of the annex, in its order, as figures stand at a moment."""
    return [
        TargetLine(
            agency=row.name,
            baseline=_share(row.progress.baseline_tenths),
            target=row.progress.target,
            numerator=row.progress.actual.online,
            denominator=row.progress.actual.received,
            forecast=_share(row.progress.forecast_tenths),
        )
        for row in targets.board(at=at).rows
    ]


def _share(tenths: int | None) -> Fraction | None:
    return None if tenths is None else Fraction(tenths, 1000)
