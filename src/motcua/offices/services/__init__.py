"""Everything that changes the org chart, and who acts in it."""

from motcua.offices.queries import NoSuchUnit, UnitIsClosed

from .appointments import (
    AlreadyAppointed,
    EndsBeforeItBegins,
    NoSuchAppointment,
    OfficerRegisteredAlready,
    UnusableOfficerData,
    appoint,
    end_appointment,
    register_officer,
)
from .city import CityLoad, InvalidCityFile, load_city
from .units import ClosesBeforeItOpens, close_unit

__all__ = [
    "AlreadyAppointed",
    "CityLoad",
    "ClosesBeforeItOpens",
    "EndsBeforeItBegins",
    "InvalidCityFile",
    "NoSuchAppointment",
    "NoSuchUnit",
    "OfficerRegisteredAlready",
    "UnitIsClosed",
    "UnusableOfficerData",
    "appoint",
    "close_unit",
    "end_appointment",
    "load_city",
    "register_officer",
]
