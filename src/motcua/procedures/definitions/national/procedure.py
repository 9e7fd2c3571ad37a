"""What the national portal says of a procedure, each field with how far it could be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from motcua.procedures.definitions.version import Channel


class Mark(StrEnum):
    """
    How far a field of the source was read.

    It speaks of the reading, not of the source: a time printed without its unit is read, and its
    unit is `not_stated`; "Miễn phí" is read, and is no amount.
    """

    READ = "read"  # everything printed there is in the value
    PARTLY = "partly"  # part of it is; the rest only in the original, or it contradicts itself
    UNREAD = "unread"  # the original has something, the value nothing
    ABSENT = "absent"  # the original has nothing


class TimeUnit(StrEnum):
    """The unit a time limit is printed in."""

    MINUTE = "minute"
    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    NOT_STATED = "not_stated"  # printed without one; what it means is not guessed


@dataclass(frozen=True, kw_only=True)
class NationalLimit:
    """How long it takes, as printed."""

    amount: str
    unit: str  # TimeUnit


@dataclass(frozen=True, kw_only=True)
class NationalFee:
    """
    What it costs, as printed.

    "Miễn phí" has no amount: here it often means that the amount is not set nationally but by
    the city's People's Council (the note may say so). So has what contradicts its own note.
    """

    amount_dong: int | None
    amount: str  # the digits printed, also of other currencies; empty: none
    currency: str  # VND, USD …; empty: none
    per: str  # what one amount buys: "lần", "hồ sơ"; empty: not said
    printed: str  # the amount and currency as they stand, or "Miễn phí"
    note: str


@dataclass(frozen=True, kw_only=True)
class NationalChannel:
    """One row of how to file: a channel, its time and fees. Variants are rows of their own."""

    channel: str  # Channel
    limits: tuple[NationalLimit, ...]
    fees: tuple[NationalFee, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class NationalComponent:
    """A paper to bring."""

    group: str  # the heading it stands under; empty: none
    name: str
    originals: int | None  # None: could not be read
    copies: int | None
    form: str  # name of the attached form file, several parted by "; "; empty: none


@dataclass(frozen=True, kw_only=True)
class NationalBasis:
    """A legal document: its number, and its name where it could be told from its neighbours'."""

    number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class NationalResult:
    """What one gets; the code is empty where it could not be told from what follows."""

    code: str
    name: str


_ROWS = {
    "channels": NationalChannel,
    "components": NationalComponent,
    "legal_bases": NationalBasis,
    "results": NationalResult,
}
_WORDS = ("level", "audience")
_TEXTS = ("name", "field", "agency", "decision", "steps", "conditions")
# Marked, but without values of their own: these stand in `channels`, row by row.
_WITHIN_CHANNELS = ("time", "fees")
FIELDS = (*_TEXTS, *_WORDS, *_ROWS, *_WITHIN_CHANNELS)


@dataclass(frozen=True, kw_only=True)
class NationalProcedure:
    """A procedure as the national portal publishes it: information, nothing to act on."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]  # ministry | province | commune | … ; the printed word if unknown
    audience: tuple[str, ...]  # in the portal's words
    agency: str
    decision: str
    channels: tuple[NationalChannel, ...]
    components: tuple[NationalComponent, ...]
    legal_bases: tuple[NationalBasis, ...]
    results: tuple[NationalResult, ...]
    steps: str
    conditions: str
    marks: Mapping[str, Mark]  # by the names in FIELDS

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return the fields of which something stands in the original text only."""
        return tuple(f for f in FIELDS if self.marks[f] in (Mark.PARTLY, Mark.UNREAD))

    @property
    def filed_by(self) -> frozenset[Channel]:
        """Return the channels that are open, in any variant."""
        return frozenset(Channel(row.channel) for row in self.channels)

    def reading(self) -> dict[str, Any]:
        """Return it as JSON: per field its mark and its value."""
        values: dict[str, Any] = {name: getattr(self, name) for name in _TEXTS}
        values |= {"level": list(self.levels), "audience": list(self.audience)}
        values |= {name: [dict(vars(row)) for row in getattr(self, name)] for name in _ROWS}
        for row in values["channels"]:
            row["limits"] = [dict(vars(limit)) for limit in row["limits"]]
            row["fees"] = [dict(vars(fee)) for fee in row["fees"]]
        values["time"] = [
            {"channel": row.channel, **vars(limit)} for row in self.channels for limit in row.limits
        ]
        values["fees"] = [
            {"channel": row.channel, **vars(fee)} for row in self.channels for fee in row.fees
        ]
        return {name: {"mark": str(self.marks[name]), "value": values[name]} for name in FIELDS}

    @classmethod
    def of(cls, code: str, reading: Mapping[str, Any]) -> Self:
        """Return what `reading()` once wrote."""
        values = {name: entry["value"] for name, entry in reading.items()}
        rows: dict[str, Any] = {
            name: tuple(kind(**each) for each in values[name])
            for name, kind in _ROWS.items()
            if name != "channels"
        }
        return cls(
            code=code,
            **{name: values[name] for name in _TEXTS},
            levels=tuple(values["level"]),
            audience=tuple(values["audience"]),
            channels=tuple(_channel_of(each) for each in values["channels"]),
            **rows,
            marks={name: Mark(reading[name]["mark"]) for name in FIELDS},
        )


def _channel_of(row: Mapping[str, Any]) -> NationalChannel:
    return NationalChannel(
        channel=row["channel"],
        limits=tuple(NationalLimit(**limit) for limit in row["limits"]),
        fees=tuple(NationalFee(**fee) for fee in row["fees"]),
        note=row["note"],
    )


def worst_of(marks: list[Mark]) -> Mark:
    """Return the mark of a whole from those of its parts: none, all, or some of it was read."""
    stated = [mark for mark in marks if mark is not Mark.ABSENT]
    if not stated:
        return Mark.ABSENT
    if all(mark is stated[0] for mark in stated):
        return stated[0]
    return Mark.PARTLY
