"""
Dossiers in great number, for a city to try things on. Every constraint holds as for one.

The caller tells the lives; here are the doors to the tables. Lines are of COPY's text format.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction

from motcua.kernel.ledger.bulk import copy_lines

# What a line of each table says, in this order.
DOSSIER_COLUMNS = (
    "id", "code", "lookup_secret", "version_id", "case_key", "channel", "state", "owner_id",
    "submitter_id", "owner_name", "owner_name_folded", "answers", "receiving_unit_id",
    "settling_agency_id", "step_key", "step_unit_id", "step_due_at", "holder_id", "submitted_at",
    "intake_due_at", "accepted_at", "due_at", "paused_at", "answer_due_at", "completed_at",
    "returned_at", "wakes_at",
)  # fmt: skip
REQUEST_COLUMNS = (
    "dossier_id", "phase", "round", "reason", "items", "requested_by_id", "requested_at",
    "answered_at", "answer",
)  # fmt: skip
RESULT_COLUMNS = ("dossier_id", "outcome", "number", "summary", "decided_by_id", "decided_at")
HAND_OVER_COLUMNS = ("dossier_id", "method", "receiver", "returned_by_id", "returned_at")


@transaction.atomic
def reserve_numbers(*, counts: Mapping[tuple[str, date], int]) -> dict[tuple[str, date], int]:
    """
    Draw so many numbers of each agency and day. Return the last one drawn before them.

    They come from the counter that filings draw from, so neither meets a number of the other's.
    """
    # In one order, so that two who draw at once cannot wait for each other.
    keys = sorted(counts)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossier_code_counter AS counter (agency_code, "on", last)
            SELECT * FROM unnest(%s::text[], %s::date[], %s::int[])
            ON CONFLICT (agency_code, "on") DO UPDATE SET last = counter.last + excluded.last
            RETURNING agency_code, "on", last
            """,
            [[code for code, _ in keys], [on for _, on in keys], [counts[key] for key in keys]],
        )
        drawn = cursor.fetchall()
    return {(code, on): last - counts[code, on] for code, on, last in drawn}


@transaction.atomic
def copy_dossiers(
    *,
    dossiers: Sequence[str],
    requests: Sequence[str],
    results: Sequence[str],
    hand_overs: Sequence[str],
) -> None:
    """Write dossiers with what belongs to them. Their chains are the caller's to append."""
    for table, columns, lines in (
        ("dossier", DOSSIER_COLUMNS, dossiers),
        ("supplement_request", REQUEST_COLUMNS, requests),
        ("dossier_result", RESULT_COLUMNS, results),
        ("dossier_hand_over", HAND_OVER_COLUMNS, hand_overs),
    ):
        if lines:
            copy_lines(f"COPY {table} ({', '.join(columns)}) FROM STDIN", lines)
