"""Report II.06a (Circular 01/2020/TT-VPCP): what was to be settled, what was, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass

from .measures import Counted, Measure


@dataclass(frozen=True, kw_only=True)
class Settled:
    """
    One line of the report. By date, not by the clock: an end on the due day is on time.

    What was withdrawn after its receipt counts as settled on time, and what waits for the applicant
    or for another agency as in progress within its time.
    """

    received_online: int
    received_otherwise: int  # at the counter and by post
    carried_in: int  # received before the period, and open when it began
    settled_before: int  # the due day
    settled_on: int
    settled_after: int
    open_in_time: int
    open_overdue: int

    @property
    def to_settle(self) -> int:
        """Return what there was to settle."""
        return self.received_online + self.received_otherwise + self.carried_in

    @property
    def settled(self) -> int:
        """Return what was settled."""
        return self.settled_before + self.settled_on + self.settled_after

    @property
    def left(self) -> int:
        """Return what is in progress."""
        return self.open_in_time + self.open_overdue

    @property
    def holds(self) -> bool:
        """Whether what there was is what was settled and what is left."""
        return self.to_settle == self.settled + self.left


def settled_of(rows: Iterable[Counted]) -> Settled:
    """Return the line that these figures make together."""
    online = received = carried = before = on = after = open_ = overdue = 0
    for row in rows:
        of = row.now
        received += of[Measure.RECEIVED]
        online += of[Measure.RECEIVED] if row.channel == "online" else 0
        carried += row.before[Measure.OPEN]
        before += of[Measure.ENDED_BEFORE]
        on += of[Measure.ENDED_ON]
        after += of[Measure.ENDED_AFTER]
        open_ += of[Measure.OPEN]
        overdue += of[Measure.OVERDUE_BY_DATE]
    return Settled(
        received_online=online,
        received_otherwise=received - online,
        carried_in=carried,
        settled_before=before,
        settled_on=on,
        settled_after=after,
        open_in_time=open_ - overdue,
        open_overdue=overdue,
    )
