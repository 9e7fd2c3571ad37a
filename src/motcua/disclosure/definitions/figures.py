"""Results that stand beside the list of the late: handed in, never computed here."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """One of the six groups of Decision 766."""

    key: str
    name: str
    points: Fraction | None  # None: no data
    most: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexResult:
    """The result of an agency, or of the city where the code is empty."""

    code: str
    name: str
    points: Fraction | None
    most: Fraction
    groups: tuple[GroupResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineShare:
    """How many of the dossiers received were filed over the network, beside the target."""

    code: str  # of the agency; empty: the city
    name: str
    online: int
    received: int
    target_percent: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All results of a month, the city first."""

    index: tuple[IndexResult, ...] = ()
    online: tuple[OnlineShare, ...] = ()
    profile: str = ""  # the version of the formula


def told_figures(figures: Figures) -> dict[str, Any]:
    """Return them as a publication keeps them: whole numbers and text, exact beside rounded."""
    return {
        "profile": figures.profile,
        "index": [
            {
                "code": each.code,
                "name": each.name,
                "points": decimal(each.points),
                "points_exact": exact(each.points),
                "most": decimal(each.most),
                "groups": [
                    {
                        "key": group.key,
                        "name": group.name,
                        "points": decimal(group.points),
                        "points_exact": exact(group.points),
                        "most": decimal(group.most),
                    }
                    for group in each.groups
                ],
            }
            for each in figures.index
        ],
        "online": [
            {
                "code": each.code,
                "name": each.name,
                "online": each.online,
                "received": each.received,
                "percent": decimal(
                    Fraction(each.online * 100, each.received) if each.received else None, places=1
                ),
                "target_percent": decimal(each.target_percent, places=1),
            }
            for each in figures.online
        ],
    }


def decimal(value: Fraction | None, *, places: int = 2) -> str | None:
    """Return a number as decimal text, halves away from zero; None for what there is no data of."""
    if value is None:
        return None
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{whole // scale}.{whole % scale:0{places}}"


def exact(value: Fraction | None) -> str | None:
    """Return a number as numerator/denominator; None for what there is no data of."""
    return None if value is None else f"{value.numerator}/{value.denominator}"
