"""Answers for probes: is this process alive, and can it serve."""

from collections.abc import Callable

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg_pool import PoolTimeout

from motcua.kernel.ledger.restore import NotRealigned, check_realigned

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
    try:
        check_realigned()
    except NotRealigned as error:
        # What is recorded now would be passed over by the followers.
        reason = {"reason": "ledger-not-realigned", "detail": str(error)}
        return JsonResponse({"ready": False, **reason}, status=503)
    return JsonResponse({"ready": True})


class Probes:
    """Middleware, before all others: probes come by address, and no host of ours is named so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = PROBES.get(request.path_info)
        return answer(request) if answer else self.get_response(request)


def _missing_migrations() -> list[str]:
    # Once applied they stay applied, and looking costs tens of milliseconds.
    global _migrations_were_applied
    if _migrations_were_applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrations_were_applied = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}
