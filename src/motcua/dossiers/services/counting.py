"""The writes of the daily counts. Called by their follower only."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from motcua.dossiers.models import DailyCount, Dossier
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.ledger.followers import Stretch

# After the kind of a step that a part of a linked dossier took: work of its agency, and counted,
# but no dossier more that a citizen filed.
OF_A_PART = "/part"


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
def count_stretch(*, stretch: Stretch, kinds: Sequence[str]) -> None:
    """Count a stretch of the ledger, of whatever length, as `count_steps` counts its events."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossier_daily_count AS kept ("on", unit_id, kind, count)
            SELECT (event.occurred_at AT TIME ZONE %s)::date, dossier.receiving_unit_id,
                   event.kind || CASE WHEN dossier.parent_id IS NULL THEN '' ELSE %s END, count(*)
            FROM ledger_event AS event JOIN dossier ON dossier.id = event.subject_id::uuid
            WHERE event.subject_type = %s AND event.kind = ANY(%s)
                AND (event.xid, event.position) > (%s::text::xid8, %s)
                AND (event.xid, event.position) <= (%s::text::xid8, %s)
            GROUP BY 1, 2, 3
            ORDER BY 1, 2, 3  -- as the index has them, which halves the writing
            ON CONFLICT ("on", unit_id, kind) DO UPDATE SET count = kept.count + excluded.count
            """,
            [
                CITY_TIME.key,
                OF_A_PART,
                Dossier().subject.type,
                list(kinds),
                str(stretch.after_xid),
                stretch.after,
                str(stretch.up_to_xid),
                stretch.up_to,
            ],
        )


@transaction.atomic
def forget_counts() -> None:
    """Empty the projection, to be built again from the beginning of the ledger."""
    DailyCount.objects.all().delete()
