"""How the steps of dossiers are added to the counts of days, months and cohorts."""

from collections.abc import Callable
from datetime import date
from functools import cache
from operator import itemgetter

from django.db import connection

from motcua.kernel.statements import plain_array, word_array
from motcua.steering.definitions.lives import Life, marks_of
from motcua.steering.definitions.measures import Measure
from motcua.steering.models import COUNTS, TOTALS, AnyCount, CohortCount, DayCount

from ._columns import TYPES
from ._sources import note_sources
from ._sums import Key, lay_aside

Row = dict[Measure, int]  # most measures of most rows are nothing
# Of a place: (agency, unit, procedure, channel, is_part), or the same without the unit.
_WITHOUT_UNIT = itemgetter(0, -3, -2, -1)
_WITHOUT_PROCEDURE = itemgetter(0, -2, -1)


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
        days = self._days.of((life.agency_id, life.unit_id, *where[1:]))
        cohorts = self._cohorts.of(where)
        marks = marks_of(life)
        for when, measure, step in marks:
            rows = days if len(when) == 1 else cohorts
            row = rows.get(when)
            if row is None:
                row = rows[when] = {}
            row[measure] = row.get(measure, 0) + sign * step
        self._put += len(marks)

    def lay_aside(self) -> None:
        """Lay everything aside, to be added up in the end (_sums.py)."""
        lay_aside(DayCount, self._days)
        lay_aside(CohortCount, self._cohorts)

    def write(self) -> None:
        """Add everything to the counts and their totals. They are done with then."""
        for model, rows in self._tables().items():
            _add(model, rows)
        note_sources(self._since())

    def _tables(self) -> "dict[AnyCount, _Rows]":
        months = self._days.added_up(place=_WITHOUT_UNIT, day=_month_of)
        months.add(self._cohorts.added_up(day=_month_of))
        counts = (self._days, self._cohorts, months, months.added_up(day=_year_of))
        totals = [rows.added_up(place=_WITHOUT_PROCEDURE) for rows in counts]
        return dict(zip((*COUNTS, *TOTALS), (*counts, *totals), strict=True))

    def _since(self) -> dict[Measure, date]:
        since: dict[Measure, date] = {}
        for cohorts in self._cohorts.values():
            for (_first_on, on), row in cohorts.items():
                for measure in row:
                    since[measure] = min(since.get(measure, on), on)
        return since


class _Rows(dict[Key, dict[Key, Row]]):
    """What is to be added to the rows of a table: by the place, then by the day or days."""

    def of(self, place: Key) -> dict[Key, Row]:
        """Return the rows of a place."""
        rows = self.get(place)
        if rows is None:
            rows = self[place] = {}
        return rows

    def add_row(self, place: Key, when: Key, added: Row) -> None:
        """Add to the row of a place and time."""
        rows = self.of(place)
        row = rows.get(when)
        if row is None:
            rows[when] = added.copy()
            return
        for measure, count in added.items():
            row[measure] = row.get(measure, 0) + count

    def add(self, others: "_Rows") -> None:
        """Add the rows of others."""
        for place, rows in others.items():
            for when, row in rows.items():
                self.add_row(place, when, row)

    def added_up(
        self, *, place: Callable[[Key], Key] = tuple, day: Callable[[Key], Key] = tuple
    ) -> "_Rows":
        """Return the rows added up, each under what is left of its place and of its days."""
        found = _Rows()
        for where, rows in self.items():
            for when, row in rows.items():
                found.add_row(place(where), day(when), row)
        return found

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
def _month_of(days: Key) -> Key:
    return (days[0].replace(day=1),)


@cache
def _year_of(days: Key) -> Key:
    return (days[0].replace(month=1),)


@cache
def _adding(model: AnyCount) -> str:
    fields = model._meta.pk_fields
    key = [field.attname for field in fields]
    measures = [measure.value for measure in model.measures]
    arrays = [f"%s::{TYPES[field.get_internal_type()]}[]" for field in fields]
    arrays += ["%s::int[]"] * len(measures)
    unique = ", ".join(f'"{name}"' for name in key)
    columns = ", ".join(f'"{name}"' for name in [*key, *measures])
    sums = ", ".join(f'"{name}" = kept."{name}" + excluded."{name}"' for name in measures)
    return (
        f"INSERT INTO {model._meta.db_table} AS kept ({columns}) "  # noqa: S608 - our columns
        f"SELECT * FROM unnest({', '.join(arrays)}) "
        f"ON CONFLICT ({unique}) DO UPDATE SET {sums}"
    )
