"""What happens to the statutory clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.calendars.limits import Limit
from motcua.calendars.working import WorkingCalendar
from motcua.kernel.lifecycle import ClockEffect

# One calendar, or the calendar of each edition; None asks for the first.
Calendars = WorkingCalendar | Callable[[int | None], WorkingCalendar]


class PauseReason(StrEnum):
    """For whom or what the clock stands still."""

    APPLICANT = "applicant"  # papers that the applicant supplies
    OBLIGATION = "obligation"  # taxes and dues that the applicant pays
    OTHER_AGENCY = "other_agency"  # the answer of an agency that is not under the city
    FORCE_MAJEURE = "force_majeure"  # storm, flood, epidemic


@dataclass(frozen=True, kw_only=True)
class ClockEvent:
    """Something that happened to the statutory clock, and when."""

    effect: ClockEffect
    at: datetime
    reason: PauseReason | None = None  # of a pause
    by: Limit | None = None  # of an extension: how much longer
    edition: int | None = None  # of the calendar by which is counted from now on
