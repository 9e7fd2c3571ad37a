"""What the org chart is made of, and the file it is loaded from."""

from .city import (
    CITY_OF_2024,
    City,
    CommuneEntry,
    DistrictEntry,
    InvalidCityFile,
    UnitEntry,
    read_city,
)
from .hours import WEEK, HoursRule, Span, is_within, opening_after, spans_on
from .kinds import AgencyKind, PlaceLevel, PostRole, SuccessionKind, UnitRole
from .tables import OFFICERS_TABLE, OFFICES_TABLE

__all__ = [
    "CITY_OF_2024",
    "OFFICERS_TABLE",
    "OFFICES_TABLE",
    "WEEK",
    "AgencyKind",
    "City",
    "CommuneEntry",
    "DistrictEntry",
    "HoursRule",
    "InvalidCityFile",
    "PlaceLevel",
    "PostRole",
    "Span",
    "SuccessionKind",
    "UnitEntry",
    "UnitRole",
    "is_within",
    "opening_after",
    "read_city",
    "spans_on",
]
