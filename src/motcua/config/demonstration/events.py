"""How the demonstration city grew: what a filling began with, and that it came to its end."""

from dataclasses import dataclass, field
from typing import ClassVar

from motcua.kernel.ledger.events import Event
from motcua.kernel.ledger.models import Subject

CITY = Subject("demonstration-city", "1")


@dataclass(frozen=True, kw_only=True)
class GrowthBegun(Event):
    """The city is to have more dossiers. From this alone the same are told again."""

    kind: ClassVar[str] = "config.growth-begun"

    seed: int
    already: int  # dossiers that the filling has made before
    total: int  # and how many it will have made
    peopled: int  # for so many dossiers people are registered
    now: int  # seconds since 1970: what would happen later has not happened
    ground: str  # digest of offices, officers and catalogue
    taken: dict[str, list[int]] = field(default_factory=dict)  # agency → in 2023: all, online
    indexes: dict[str, str] = field(default_factory=dict)  # set aside meanwhile: how to build them


@dataclass(frozen=True, kw_only=True)
class GrowthFinished(Event):
    """The city has as many as were wanted, or as many as came before its ground changed."""

    kind: ClassVar[str] = "config.growth-finished"

    total: int
    peopled: int
