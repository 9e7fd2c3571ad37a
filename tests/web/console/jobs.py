"""Jobs in the queue, as the worker leaves them."""

from django.db import connection


def a_job(status: str, *, due: str = "now()") -> None:
    """Put a job into the queue, where it stands in this status."""
    # The queue's models are for reading; its rows come from its own functions.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, priority, args, status, scheduled_at)"
            f" VALUES ('default', 'scan', 0, '{{}}', %s, {due})",
            [status],
        )
