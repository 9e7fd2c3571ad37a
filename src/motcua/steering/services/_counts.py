"""How the steps of dossiers are added to the counts of days, months and cohorts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection

from motcua.kernel.statements import plain_array, word_array
from motcua.steering.definitions.lives import Life, marks_of
from motcua.steering.definitions.measures import STOCKS, Measure
from motcua.steering.models import CohortCount, DayCount, MonthCount, YearCount

AnyCount = type[DayCount | MonthCount | YearCount | CohortCount]
Key = tuple[Any, ...]
Row = dict[Measure, int]  # most measures of most rows are nothing
_STOCKS = frozenset(STOCKS)


class Steps:
    """Steps of many dossiers, gathered before they are written."""

    def __init__(self) -> None:
        self._days, self._cohorts = _Rows(), _Rows()
        self._put = 0

    def __len__(self) -> int:
        return self._put

    def put(self, life: Life, sign: int) -> None:
        """Put the marks of a life on, or take them off with a sign of -1."""
        # Where a dossier counts, whatever the day: looked up once for all its marks.
        where = (life.agency_id, life.procedure, life.channel, life.is_part)
        days = self._days[life.agency_id, life.unit_id, *where[1:]]
        cohorts = self._cohorts[where]
        for (on, measure, month), step in marks_of(life):
            row = days[on,] if month is None else cohorts[month, on]
            row[measure] += sign * step
            self._put += 1

    def write(self) -> None:
        """Add everything to the counts, in five statements. They are done with then."""
        months, years = _Rows(), _Rows()
        since: dict[Measure, date] = {}
        for (agency, _unit, *what), days in self._days.items():
            of_months, of_years = months[agency, *what], years[agency, *what]
            for (on,), row in days.items():
                month, year = of_months[_month_of(on),], of_years[_year_of(on),]
                for measure, count in row.items():
                    month[measure] += count
                    if measure in _STOCKS:
                        year[measure] += count
        for where, cohorts in self._cohorts.items():
            of_months = months[where]
            for (first_on, on), row in cohorts.items():
                month = of_months[first_on,]
                for measure, count in row.items():
                    month[measure] += count
                    since[measure] = min(since.get(measure, on), on)
        _add(DayCount, self._days)
        _add(MonthCount, months)
        _add(YearCount, years)
        _add(CohortCount, self._cohorts)
        _note_sources(since)


class _Rows(defaultdict[Key, defaultdict[Key, Row]]):
    """What is to be added to the rows of a table: by the place, then by the day or days."""

    def __init__(self) -> None:
        super().__init__(lambda: defaultdict(lambda: defaultdict(int)))

    def in_order(self) -> list[tuple[Key, Row]]:
        """Return each row that changes under its key, in the order of the keys."""
        rows = [
            ((*when, *place), row)
            for place, of in self.items()
            for when, row in of.items()
            if any(row.values())
        ]
        return sorted(rows, key=itemgetter(0))


def _add(model: AnyCount, added: _Rows) -> None:
    # In the order of the key, which is that of the index: half the writing. And two who add at
    # the same time take the rows in one order, so that they cannot wait for each other.
    rows = added.in_order()
    if not rows:
        return
    columns = [
        (word_array if isinstance(column[0], str) else plain_array)(column)
        for column in zip(*(key for key, _row in rows), strict=True)
    ]
    counts = {measure: ["0"] * len(rows) for measure in model.measures}
    for place, (_key, row) in enumerate(rows):
        for measure, count in row.items():
            counts[measure][place] = str(count)
    columns += [plain_array(column) for column in counts.values()]
    with connection.cursor() as cursor:
        cursor.execute(_adding(model), columns)


@cache
def _month_of(on: date) -> date:
    return on.replace(day=1)


@cache
def _year_of(on: date) -> date:
    return on.replace(month=1, day=1)


@cache
def _adding(model: AnyCount) -> str:
    types = {"DateField": "date", "BigIntegerField": "bigint", "BooleanField": "boolean"}
    fields = model._meta.pk_fields
    key = [field.attname for field in fields]
    measures = [measure.value for measure in model.measures]
    arrays = [f"%s::{types.get(field.get_internal_type(), 'text')}[]" for field in fields]
    arrays += ["%s::int[]"] * len(measures)
    unique = ", ".join(f'"{name}"' for name in key)
    columns = ", ".join(f'"{name}"' for name in [*key, *measures])
    sums = ", ".join(f'"{name}" = kept."{name}" + excluded."{name}"' for name in measures)
    return (
        f"INSERT INTO {model._meta.db_table} AS kept ({columns}) "  # noqa: S608 - our columns
        f"SELECT * FROM unnest({', '.join(arrays)}) "
        f"ON CONFLICT ({unique}) DO UPDATE SET {sums}"
    )


def _note_sources(first: Mapping[Measure, date]) -> None:
    if not first:
        return
    names = sorted(first)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO steering_source AS kept (measure, since)
            SELECT * FROM unnest(%s::text[], %s::date[])
            ON CONFLICT (measure) DO UPDATE SET since = excluded.since
            WHERE excluded.since < kept.since
            """,
            [[name.value for name in names], [first[name] for name in names]],
        )
