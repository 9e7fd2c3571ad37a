"""Since which day the ledger has facts of each kind."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from motcua.steering.definitions.measures import Measure
from motcua.steering.models import CohortTotal


def note_sources(first: Mapping[Measure, date]) -> None:
    """Write down the first day of each of these kinds, unless an earlier one is known."""
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


def first_days() -> dict[Measure, date]:
    """Return the first day of each kind of which anything was counted."""
    measures = CohortTotal.measures
    asked = ", ".join(f'min("on") FILTER (WHERE "{measure}" <> 0)' for measure in measures)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM {CohortTotal._meta.db_table}")  # noqa: S608 - our columns
        days = cursor.fetchone()
    return {measure: day for measure, day in zip(measures, days, strict=True) if day is not None}
