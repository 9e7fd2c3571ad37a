"""What happens to the org chart, and to who acts in it."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class CityLoaded(Event):
    """A city file brought new rows or new wording."""

    kind: ClassVar[str] = "offices.city-loaded"

    file: str
    created: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class OfficerAppointed(Event):
    """An officer holds a post from a day on."""

    kind: ClassVar[str] = "offices.officer-appointed"

    appointment_id: int
    post_id: int
    valid_from: str  # 2024-10-15


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Event):
    """An officer leaves a post after a last day."""

    kind: ClassVar[str] = "offices.appointment-ended"

    appointment_id: int
    post_id: int
    valid_to: str  # 2024-10-15


@dataclass(frozen=True, kw_only=True)
class OfficerNameCorrected(Event):
    """An officer's name was written anew; the ledger does not say how people are called."""

    kind: ClassVar[str] = "offices.officer-name-corrected"


@dataclass(frozen=True, kw_only=True)
class UnitOpened(Event):
    """An agency has a unit from a day on."""

    kind: ClassVar[str] = "offices.unit-opened"

    agency_id: int
    role: str  # UnitRole
    settles: list[str]  # procedure codes
    valid_from: str  # 2024-10-15


@dataclass(frozen=True, kw_only=True)
class UnitSettlesSet(Event):
    """A unit is named for these procedures from now on."""

    kind: ClassVar[str] = "offices.unit-settles-set"

    settles: list[str]


@dataclass(frozen=True, kw_only=True)
class PostOpened(Event):
    """A unit has a post, held by nobody yet."""

    kind: ClassVar[str] = "offices.post-opened"

    post_id: int
    role: str  # PostRole


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """A unit takes nothing new after a last day."""

    kind: ClassVar[str] = "offices.unit-closed"

    valid_to: str  # 2024-10-15


@dataclass(frozen=True, kw_only=True)
class ServiceHoursSet(Event):
    """A unit's counters serve at these hours from a day on."""

    kind: ClassVar[str] = "offices.service-hours-set"

    weekdays: list[int]  # 0: Monday
    spans: list[str]  # 07:00-10:30
    since: str  # 2024-10-15


@dataclass(frozen=True, kw_only=True)
class ServiceHoursExcepted(Event):
    """Some days have hours of their own, or none."""

    kind: ClassVar[str] = "offices.service-hours-excepted"

    first: str  # 2024-10-15
    last: str
    spans: list[str]
    reason: str


@dataclass(frozen=True, kw_only=True)
class ServiceExceptionLifted(Event):
    """Days with hours of their own follow their week again, those that are over excepted."""

    kind: ClassVar[str] = "offices.service-exception-lifted"

    first: str  # 2024-10-15
    last: str
