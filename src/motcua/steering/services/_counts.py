"""How the steps of dossiers are added to the counts of days, months and cohorts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from motcua.kernel.statements import plain_array
from motcua.steering.definitions.lives import Life, Mark, marks_of
from motcua.steering.definitions.measures import STOCKS, Measure
from motcua.steering.models import CohortCount, DayCount, MonthCount, YearCount

AnyCount = type[DayCount | MonthCount | YearCount | CohortCount]
Key = tuple[Any, ...]
_STOCKS = frozenset(STOCKS)


class Place(NamedTuple):
    """Where a dossier counts, whatever the day."""

    agency_id: int
    unit_id: int
    procedure: str
    channel: str
    is_part: bool


class Steps:
    """Steps of many dossiers, gathered before they are written."""

    def __init__(self) -> None:
        self._steps: dict[Place, dict[Mark, int]] = defaultdict(dict)

    def __len__(self) -> int:
        return sum(map(len, self._steps.values()))

    def put(self, life: Life, sign: int) -> None:
        """Put the marks of a life on, or take them off with a sign of -1."""
        steps = self._steps[
            Place(life.agency_id, life.unit_id, life.procedure, life.channel, life.is_part)
        ]
        for mark, step in marks_of(life):
            steps[mark] = steps.get(mark, 0) + sign * step

    def write(self) -> None:
        """Add everything to the counts, in five statements, and begin anew."""
        days: dict[Key, Counter[Measure]] = defaultdict(Counter)
        months: dict[Key, Counter[Measure]] = defaultdict(Counter)
        years: dict[Key, Counter[Measure]] = defaultdict(Counter)
        cohorts: dict[Key, Counter[Measure]] = defaultdict(Counter)
        first: dict[str, date] = {}
        for place, steps in self._steps.items():
            where = (place.agency_id, *place[2:])
            for (on, measure, month), count in steps.items():
                if not count:
                    continue
                if month is not None:
                    cohorts[month, on, *where][measure] += count
                    months[month, *where][measure] += count
                    first[measure.value] = min(first.get(measure.value, on), on)
                    continue
                days[on, *place][measure] += count
                months[on.replace(day=1), *where][measure] += count
                if measure in _STOCKS:
                    years[on.replace(month=1, day=1), *where][measure] += count
        _add(DayCount, days)
        _add(MonthCount, months)
        _add(YearCount, years)
        _add(CohortCount, cohorts)
        _note_sources(first)
        self._steps.clear()


def _add(model: AnyCount, counts: Mapping[Key, Counter[Measure]]) -> None:
    if not counts:
        return
    # In the order of the key, which is that of the index: half the writing.
    keys = sorted(counts)
    columns: list[list[str] | str] = [
        list(column) if isinstance(column[0], str) else plain_array(column)
        for column in zip(*keys, strict=True)
    ]
    ordered = [counts[key] for key in keys]
    columns += [
        plain_array([each.get(measure, 0) for each in ordered]) for measure in model.measures
    ]
    with connection.cursor() as cursor:
        cursor.execute(_adding(model), columns)


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


def _note_sources(first: Mapping[str, date]) -> None:
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
            [names, [first[name] for name in names]],
        )
