"""The figures by which the city is filled, as dated data with its sources."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from motcua.dossiers.definitions import CauseClass
from motcua.kernel.data_files import read_data_file

CITY = Path(__file__).parent / "data" / "city.yaml"

PerMille = Annotated[int, msgspec.Meta(ge=0, le=1000)]
Weight = Annotated[int, msgspec.Meta(ge=0)]


class AnnexLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agency of the plan's annex: its shares, and how much it has to do."""

    agency: str
    online_2023: PerMille
    target_2024: PerMille
    way_in_2024: Annotated[int, msgspec.Meta(ge=0, le=200)]
    volume: Weight
    late: PerMille


class Tet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days of Tết, and the quiet around them."""

    from_: tuple[date, ...] = msgspec.field(name="from")
    to: tuple[date, ...]
    days_around: int
    percent: Weight


class Lately(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much more comes in the days before now."""

    days: int
    percent: Weight


class Obligation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the applicant owes money before the dossier goes on."""

    per_mille: PerMille
    from_dong: Annotated[int, msgspec.Meta(ge=1)]
    to_dong: Annotated[int, msgspec.Meta(ge=1)]
    notice: str
    procedure: str = ""
    field: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is learned of dossiers, how often, and since when."""

    since: date
    helped: PerMille
    typed: PerMille
    identified: PerMille
    signed: PerMille
    reused: PerMille
    shared_of_reused: PerMille
    paid_online: PerMille
    digitised: PerMille
    synchronised: PerMille
    issued_electronically: PerMille
    rated: PerMille
    disliked_of_rated: PerMille
    petitioned: PerMille
    satisfied_of_petitions: PerMille


class Delays(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said about delays, and how often."""

    causes: dict[CauseClass, Weight]
    explained_while_open: PerMille
    apologised: PerMille  # of what was explained and took longer than that day


class Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the file."""

    annex: tuple[AnnexLine, ...]
    first_day: date
    officers_since: date
    people_known_since: date
    months: dict[int, Weight]
    weekdays: Annotated[tuple[Weight, ...], msgspec.Meta(min_length=7, max_length=7)]
    day_off: Weight
    tet: Tet
    lately: Lately
    post_of_the_rest: PerMille
    turned_away: PerMille
    refused_of_turned_away: PerMille
    intake_supplement: PerMille
    supplement: PerMille
    stopped: PerMille
    denied: PerMille
    sent_back: PerMille
    assigned_by_leader: PerMille
    uncollected: PerMille
    filed_by_another: PerMille
    people_per_thousand_dossiers: Weight
    places: dict[str, Weight]
    procedures: dict[str, Weight]
    obligations: tuple[Obligation, ...]
    facts: Facts
    delays: Delays


@cache
def figures() -> Figures:
    """
    Return the figures of the demonstration city.

    :raises InvalidDataFile: if the file does not say what it should
    """
    return read_data_file(CITY, Figures)
