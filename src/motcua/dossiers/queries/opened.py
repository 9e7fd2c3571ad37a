"""
What an officer's desk shows whenever it is opened, in one statement written once for the officer.

Nothing of what was read is kept, only the statements that read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from motcua.kernel.statements import Joined, Statement
from motcua.offices.queries import Mandate

from .lists import KEPT, NEAR_DUE, Line, Tab, tabs_for, work_list
from .notices import counting_unread

# What stands in the statements for the moment of the reading.
_THEN = datetime.min.replace(tzinfo=UTC)

# A row for each line, or one where nothing stands under the tab.
_DESK_AND_LINES = """
    SELECT desk.*, line.* FROM (SELECT {desk}) AS desk LEFT JOIN ({{lines}}) AS line ON true
    ORDER BY {order}
"""


@dataclass(frozen=True, kw_only=True)
class DeskCounts:
    """How much there waits for an officer."""

    tabs: Mapping[Tab, int]  # the officer's own, but for what is closed
    notices: int  # not read yet


@dataclass(frozen=True, kw_only=True)
class OpenedTab:
    """Some lines of one tab, with what stands around them."""

    lines: list[Line]
    count: int  # of all that stand under the tab, or so many as are counted of closed ones
    desk: DeskCounts


def desk_counts(mandate: Mandate, *, at: datetime) -> DeskCounts:
    """Return how much there waits, counted in one statement."""
    [counted] = _counting(mandate).rows(_now(at))
    return _desk(mandate, counted)


def opened_tab(
    mandate: Mandate, tab: Tab, *, at: datetime, start: int, stop: int, up_to: int
) -> OpenedTab:
    """
    Return the lines of a work list from one place to another, in one statement with all counts.

    A tab that is not among the officer's open work is counted until there are `up_to`.
    """
    statement, columns = _opening(mandate, tab, start, stop, up_to)
    rows = statement.rows(_now(at))
    desk = _desk(mandate, rows[0])
    count = desk.tabs.get(tab)
    return OpenedTab(
        lines=[Line._make(row[columns:]) for row in rows if row[columns:] and row[columns]],
        count=rows[0][columns - 1] if count is None else count,
        desk=desk,
    )


def _desk(mandate: Mandate, counted: tuple[int, ...]) -> DeskCounts:
    notices, *counts = counted
    return DeskCounts(tabs=dict(zip(_counted_tabs(mandate), counts, strict=False)), notices=notices)


@lru_cache(maxsize=KEPT)
def _counting(mandate: Mandate) -> Statement:
    counted = _counts(mandate)
    return Joined(f"SELECT {_columns(counted)}", **counted)


@lru_cache(maxsize=KEPT)
def _opening(
    mandate: Mandate, tab: Tab, start: int, stop: int, up_to: int
) -> tuple[Statement, int]:
    """Return the statement, and how many columns stand before those of a line."""
    listing = work_list(mandate, tab, at=_THEN)
    counted = _counts(mandate)
    if tab not in counted:
        counted["opened"] = listing.counting(up_to=up_to)
    lines = listing.reading_lines(start, stop)
    if not lines.text:
        return Joined(f"SELECT {_columns(counted)}", **counted), len(counted)
    within = _DESK_AND_LINES.format(desk=_columns(counted), order=listing.order_within("line"))
    return Joined(within, **counted, lines=lines), len(counted)


def _counts(mandate: Mandate) -> dict[str, Statement]:
    # Each tab by itself: its index holds what stands under it, and no dossier is looked at.
    tabs = {
        tab.value: work_list(mandate, tab, at=_THEN).counting() for tab in _counted_tabs(mandate)
    }
    return {"notices": counting_unread(mandate), **tabs}


def _counted_tabs(mandate: Mandate) -> list[Tab]:
    return [tab for tab in tabs_for(mandate) if tab is not Tab.CLOSED]


def _columns(counted: Mapping[str, Statement]) -> str:
    # What can be under no such tab is not asked for.
    return ", ".join(
        f'({{{name}}}) AS "{name}"' if statement.text else "0"
        for name, statement in counted.items()
    )


def _now(at: datetime) -> Mapping[datetime, datetime]:
    return {_THEN: at, _THEN + NEAR_DUE: at + NEAR_DUE}
