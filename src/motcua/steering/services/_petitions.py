"""How the petitions about dossiers are kept, each by its number."""

from collections.abc import Iterable
from dataclasses import astuple

from django.db import connection

from motcua.steering.definitions.lives import Life

_KEEP = """
    INSERT INTO steering_petition (
        dossier_id, number, agency_id, procedure, channel, is_part,
        received_at, due_at, answered_at, disliked_at
    )
    SELECT * FROM unnest(
        %s::uuid[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::boolean[],
        %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[]
    )
    ON CONFLICT (dossier_id, number) DO UPDATE SET
        answered_at = excluded.answered_at,
        disliked_at = excluded.disliked_at
"""


def keep_petitions(lives: Iterable[Life]) -> None:
    """Keep the petitions about dossiers that were told of something, in one statement at most."""
    rows = [
        (
            *(life.dossier_id, number),
            *(life.agency_id, life.procedure, life.channel, life.is_part),
            *astuple(petition),
        )
        for life in lives
        for number, petition in life.petitions.items()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])
