"""
What an officer's desk shows whenever it is opened, in one statement written once for the officer.

Nothing of what was read is kept, only the statements that read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from motcua.kernel.statements import AT, Joined, Statement
from motcua.offices.queries import Mandate

from .lists import KEPT, NEAR_DUE, Line, Tab, tabs_for, work_list
from .notices import counting_unread

_NOTICES = "notices"

# A row for each line, or one where nothing stands under the tab.
_DESK_AND_LINES = """
    SELECT desk.*, line.* FROM (SELECT {desk}) AS desk LEFT JOIN ({{lines}}) AS line ON true
    ORDER BY {order}
"""


# What else is counted in the same statement for whoever shows the desk, and what it is called. A
# moment stands in it as `AT`.
Beside = tuple[tuple[str, Statement], ...]


@dataclass(frozen=True, kw_only=True)
class DeskCounts:
    """How much there waits for an officer."""

    tabs: Mapping[Tab, int]  # the officer's own, but for what is closed
    notices: int  # not read yet
    beside: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class OpenedTab:
    """Some lines of one tab, with what stands around them."""

    lines: list[Line]
    count: int  # of all that stand under the tab, or so many as are counted of closed ones
    desk: DeskCounts


def desk_counts(mandate: Mandate, *, at: datetime, beside: Beside = ()) -> DeskCounts:
    """Return how much there waits, counted in one statement."""
    statement, names = _counting(mandate, beside)
    [counted] = statement.rows(_now(at))
    return _desk(mandate, dict(zip(names, counted, strict=True)), beside)


def opened_tab(
    mandate: Mandate,
    tab: Tab,
    *,
    at: datetime,
    start: int,
    stop: int,
    up_to: int,
    beside: Beside = (),
) -> OpenedTab:
    """
    Return the lines of a work list from one place to another, in one statement with all counts.

    A tab that is not among the officer's open work is counted until there are `up_to`.
    """
    statement, names = _opening(mandate, tab, start, stop, up_to, beside)
    rows, columns = statement.rows(_now(at)), len(names)
    counted = dict(zip(names, rows[0], strict=False))
    lines = [Line._make(row[columns:]) for row in rows if row[columns:] and row[columns]]
    desk = _desk(mandate, counted, beside)
    return OpenedTab(lines=lines, count=counted[tab.value], desk=desk)


def _desk(mandate: Mandate, counted: Mapping[str, int], beside: Beside) -> DeskCounts:
    return DeskCounts(
        tabs={tab: counted[tab.value] for tab in _counted_tabs(mandate)},
        notices=counted[_NOTICES],
        beside={name: counted[name] for name, _statement in beside},
    )


@lru_cache(maxsize=KEPT)
def _counting(mandate: Mandate, beside: Beside) -> tuple[Statement, tuple[str, ...]]:
    """Return the statement, and what it counts in order."""
    counted = _counts(mandate, beside)
    return Joined(f"SELECT {_columns(counted)}", **counted), tuple(counted)


@lru_cache(maxsize=KEPT)
def _opening(
    mandate: Mandate, tab: Tab, start: int, stop: int, up_to: int, beside: Beside
) -> tuple[Statement, tuple[str, ...]]:
    """Return the statement, and what it counts in order, in the columns before those of a line."""
    listing = work_list(mandate, tab, at=AT)
    counted = _counts(mandate, beside)
    if tab.value not in counted:
        counted[tab.value] = listing.counting(up_to=up_to)
    lines = listing.reading_lines(start, stop)
    if not lines.text:
        return Joined(f"SELECT {_columns(counted)}", **counted), tuple(counted)
    within = _DESK_AND_LINES.format(desk=_columns(counted), order=listing.order_within("line"))
    return Joined(within, **counted, lines=lines), tuple(counted)


def _counts(mandate: Mandate, beside: Beside) -> dict[str, Statement]:
    # Each tab by itself: its index holds what stands under it, and no dossier is looked at.
    tabs = {tab.value: work_list(mandate, tab, at=AT).counting() for tab in _counted_tabs(mandate)}
    return {_NOTICES: counting_unread(mandate), **tabs, **dict(beside)}


def _counted_tabs(mandate: Mandate) -> list[Tab]:
    return [tab for tab in tabs_for(mandate) if tab is not Tab.CLOSED]


def _columns(counted: Mapping[str, Statement]) -> str:
    # What can be under no such tab is not asked for.
    return ", ".join(
        f'({{{name}}}) AS "{name}"' if statement.text else "0"
        for name, statement in counted.items()
    )


def _now(at: datetime) -> Mapping[datetime, datetime]:
    return {AT: at, AT + NEAR_DUE: at + NEAR_DUE}
