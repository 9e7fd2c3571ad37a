"""The writes of the daily counts. Called by their follower only."""

from collections import Counter
from datetime import date

from django.db import connection, transaction

from motcua.dossiers.models import DailyCount


@transaction.atomic
def count_steps(*, steps: Counter[tuple[date, int, str]]) -> None:
    """Add to the counts of a day, a unit and a kind of step, all in one statement."""
    if not steps:
        return
    keys = sorted(steps)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossier_daily_count AS kept ("on", unit_id, kind, count)
            SELECT * FROM unnest(%s::date[], %s::bigint[], %s::text[], %s::int[])
            ON CONFLICT ("on", unit_id, kind) DO UPDATE SET count = kept.count + excluded.count
            """,
            [
                [on for on, _unit, _kind in keys],
                [unit for _on, unit, _kind in keys],
                [kind for _on, _unit, kind in keys],
                [steps[key] for key in keys],
            ],
        )


@transaction.atomic
def forget_counts() -> None:
    """Empty the projection, to be built again from the beginning of the ledger."""
    DailyCount.objects.all().delete()
