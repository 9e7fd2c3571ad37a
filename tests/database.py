"""The PostgreSQL of the tests: each process has its own, over a copy of what one has migrated."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from motcua.config import embedded

HOMES = Path(tempfile.gettempdir())
ROOT = Path(__file__).parents[1]
TESTS_BETWEEN_SWEEPS = 40
FEW_BYTES = 8_000_000  # of a table
MADE_BY_MIGRATING = {"auth_permission", "django_content_type"}
_cluster = pytest.StashKey[embedded.Cluster]()
_server = pytest.StashKey[embedded.Server]()
_torn_down = pytest.StashKey[int]()


def pytest_configure(config):
    """Choose where the throw-away server will be, unless one is named."""
    # Not one for all: a follower reads up to the oldest transaction of the whole cluster, so the
    # tests of one worker would hold up those of another.
    hands_out_the_work = bool(config.getoption("numprocesses", None)) and not hasattr(
        config, "workerinput"
    )
    if embedded.database_is_named() or config.option.collectonly or hands_out_the_work:
        return
    sweep_up()
    config.stash[_cluster] = cluster = embedded.throwaway_cluster(
        Path(tempfile.mkdtemp(prefix=f"motcua-tests-{os.getpid()}-", dir=HOMES))
    )
    # Its own sweep would count the rows of a test, which nobody else sees, as none, and the planner
    # would multiply tables. Ours comes between tests.
    cluster.settings["autovacuum"] = "off"
    os.environ["DATABASE_URL"] = cluster.url(role="postgres")
    # The settings have been read by now; nobody has connected yet.
    settings.DATABASES["default"]["OPTIONS"].update(host=str(cluster.sockets), user="postgres")


def pytest_unconfigure(config):
    if server := config.stash.get(_server, None):
        server.stop()
    if cluster := config.stash.get(_cluster, None):
        shutil.rmtree(cluster.home)


def sweep_up() -> None:
    """Stop and remove what a killed test run left behind."""
    for home in HOMES.glob("motcua-tests-*-*"):
        if not os.access(home, os.W_OK) or psutil.pid_exists(int(home.name.split("-")[2])):
            continue
        cluster = embedded.throwaway_cluster(home)
        if orphan := cluster.orphan():
            orphan.kill()
            orphan.wait(10)
        shutil.rmtree(cluster.sockets, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def its_turn_is_over(pytestconfig) -> Iterator[Callable[[], None]]:
    """Wait while another process migrates: it does so for all, and the others copy its files."""
    with (pytestconfig.cache.mkdir("motcua-migrated") / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield partial(fcntl.flock, file, fcntl.LOCK_UN)


@pytest.fixture(scope="session")
def django_db_keepdb(pytestconfig, its_turn_is_over) -> bool:
    """Start the server, and answer whether its database was migrated by an earlier process."""
    if (cluster := pytestconfig.stash.get(_cluster, None)) is None:
        return False
    if is_migrated := (kept := kept_data(pytestconfig, cluster)).exists():
        copy(kept, cluster.data)
    pytestconfig.stash[_server] = cluster.start()
    return is_migrated


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """A test that would wait for ever fails instead; whoever shares a server has a database."""
    if _cluster not in request.config.stash:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    connection.settings_dict["OPTIONS"]["options"] = "-c lock_timeout=5s -c statement_timeout=60s"


@pytest.fixture(scope="session")
def django_db_setup(pytestconfig, django_db_setup, django_db_keepdb, its_turn_is_over):
    """Keep what has been migrated for whoever comes next, even in another run."""
    if not django_db_keepdb and (cluster := pytestconfig.stash.get(_cluster, None)):
        connection.close()
        pytestconfig.stash[_server].stop()
        kept = kept_data(pytestconfig, cluster)
        for older in kept.parent.glob("data-*"):
            shutil.rmtree(older)
        copy(cluster.data, kept)
        pytestconfig.stash[_server] = cluster.start()
    its_turn_is_over()


def kept_data(config, cluster: embedded.Cluster) -> Path:
    """Return where the files of a database lie that these migrations made for this user."""
    told_apart = hashlib.sha256(str(cluster.owner.uid).encode())
    migrations = (ROOT / "src").rglob("migrations/*.py")
    for path in [ROOT / "requirements" / "dev.lock", *sorted(migrations)]:
        told_apart.update(path.read_bytes())
    folder = config.cache.mkdir("motcua-migrated")
    return folder / f"data-{told_apart.hexdigest()[:12]}"


def copy(data: Path, to: Path) -> None:
    """Copy a stopped server's files with their owner; half a copy is none."""
    draft = to.with_name("draft")
    shutil.rmtree(draft, ignore_errors=True)
    subprocess.run(["cp", "-Rp", data, draft], check=True)
    draft.rename(to)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """
    Sweep the database now and then.

    Each test begins with a city and takes it back: what thousands of tests took back lies about
    in the tables, and all that follow read past it. Not while a module holds its own city in a
    transaction: nobody else sees those rows, and the planner would be told that there are none.
    """
    result = yield
    item.config.stash[_torn_down] = torn_down = item.config.stash.get(_torn_down, 0) + 1
    if (
        torn_down >= TESTS_BETWEEN_SWEEPS
        and "test_" in connection.settings_dict["NAME"]
        and not connection.in_atomic_block
    ):
        item.config.stash[_torn_down] = 0
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as sweeper:
            sweeper.execute("VACUUM (SKIP_LOCKED)")
    return result


@pytest.fixture(autouse=True, scope="session")
def _the_test_runner_may_empty_the_ledger():
    """
    Let Django's flush, which follows a test that really commits, get past the trigger, and soon.

    Replica mode skips triggers, and with them foreign keys. It takes a superuser: an application's
    role cannot do this. A test leaves a city in a few tables: taking its rows away is many times as
    fast as new files for every table and index, and so is keeping what migrating made.
    """
    execute, truncate = DatabaseOperations.execute_sql_flush, DatabaseOperations.sql_flush

    def flush_in_replica_mode(self, statements):
        execute(self, ["SET LOCAL session_replication_role = replica", *statements])

    def delete_the_few(self, style, tables, **options):
        tables = sorted(set(tables) - MADE_BY_MIGRATING)
        sizes = "SELECT max(pg_relation_size(name)) FROM unnest(%s::regclass[]) AS name"
        with self.connection.cursor() as cursor:
            cursor.execute(sizes, [tables])
            [largest] = cursor.fetchone()
            if largest > FEW_BYTES:
                return truncate(self, style, tables, **options)
            are_filled = ", ".join(f'EXISTS (SELECT FROM "{name}")' for name in tables)
            cursor.execute(f"SELECT {are_filled}")
            filled = cursor.fetchone()
        return [
            f'DELETE FROM "{name}"' for name, is_so in zip(tables, filled, strict=True) if is_so
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_in_replica_mode)
        patch.setattr(DatabaseOperations, "sql_flush", delete_the_few)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_options: None)
        yield
