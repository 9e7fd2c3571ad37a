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
        self._days, self._months, self._years, self._cohorts = _Rows(), _Rows(), _Rows(), _Rows()
        self._since: dict[Measure, date] = {}
        self._put = 0

    def __len__(self) -> int:
        return self._put

    def put(self, life: Life, sign: int) -> None:
        """Put the marks of a life on, or take them off with a sign of -1."""
        # Where a dossier counts, whatever the day: looked up once for all its marks.
        where = (life.agency_id, life.procedure, life.channel, life.is_part)
        days = self._days[life.agency_id, life.unit_id, *where[1:]]
        months, years, cohorts = self._months[where], self._years[where], self._cohorts[where]
        for (on, measure, month), step in marks_of(life):
            self._put += 1
            if month is not None:
                cohorts[month, on][measure] += sign * step
                months[month,][measure] += sign * step
                if self._since.get(measure, on) >= on:
                    self._since[measure] = on
                continue
            days[on,][measure] += sign * step
            months[_month_of(on),][measure] += sign * step
            if measure in _STOCKS:
                years[_year_of(on),][measure] += sign * step

    def write(self) -> None:
        """Add everything to the counts, in five statements. They are done with then."""
        _add(DayCount, self._days)
        _add(MonthCount, self._months)
        _add(YearCount, self._years)
        _add(CohortCount, self._cohorts)
        _note_sources(self._since)


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
