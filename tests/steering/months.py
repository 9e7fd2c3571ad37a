"""Months of dossiers, and rows of figures, made by hand."""

from collections.abc import Iterable
from datetime import date

from motcua.steering.definitions import Counted, Measure
from motcua.steering.definitions.targets import Share


def months(year: int, *told: tuple[int, int]) -> dict[date, Share]:
    """Return January and what follows, each as (online, received)."""
    return {
        date(year, number, 1): Share(online=online, received=received)
        for number, (online, received) in enumerate(told, start=1)
    }


def a_row(
    received: int,
    *,
    channel: str = "direct",
    is_part: bool = False,
) -> Counted:
    """Return a row of figures of one channel."""
    return Counted(
        agency_id=1,
        procedure="1.001193",
        channel=channel,
        is_part=is_part,
        now={Measure.RECEIVED: received},
        before={},
    )


def whole(told: Iterable[Share]) -> Share:
    """Return all of them as one."""
    return sum(told, Share())
