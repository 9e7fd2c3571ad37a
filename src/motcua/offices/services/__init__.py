"""Everything that changes the org chart, and who acts in it."""

from motcua.offices.queries import NoSuchUnit, UnitIsClosed

from .appointments import (
    AlreadyAppointed,
    EndsBeforeItBegins,
    NoSuchAppointment,
    OfficerRegisteredAlready,
    UnusableOfficerData,
    appoint,
    correct_officer_name,
    end_appointment,
    register_officer,
)
from .city import CityLoad, InvalidCityFile, load_city
from .hours import (
    AlreadyExcepted,
    NotExcepted,
    UnusableHours,
    except_service_hours,
    lift_service_exception,
    set_service_hours,
)
from .imports import import_officers, import_units
from .staffing import Hire, staff_posts
from .units import (
    ClosesBeforeItOpens,
    PostIsThereAlready,
    UnitIsOpenAlready,
    UnusableUnit,
    close_unit,
    open_post,
    open_unit,
    set_unit_settles,
)

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
    "NotExcepted",
    "OfficerRegisteredAlready",
    "PostIsThereAlready",
    "UnitIsClosed",
    "UnitIsOpenAlready",
    "UnusableHours",
    "UnusableOfficerData",
    "UnusableUnit",
    "appoint",
    "close_unit",
    "correct_officer_name",
    "end_appointment",
    "except_service_hours",
    "import_officers",
    "import_units",
    "lift_service_exception",
    "load_city",
    "open_post",
    "open_unit",
    "register_officer",
    "set_service_hours",
    "set_unit_settles",
    "staff_posts",
]
