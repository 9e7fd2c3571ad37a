"""What a table is: its columns, its rows as read, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import TypeAlias

Value: TypeAlias = str | date | None

ROWS_MAX = 5_000
DATA_SHEET = "Dữ liệu"
GUIDE_SHEET = "Hướng dẫn"
PROBLEM_HEADING = "Lỗi"  # the last column of an annotated file; read over when it comes back


class ColumnKind(Enum):
    """What a cell of a column holds."""

    TEXT = auto()
    CODE = auto()  # text of which every nought counts
    DATE = auto()


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column, with its heading as it stands in the file."""

    key: str
    heading: str
    hint: str
    example: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)  # what the person picks -> our value
    length_max: int = 200


@dataclass(frozen=True, kw_only=True)
class Table:
    """A kind of table. Files speak Vietnamese, whatever the language of the screen."""

    key: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """Return the column of that key."""
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a file: its number there, what stood in its cells, and what that means."""

    number: int
    said: Mapping[str, str]
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """Return what the cell says, or nothing."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """Return the day in the cell, if there is one."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a row cannot be taken in: one sentence, at a cell or at the whole row."""

    row: int
    column: str  # the key of a column, or "" for the row
    message: str
    cell: str = ""  # B12, where the cell is known


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that was read of a file. Rows with problems are there too, to be shown again."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)  # where each column stands: B

    @property
    def sound_rows(self) -> list[Row]:
        """Return the rows in which nothing was wrong by itself."""
        troubled = {problem.row for problem in self.problems}
        return [row for row in self.rows if row.number not in troubled]

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return these problems with those of the reading, by row, each with its cell."""
        everything = [*self.problems, *problems]
        return sorted(
            (
                Problem(
                    row=each.row,
                    column=each.column,
                    message=each.message,
                    cell=f"{self.letters[each.column]}{each.row}"
                    if each.column in self.letters
                    else "",
                )
                for each in everything
            ),
            key=lambda problem: problem.row,
        )


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an import did, or would do. With problems, nothing was taken in."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    is_rehearsal: bool = False
