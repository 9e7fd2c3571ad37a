"""What a six-month report is drawn from, and what it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

import msgspec

from motcua.steering.definitions import Period


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, a paragraph that a person may rewrite, or a table."""

    kind: BlockKind
    key: str
    text: str  # of a table: its caption
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All that a report says, but for its number and signature."""

    title: str
    about: str
    agency_above: str
    agency: str
    place: str
    addressees: tuple[str, ...]
    missing: tuple[tuple[str, int, str], ...]  # agency, how many duties, clauses
    blocks: tuple[Block, ...]

    def with_words(self, rewritten: Mapping[str, str]) -> "Content":
        """Return it with people's words in place of the drawn ones."""
        blocks = tuple(
            msgspec.structs.replace(block, text=rewritten[block.key])
            if block.kind is BlockKind.PARAGRAPH and block.key in rewritten
            else block
            for block in self.blocks
        )
        return msgspec.structs.replace(self, blocks=blocks)


# msgspec draws a structure up when it first reads one, and takes the process down when two threads
# come to that at once. So it is done while modules are loaded.
msgspec.json.Decoder(Content)


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """An agency's row of the annex: ratios are exact, and absent where nothing is known."""

    agency: str
    baseline: Fraction | None = None
    target: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    forecast: Fraction | None = None

    @property
    def actual(self) -> Fraction | None:
        """Return the ratio reached; None without figures or where nothing was filed."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def gap(self) -> Fraction | None:
        """Return the ratio as it is shown, to a tenth of a percent, less the target."""
        if self.actual is None or self.target is None:
            return None
        return Fraction(int(self.actual * 1000 + Fraction(1, 2)), 1000) - self.target


@dataclass(frozen=True, kw_only=True)
class TaskFact:
    """A task in the period: how many duties it made, and how they stand."""

    clause: str
    part: str
    wording: str
    owners: str
    duties: int
    done: int
    told: int  # reported in part, or waiting to be confirmed
    overdue: int
    evidence: int


@dataclass(frozen=True, kw_only=True)
class AgencyFact:
    """An owner in the period."""

    name: str
    duties: int
    done: int
    overdue: int
    untold: tuple[str, ...]  # clauses of which nothing was ever reported
    has_plan: bool | None  # None: no agency of the city, none is asked of it


@dataclass(frozen=True, kw_only=True)
class ObstacleFact:
    """An obstacle that stood in the period."""

    title: str
    agency: str
    about: str
    state: str
    is_ended: bool
    solver: str
    answer: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class NextFact:
    """What is owed after the period."""

    clause: str
    wording: str
    owners: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a report is drawn from."""

    number: str
    issued_on: date
    period: Period
    as_of: datetime
    keeper: str
    overseer: str
    place: str
    parts: Sequence[tuple[str, str]]
    tasks: Sequence[TaskFact]
    agencies: Sequence[AgencyFact]
    uncovered: Sequence[str]  # clauses that no agency's own plan serves
    obstacles: Sequence[ObstacleFact]
    targets: Sequence[TargetLine]
    next: Sequence[NextFact]
