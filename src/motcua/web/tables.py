"""The tables that are taken in from spreadsheets, for every door that takes them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.calendars.definitions import CALENDAR_TABLE
from motcua.calendars.services import import_days
from motcua.kernel.sheets import Reading, Report, Table
from motcua.offices.definitions import OFFICERS_TABLE, OFFICES_TABLE
from motcua.offices.services import import_officers, import_units

BYTES_MAX = 5_000_000  # ten times what the longest table takes


class Import(Protocol):
    """A service that takes in all rows of a table, or none."""

    def __call__(
        self, *, reading: Reading, at: datetime, actor: str = ..., dry_run: bool = ...
    ) -> Report: ...


@dataclass(frozen=True, kw_only=True)
class KnownTable:
    """A table, and the service that takes it in."""

    table: Table
    import_rows: Import
    awaits_approval: bool = False  # what was taken in counts once a second person has agreed


KNOWN_TABLES: dict[str, KnownTable] = {
    each.table.key: each
    for each in (
        KnownTable(table=OFFICES_TABLE, import_rows=import_units),
        KnownTable(table=OFFICERS_TABLE, import_rows=import_officers),
        KnownTable(table=CALENDAR_TABLE, import_rows=import_days, awaits_approval=True),
    )
}
