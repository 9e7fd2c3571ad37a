"""How long a procedure took: the time that counts, in the unit of its limit. Criterion 2.2."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from motcua.calendars.limits import LimitUnit
from motcua.calendars.working import WorkingCalendar, worked_between

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MICROSECOND = timedelta(microseconds=1)


class Settled(NamedTuple):
    """A dossier that was decided, and when its clock stood still."""

    agency_id: int
    received_at: datetime
    ended_at: datetime
    pauses: Sequence[tuple[datetime, datetime]] = ()


@dataclass(frozen=True, kw_only=True)
class SettlingTime:
    """What dossiers took together, exactly."""

    unit: LimitUnit
    dossiers: int
    total: Fraction  # of units

    @property
    def average(self) -> Fraction | None:
        """Return how many units one took; None where none was decided."""
        return self.total / self.dossiers if self.dossiers else None


def unit_of(units: Iterable[LimitUnit]) -> LimitUnit:
    """
    Return the unit in which a procedure with limits in these units is told.

    Where they differ it is the working day. A month has no length, so it is told in days.
    """
    found = {LimitUnit.DAY if unit is LimitUnit.MONTH else unit for unit in units}
    return found.pop() if len(found) == 1 else LimitUnit.WORKING_DAY


def time_used(settled: Settled, *, unit: LimitUnit, calendar: WorkingCalendar) -> Fraction:
    """Return from receipt to decision what counts, without the pauses, in units."""
    spells = [(settled.received_at, settled.ended_at)]
    if unit is LimitUnit.DAY:
        used = _elapsed(spells) - _elapsed(settled.pauses)
        return Fraction(used // _MICROSECOND, _DAY // _MICROSECOND)
    used = _worked(spells, calendar) - _worked(settled.pauses, calendar)
    whole = _HOUR if unit is LimitUnit.HOUR else calendar.day_length
    return Fraction(used // _MICROSECOND, whole // _MICROSECOND)


def _elapsed(spells: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((until - since for since, until in spells), timedelta())


def _worked(spells: Iterable[tuple[datetime, datetime]], calendar: WorkingCalendar) -> timedelta:
    return sum((worked_between(calendar, since, until) for since, until in spells), timedelta())
