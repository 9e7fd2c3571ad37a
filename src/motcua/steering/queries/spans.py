"""Days as the tables of figures hold them: as years, months and days, as coarse as may be."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple


class Unit(Enum):
    """What a table counts by: its name, how it calls the first day, where one begins, how long."""

    DAY = "day", '"on"', lambda day: day, 1
    MONTH = "month", "month", lambda day: day.replace(day=1), 31
    YEAR = "year", "year", lambda day: day.replace(month=1, day=1), 366

    def __init__(
        self, table: str, column: str, begin: Callable[[date], date], days_most: int
    ) -> None:
        self.table, self.column, self.begin, self.days_most = table, column, begin, days_most


class Days(NamedTuple):
    """Days from the first up to, and without, the end."""

    first: date
    end: date

    def whole(self, unit: Unit) -> "Days":
        """Return the months or years of which every day is among them."""
        first = unit.begin(self.first)
        if first < self.first:
            first = unit.begin(first + timedelta(days=unit.days_most))
        end = unit.begin(self.end)
        return Days(first, end) if first < end else Days(self.first, self.first)

    def around(self, inner: "Days") -> list["Days"]:
        """Return what is left of them before and after others that lie among them."""
        return [Days(self.first, inner.first), Days(inner.end, self.end)]

    def of(self, unit: Unit) -> str:
        """Return the condition by which a table's rows are of these days."""
        return f"{unit.column} >= '{self.first}' AND {unit.column} < '{self.end}'"


def spans(days: Days) -> list[tuple[Unit, str]]:
    """Return where days are read, and by which condition, each of them once."""
    months = days.whole(Unit.MONTH)
    years = months.whole(Unit.YEAR)
    found = [
        *((Unit.DAY, each) for each in days.around(months)),
        *((Unit.MONTH, each) for each in months.around(years)),
        (Unit.YEAR, years),
    ]
    return [(unit, each.of(unit)) for unit, each in found if each.first < each.end]
