"""
How counts that are empty are filled: each hand lays its steps aside, the database adds them up.

A row that is laid aside is one of the days or of the cohorts, as far as one hand saw it, so in the
end there are hardly more of them than counts.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from django.db import connection, transaction

from motcua.kernel import copying
from motcua.kernel.hands import work_through
from motcua.steering.definitions.measures import Measure
from motcua.steering.models import (
    AnyCount,
    CohortCount,
    CohortTotal,
    DayCount,
    DayTotal,
    MonthCount,
    MonthTotal,
    YearCount,
    YearTotal,
)

from ._columns import WRITERS
from ._sources import first_days, note_sources

# Where the steps of a count are laid aside: tables without key and log, made by migration 0006.
_ASIDE: Mapping[AnyCount, str] = {
    DayCount: "steering_day_aside",
    CohortCount: "steering_cohort_aside",
}
# Which counts are added up from that, the longest first; and from the months, which are few.
_OF_ASIDE: Mapping[AnyCount, tuple[AnyCount, ...]] = {
    DayCount: (DayCount,),
    CohortCount: (CohortCount,),
    MonthCount: (DayCount, CohortCount),
    DayTotal: (DayCount,),
    CohortTotal: (CohortCount,),
}
_OF_MONTHS: tuple[AnyCount, ...] = (YearCount, MonthTotal, YearTotal)
# The period that a row belongs to, if it is of a shorter one.
_PERIODS = {
    "month": """date_trunc('month', "on"::timestamp)::date""",
    "year": """date_trunc('year', "month"::timestamp)::date""",
}
Key = tuple[Any, ...]
Measured = tuple[tuple[Measure, int], ...]
_OFTEN = 10_000  # measures of a row: most rows are of one dossier, and say one of a few things


def lay_aside(model: AnyCount, rows: Mapping[Key, Mapping[Key, Mapping[Measure, int]]]) -> None:
    """Lay steps aside, by the place and then the days to which they count: the key turned round."""
    names, fields = _key(model)
    days, measures = _writing(model)
    written = []
    for place, steps in rows.items():
        cells = zip(fields[-len(place) :], place, strict=True)
        where = b"".join([write(value) for write, value in cells])
        written += [
            b"".join((days(when), where, measures(tuple(row.items()))))
            for when, row in steps.items()
        ]
    columns = [f'"{name}"' for name in (*names, *model.measures)]
    copying.copy_rows(_ASIDE[model], columns, written)


def add_up_figures(*, hands: int) -> None:
    """Fill every count and total with the sums of what was laid aside, with so many hands."""
    for models in (tuple(_OF_ASIDE), _OF_MONTHS):
        for _model, _done in work_through(_add_up, [(each,) for each in models], workers=hands):
            pass
    note_sources(first_days())
    forget_what_is_aside()


def forget_what_is_aside() -> None:
    """Empty the tables that it is in."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(_ASIDE.values())}")


@transaction.atomic
def _add_up(model: AnyCount) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # the days of some 200,000 dossiers
        cursor.execute(_adding_up(model))


def _adding_up(model: AnyCount) -> str:
    key = [f'"{name}"' for name in _key(model)[0]]
    measures = [f'"{measure}"' for measure in model.measures]
    sums = [f"sum({measure})" for measure in measures]
    parts = " UNION ALL ".join(_parts(model))
    # In the order of the index: half the writing.
    return f"""
        INSERT INTO {model._meta.db_table} ({", ".join([*key, *measures])})
        SELECT {", ".join([*key, *sums])} FROM ({parts}) AS part
        GROUP BY {", ".join(key)}
        HAVING ({", ".join(sums)}) <> ({", ".join("0" for _ in sums)})
        ORDER BY {", ".join(key)}
    """  # noqa: S608 - our columns


def _parts(model: AnyCount) -> Iterator[str]:
    """Yield of each table that is added up what it has of the columns, and nothing for the rest."""
    for source in _OF_ASIDE.get(model, (MonthCount,)):
        known = {*_key(source)[0], *source.measures}
        columns = [
            f'"{name}"' if name in known else f'{_PERIODS.get(name, "0")} AS "{name}"'
            for name in (*_key(model)[0], *model.measures)
        ]
        table = _ASIDE.get(source, source._meta.db_table)
        yield f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - our columns


@cache
def _key(model: AnyCount) -> tuple[list[str], list[Callable[[Any], bytes]]]:
    fields = model._meta.pk_fields
    return (
        [field.attname for field in fields],
        [WRITERS[field.get_internal_type()] for field in fields],
    )


@cache
def _writing(model: AnyCount) -> tuple[Callable[[Key], bytes], Callable[[Measured], bytes]]:
    """Return what writes the days with which a row begins, and the measures with which it ends."""
    begin = copying.row(len(model._meta.pk_fields) + len(model.measures))
    place = {measure: number for number, measure in enumerate(model.measures)}
    nothing = [copying.integer(0)] * len(place)

    @cache
    def days(when: Key) -> bytes:
        return begin + b"".join(map(copying.day, when))

    @lru_cache(maxsize=_OFTEN)
    def measures(steps: Measured) -> bytes:
        cells = nothing.copy()
        for measure, count in steps:
            cells[place[measure]] = copying.integer(count)
        return b"".join(cells)

    return days, measures
