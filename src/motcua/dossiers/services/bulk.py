"""
Dossiers in great number, for a city to try things on. Every constraint holds as for one.

The caller tells the lives; here are the doors to the tables. Rows are of `kernel.copying`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.models import Dossier
from motcua.kernel.copying import copy_rows

from ._papers import issue_all

# What a row of each table says, in this order.
DOSSIER_COLUMNS = (
    "id", "code", "lookup_secret", "version_id", "receiving_unit_id", "settling_agency_id",
    "case_key", "channel", "state", "owner_id", "owner_name", "owner_name_folded", "submitter_id",
    "answers", "step_key", "step_unit_id", "holder_id", "step_due_at", "submitted_at",
    "intake_due_at", "accepted_at", "due_at", "paused_at", "answer_due_at", "completed_at",
    "returned_at", "promised_at", "wakes_at",
)  # fmt: skip
REQUEST_COLUMNS = (
    "dossier_id", "phase", "round", "reason", "items", "requested_by_id", "requested_at",
    "answered_at", "answer",
)  # fmt: skip
RESULT_COLUMNS = ("dossier_id", "outcome", "number", "summary", "decided_by_id", "decided_at")
HAND_OVER_COLUMNS = ("dossier_id", "method", "receiver", "returned_by_id", "returned_at")

DELAY_COLUMNS = ("dossier_id", "due_at", "step_key", "unit_id", "holder_id")
CAUSE_COLUMNS = ("dossier_id", "cause", "words", "correction", "stated_by_id", "stated_at")


class BulkApology(NamedTuple):
    """An apology of a dossier whose cause of delay is on record."""

    dossier_id: UUID
    due_at: datetime
    promised_at: datetime
    words: str
    signed_by_id: int
    signed_at: datetime


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
    dossiers: Sequence[bytes],
    requests: Sequence[bytes],
    results: Sequence[bytes],
    hand_overs: Sequence[bytes],
    delays: Sequence[bytes] = (),
    causes: Sequence[bytes] = (),
) -> None:
    """Write dossiers with what belongs to them. Their chains are the caller's to append."""
    for table, columns, rows in (
        ("dossier", DOSSIER_COLUMNS, dossiers),
        ("supplement_request", REQUEST_COLUMNS, requests),
        ("dossier_result", RESULT_COLUMNS, results),
        ("dossier_hand_over", HAND_OVER_COLUMNS, hand_overs),
        ("dossier_delay", DELAY_COLUMNS, delays),
        ("dossier_delay_cause", CAUSE_COLUMNS, causes),
    ):
        if rows:
            copy_rows(table, columns, rows)


@transaction.atomic
def put_out_apologies(*, apologies: Sequence[BulkApology]) -> None:
    """
    Write apologies with their papers (form 04). Last in a transaction: numbers are waited for.

    Each dossier must be there with its cause; its chain is the caller's to append.
    """
    if not apologies:
        return
    with connection.cursor() as cursor:
        # Planning the statement of a paper takes longer than running it, and it is always the same.
        cursor.execute("SET LOCAL plan_cache_mode TO force_generic_plan")
        cursor.execute(
            _APOLOGIES,
            [
                [each.dossier_id for each in apologies],
                [each.promised_at for each in apologies],
                [each.words for each in apologies],
                [each.signed_by_id for each in apologies],
                [each.signed_at for each in apologies],
            ],
        )
    told = Dossier.objects.in_bulk([each.dossier_id for each in apologies])
    # Two who write at once take the agencies in one order, and so never wait for each other.
    in_order = sorted(
        apologies,
        key=lambda each: (told[each.dossier_id].settling_agency_id, each.signed_at),
    )
    issue_all(
        (
            told[each.dossier_id],
            Paper.APOLOGY,
            f"officer:{each.signed_by_id}",
            each.signed_at,
            {
                "reason": each.words,
                "due_at": each.due_at.isoformat(),
                "new_due_at": each.promised_at.isoformat(),
            },
        )
        for each in in_order
    )


_APOLOGIES = """
    INSERT INTO dossier_apology
        (dossier_id, cause_id, promised_at, words, signed_by_id, signed_at)
    SELECT made.dossier_id, cause.id, made.promised_at, made.words, made.signed_by, made.signed_at
    FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::bigint[], %s::timestamptz[])
        AS made (dossier_id, promised_at, words, signed_by, signed_at)
    JOIN dossier_delay_cause AS cause ON cause.dossier_id = made.dossier_id
"""
