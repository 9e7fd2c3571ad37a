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
from .hours import AlreadyExcepted, UnusableHours, except_service_hours, set_service_hours
from .staffing import Hire, staff_posts
from .units import ClosesBeforeItOpens, close_unit

__all__ = [
    "AlreadyAppointed",
    "AlreadyExcepted",
    "CityLoad",
    "ClosesBeforeItOpens",
    "EndsBeforeItBegins",
    "Hire",
    "InvalidCityFile",
    "NoSuchAppointment",
    "NoSuchUnit",
    "OfficerRegisteredAlready",
    "UnitIsClosed",
    "UnusableHours",
    "UnusableOfficerData",
    "appoint",
    "close_unit",
    "end_appointment",
    "except_service_hours",
    "load_city",
    "register_officer",
    "set_service_hours",
    "staff_posts",
]
