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
from .kinds import AgencyKind, PlaceLevel, PostRole, SuccessionKind, UnitRole

__all__ = [
    "CITY_OF_2024",
    "AgencyKind",
    "City",
    "CommuneEntry",
    "DistrictEntry",
    "InvalidCityFile",
    "PlaceLevel",
    "PostRole",
    "SuccessionKind",
    "UnitEntry",
    "UnitRole",
    "read_city",
]
