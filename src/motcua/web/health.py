"""Answers for probes: is this process alive, and can it serve."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg_pool import PoolTimeout

_migrations_were_applied = False


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive, touching nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether the database is reachable and up to date: 200, or 503 with the reason."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = _missing_migrations()
    except (Error, PoolTimeout) as error:
        reason = {"reason": "database-unreachable", "detail": type(error).__name__}
        return JsonResponse({"ready": False, **reason}, status=503)
    if missing:
        reason = {"reason": "migrations-missing", "detail": ", ".join(missing)}
        return JsonResponse({"ready": False, **reason}, status=503)
    return JsonResponse({"ready": True})


def _missing_migrations() -> list[str]:
    # Once applied they stay applied, and looking costs tens of milliseconds.
    global _migrations_were_applied
    if _migrations_were_applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrations_were_applied = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
