"""What the tables of a city must agree on among each other, asked of the database."""

from collections.abc import Iterator

from django.db import connection

_FAULTS = {
    "số hồ sơ vượt bộ đếm": """
        SELECT count(*) FROM (
            SELECT split_part(code, '-', 1) AS unit,
                   to_date(split_part(code, '-', 2), 'YYMMDD') AS day,
                   max(split_part(code, '-', 3)::int) AS used
            FROM dossier GROUP BY 1, 2
        ) AS drawn
        LEFT JOIN dossier_code_counter AS counter
            ON counter.agency_code = drawn.unit AND counter."on" = drawn.day
        WHERE counter.last IS NULL OR counter.last < drawn.used
    """,
    "kết quả không khớp trạng thái": """
        SELECT count(*) FROM dossier LEFT JOIN dossier_result AS result
            ON result.dossier_id = dossier.id
        WHERE (result.id IS NOT NULL) <> (dossier.state IN ('decided', 'returned'))
    """,
    "trả kết quả không khớp trạng thái": """
        SELECT count(*) FROM dossier LEFT JOIN dossier_hand_over AS given
            ON given.dossier_id = dossier.id
        WHERE (given.id IS NOT NULL) <> (dossier.state = 'returned')
    """,
    "yêu cầu bổ sung không khớp trạng thái": """
        SELECT count(*) FROM dossier LEFT JOIN supplement_request AS asked
            ON asked.dossier_id = dossier.id AND asked.answered_at IS NULL
        WHERE (asked.id IS NOT NULL)
            <> (dossier.state IN ('intake_supplement', 'awaiting_supplement'))
    """,
    "giải quyết trễ mà không ghi nguyên nhân": """
        SELECT count(*) FROM dossier
        WHERE state IN ('decided', 'returned') AND completed_at > due_at
            AND NOT EXISTS (SELECT FROM dossier AS part WHERE part.parent_id = dossier.id)
            AND NOT EXISTS (
                SELECT FROM dossier_delay_cause AS cause
                WHERE cause.dossier_id = dossier.id AND cause.superseded_at IS NULL
            )
    """,
    "ngày hẹn lại không khớp thư xin lỗi": """
        SELECT count(*) FROM dossier
        LEFT JOIN dossier_apology AS apology ON apology.dossier_id = dossier.id
        LEFT JOIN issued_paper AS paper
            ON paper.dossier_id = dossier.id AND paper.paper = 'apology'
        WHERE apology.promised_at IS DISTINCT FROM dossier.promised_at
            OR (apology.id IS NULL) <> (paper.id IS NULL)
    """,
    "nguyên nhân trễ không khớp chuỗi sự kiện": """
        SELECT abs((SELECT count(*) FROM dossier_delay_cause)
            - (SELECT count(*) FROM ledger_event WHERE kind = 'dossiers.delay-explained'))
    """,
    "hồ sơ và chuỗi sự kiện không đủ đôi": """
        SELECT abs((SELECT count(*) FROM dossier)
            - (SELECT count(*) FROM ledger_event
               WHERE kind IN ('dossiers.opened', 'dossiers.part-opened')))
    """,
}
_COUNTED = """
    SELECT (SELECT coalesce(sum(filed), 0) FROM steering_month WHERE NOT is_part),
           (SELECT count(*) FROM dossier WHERE parent_id IS NULL)
"""


def faults_in_tables() -> Iterator[str]:
    """Tell what the tables do not agree on among each other."""
    with connection.cursor() as cursor:
        for name, statement in _FAULTS.items():
            cursor.execute(statement)
            if count := cursor.fetchone()[0]:
                yield f"{name}: {count}"


def faults_in_counts() -> Iterator[str]:
    """Tell whether the figures count another number of filings than there are."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        counted, there = cursor.fetchone()
    if counted != there:
        yield f"số liệu tổng hợp ({counted}) khác số hồ sơ ({there})"
