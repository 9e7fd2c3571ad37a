"""How the petitions about dossiers are kept, each by its number."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.dossiers.events import PetitionAnswered, PetitionReceived
from motcua.steering.definitions.lives import Life

Told = tuple[str, datetime, Any]  # kind, moment, what it says

_RECEIVED = """
    INSERT INTO steering_petition AS kept
        (dossier_id, number, agency_id, received_at, due_at, answered_at, disliked_at)
    SELECT * FROM unnest(
        %s::uuid[], %s::text[], %s::bigint[], %s::timestamptz[], %s::timestamptz[],
        %s::timestamptz[], %s::timestamptz[]
    )
    ON CONFLICT (dossier_id, number) DO UPDATE SET
        answered_at = coalesce(kept.answered_at, excluded.answered_at),
        disliked_at = coalesce(kept.disliked_at, excluded.disliked_at)
"""
_ANSWERED = """
    UPDATE steering_petition AS kept SET
        answered_at = coalesce(kept.answered_at, told.answered_at),
        disliked_at = coalesce(kept.disliked_at, told.disliked_at)
    FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[], %s::timestamptz[])
        AS told (dossier_id, number, answered_at, disliked_at)
    WHERE kept.dossier_id = told.dossier_id AND kept.number = told.number
"""


def keep_petitions(dossiers: Iterable[tuple[Life, Iterable[Told]]]) -> None:
    """Keep what is told of petitions about dossiers, in two statements at most."""
    came: dict[tuple[str, str], list[Any]] = {}
    answered: dict[tuple[str, str], list[Any]] = {}
    for life, kind, at, data in _told_of_petitions(dossiers):
        key = (life.dossier_id, data["number"])
        if kind == PetitionReceived.kind:
            due_at = datetime.fromisoformat(data["due_at"])
            came.setdefault(key, [*key, life.agency_id, at, due_at, None, None])
        else:
            row = came[key] if key in came else answered.setdefault(key, [*key, None, None])
            row[-2] = row[-2] or at
            row[-1] = row[-1] or (None if data["satisfied"] else at)
    with connection.cursor() as cursor:
        # First the answers to what came before: nothing is answered before it came.
        for rows, statement in ((answered, _ANSWERED), (came, _RECEIVED)):
            if rows:
                columns = [list(column) for column in zip(*rows.values(), strict=True)]
                cursor.execute(statement, columns)


def _told_of_petitions(
    dossiers: Iterable[tuple[Life, Iterable[Told]]],
) -> Iterator[tuple[Life, str, datetime, Any]]:
    for life, told in dossiers:
        if life.petition_at is None:
            continue
        for kind, at, data in told:
            if kind in (PetitionReceived.kind, PetitionAnswered.kind):
                yield life, kind, at, data
