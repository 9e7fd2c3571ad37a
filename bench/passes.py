"""
The figures of the boards counted from the rows of dossiers and petitions, with nothing counted
beforehand: as SQL that PostgreSQL and DuckDB both understand, in as few passes as one would write.
"""

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path

# What of a dossier and of a petition the figures are counted from.
_MOMENTS = (
    *("received_at", "due_at", "paused_at", "ended_at", "late_from", "result_at", "synced_at"),
    *("digitised_at", "reused_at", "shared_at", "citizen_data_at", "fee_at", "paid_at"),
    *("disliked_at", "petition_at"),
)
_ROWS = {
    "steering_fact": {
        "agency_id": "BIGINT",
        **dict.fromkeys(("procedure", "channel", "ending"), "VARCHAR"),
        **dict.fromkeys(("is_part", "gives_document", "ended_late"), "BOOLEAN"),
        **dict.fromkeys(_MOMENTS, "TIMESTAMPTZ"),
    },
    "steering_petition": {
        "agency_id": "BIGINT",
        **dict.fromkeys(("received_at", "due_at", "answered_at", "disliked_at"), "TIMESTAMPTZ"),
    },
}
# Months and procedures of every agency, in one pass.
PASS_OF_BOARD = """
    SELECT agency_id, procedure, date_trunc('month', received_at + interval '7 hours'), count(*),
        count(*) FILTER (WHERE channel = 'online')
    FROM steering_fact
    WHERE NOT is_part AND received_at >= '2023-01-01 00:00+07'
        AND received_at < '2024-10-15 09:00+07'
    GROUP BY 1, 2, 3
"""
# Agencies and procedures of the index and its year of payments in one pass, petitions in another.
# What was overdue is told by the last delay alone, which is quicker than by all of them.
_CAME = "received_at >= {first} AND received_at < {after}"
_DECIDED = "ending = 'decided' AND gives_document"
_COMPLETE = f"(NOT gives_document OR {_DECIDED} AND result_at IS NOT NULL)"
_STOOD = "received_at < {after} AND (ended_at IS NULL OR ended_at >= {after})"
_LATE = (
    "(late_from < {after} OR late_from IS NULL AND ended_at IS NULL AND paused_at IS NULL"
    " AND due_at < {after})"
)
_OF_INDEX = (
    _CAME,
    f"{_CAME} AND channel = 'online'",
    f"{_CAME} AND channel = 'online' AND {_COMPLETE}",
    f"{_CAME} AND synced_at IS NOT NULL",
    f"{_CAME} AND {_DECIDED}",
    f"{_CAME} AND {_DECIDED} AND result_at IS NOT NULL",
    f"{_CAME} AND digitised_at IS NOT NULL AND {_COMPLETE}",
    f"{_CAME} AND reused_at IS NOT NULL",
    f"{_CAME} AND shared_at IS NOT NULL",
    f"{_CAME} AND citizen_data_at IS NOT NULL",
    f"{_CAME} AND fee_at IS NOT NULL",
    f"{_CAME} AND fee_at IS NOT NULL AND paid_at IS NOT NULL",
    f"{_CAME} AND ended_late",
    f"{_CAME} AND (disliked_at IS NOT NULL OR petition_at IS NOT NULL)",
    "received_at IS NOT NULL AND ended_at >= {first} AND ended_at < {after}",
    "received_at IS NOT NULL AND ended_at >= {first} AND ended_at < {after} AND ended_late",
    _STOOD,
    f"{_STOOD} AND {_LATE}",
    "received_at >= {year_ago} AND received_at < {after} AND fee_at IS NOT NULL"
    " AND paid_at IS NOT NULL",
)
_OF_PETITIONS = (
    _CAME,
    f"{_CAME} AND (answered_at <= due_at OR answered_at IS NULL AND due_at >= {{after}})",
    f"{_CAME} AND (answered_at <= due_at OR answered_at IS NULL AND due_at >= {{after}})"
    " AND disliked_at IS NULL",
)


def passes_of_index(first: str, after: str) -> list[str]:
    """Return the statements that count all that the index of these days asks for."""

    def counts(conditions: Iterable[str]) -> str:
        return ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)

    days = {
        "first": f"'{first} 00:00+07'",
        "after": f"'{after} 00:00+07'",
        "year_ago": "'2023-10-01 00:00+07'",
    }
    return [
        statement.format_map(days)
        for statement in (
            f"SELECT agency_id, procedure, is_part, {counts(_OF_INDEX)} "
            "FROM steering_fact GROUP BY 1, 2, 3",
            f"SELECT agency_id, {counts(_OF_PETITIONS)} FROM steering_petition GROUP BY 1",
        )
    ]


def in_duckdb(home: Path) -> Callable[[str], object] | None:
    """Write the rows of the dossiers to Parquet; return what reads them, None without DuckDB."""
    if importlib.util.find_spec("duckdb") is None:
        return None
    from django.db import connection

    connection.ensure_connection()
    engine = importlib.import_module("duckdb").connect()
    for table, columns in _ROWS.items():
        told, kept = home / f"{table}.csv", home / f"{table}.parquet"
        with told.open("wb") as file, connection.connection.cursor() as cursor:
            rows = f"SELECT {', '.join(columns)} FROM {table}"
            with cursor.copy(f"COPY ({rows}) TO STDOUT (FORMAT csv)") as lines:
                file.writelines(lines)
        # Shuffled: what was multiplied would lie side by side, and be packed as no city's rows are.
        engine.execute(
            f"COPY (SELECT * FROM read_csv('{told}', header = false, columns = {columns}) "
            f"ORDER BY random()) TO '{kept}' (FORMAT parquet)"
        )
        told.unlink()

    def read(statement: str) -> object:
        for table in _ROWS:
            statement = statement.replace(table, f"'{home / table}.parquet'")
        return engine.execute(statement).fetchall()

    return read
