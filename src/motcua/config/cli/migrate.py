"""`motcua migrate`: bring the database up to date."""

from . import surroundings
from .terminal import say, step


def migrate() -> None:
    """Cập nhật cấu trúc cơ sở dữ liệu."""
    with surroundings.database_at_hand():
        if not bring_up_to_date():
            say("Cơ sở dữ liệu đã ở phiên bản mới nhất.")


def bring_up_to_date() -> int:
    """Apply the migrations that are missing. Return how many there were."""
    from django.core.management import call_command

    missing = len(missing_migrations())
    if missing:
        with step(f"Cập nhật cơ sở dữ liệu ({missing} bước)"):
            call_command("migrate", interactive=False, verbosity=0)
    return missing


def missing_migrations() -> list[str]:
    """Return the names of the migrations that the database lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
