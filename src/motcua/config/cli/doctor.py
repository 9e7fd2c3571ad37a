"""`motcua doctor`: what of the machine and the settings is in order, in plain words."""

import json
import os
import platform
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.core.exceptions import ImproperlyConfigured
from rich.markup import escape

from motcua.config import embedded
from motcua.config.embedded import binaries

from . import ports, surroundings
from .terminal import Stopped, console
from .web import address

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRESQL, NEWEST_POSTGRESQL = 15, 18
LEAST_FREE_GB, COMFORTABLE_FREE_GB = 1, 5
# The first draws the same pages without the rest of a browser, at a third of the processor time.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


class Verdict(StrEnum):
    """How a finding stands."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at: how it is, and what to do if it is not well."""

    about: str
    verdict: Verdict
    found: str
    advice: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Kiểm tra máy và cài đặt; nói rõ điều gì ổn, điều gì cần sửa."""
    findings = list(examine())
    has_fault = any(finding.verdict is Verdict.FAULT for finding in findings)
    if as_json:
        told = {"ok": not has_fault, "findings": [asdict(finding) for finding in findings]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _show(findings)
    raise typer.Exit(code=1 if has_fault else 0)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium: $CHROMIUM, or wherever it usually is."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    usual = ["/usr/lib/chromium/chromium", "/snap/bin/chromium"]
    usual += ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    return next(filter(None, map(shutil.which, [*CHROMIUM_NAMES, *usual])), None)


def examine() -> Iterator[Finding]:
    """Look at everything, each thing apart, so that one trouble does not hide another."""
    yield _python()
    yield _chromium()
    yield _port()
    try:
        surroundings.enter()
    except (ImproperlyConfigured, embedded.ClusterTrouble) as trouble:
        yield Finding(about="Cài đặt", verdict=Verdict.FAULT, found=str(trouble))
        return
    from django.conf import settings

    yield Finding(about="Cài đặt", verdict=Verdict.OK, found=os.environ["DJANGO_SETTINGS_MODULE"])
    yield secret_key(settings.SECRET_KEY, is_demonstration=settings.DEMONSTRATION)
    yield _demonstration()
    for about, folder in {"Thư mục làm việc": settings.VAR, "Kho tệp": settings.FILES_DIR}.items():
        yield writable(about, folder)
    yield free_space(shutil.disk_usage(_nearest(settings.VAR)).free)
    yield from _database()


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding(
            about="Python",
            verdict=Verdict.FAULT,
            found=version,
            advice="Cần Python 3.11 trở lên.",
        )
    return Finding(about="Python", verdict=Verdict.OK, found=f"{version} ({sys.executable})")


def _chromium() -> Finding:
    about = "Chromium (chỉ để kiểm thử)"
    if path := find_chromium():
        return Finding(about=about, verdict=Verdict.OK, found=path)
    return Finding(
        about=about,
        verdict=Verdict.WARNING,
        found="không tìm thấy",
        advice="Các kiểm thử trình duyệt sẽ bị bỏ qua. Hãy cài gói chromium, hoặc đặt CHROMIUM.",
    )


def _port() -> Finding:
    try:
        host, port = address()
        ports.check_free(host, port)
    except (Stopped, ImproperlyConfigured) as trouble:
        return Finding(
            about="Cổng mạng",
            verdict=Verdict.WARNING,
            found=str(trouble),
            advice="Nếu chính Motcua đang chạy ở cổng này thì không cần làm gì.",
        )
    return Finding(about="Cổng mạng", verdict=Verdict.OK, found=f"{host}:{port} còn trống")


def secret_key(key: str, *, is_demonstration: bool) -> Finding:
    """Judge the key that signs sessions, without showing any of it."""
    about = "Khóa bí mật"
    if len(key) >= 50 and len(set(key)) >= 10:
        return Finding(about=about, verdict=Verdict.OK, found="đủ dài và không phải khóa mặc định")
    return Finding(
        about=about,
        verdict=Verdict.WARNING if is_demonstration else Verdict.FAULT,
        found="quá ngắn hoặc là khóa mặc định",
        advice="Hãy đặt MOTCUA_SECRET_KEY bằng kết quả của lệnh: openssl rand -base64 60.",
    )


def _demonstration() -> Finding:
    from django.conf import settings

    from motcua.kernel import clock

    about = "Chế độ trình diễn"
    now = clock.now().astimezone(clock.CITY_TIME)
    shown = f"đồng hồ của hệ thống: {now:%H:%M %d/%m/%Y}"
    if not settings.DEMONSTRATION and settings.CLOCK_START is None:
        return Finding(about=about, verdict=Verdict.OK, found=f"đang tắt; {shown}")
    if not settings.DEMONSTRATION:
        return Finding(
            about=about,
            verdict=Verdict.WARNING,
            found=f"đang tắt, nhưng đồng hồ bị dời; {shown}",
            advice="Hãy bỏ biến MOTCUA_CLOCK_START nếu đây là hệ thống thật.",
        )
    return Finding(
        about=about,
        verdict=Verdict.WARNING,
        found=f"đang bật; {shown}",
        advice="Ai cũng đăng nhập được và dữ liệu là minh họa: không dùng cho hồ sơ thật.",
    )


def _nearest(folder: Path) -> Path:
    return next(path for path in [folder, *folder.parents] if path.exists())


def writable(about: str, folder: Path) -> Finding:
    """Judge whether the folder can be written to, or made."""
    if os.access(_nearest(folder), os.W_OK | os.X_OK):
        return Finding(about=about, verdict=Verdict.OK, found=f"ghi được {folder}")
    return Finding(
        about=about,
        verdict=Verdict.FAULT,
        found=f"không ghi được {folder}",
        advice="Hãy cấp quyền ghi, hoặc đặt MOTCUA_VAR tới một thư mục khác.",
    )


def free_space(free_bytes: int) -> Finding:
    """Judge the room left on the disk."""
    free_gb = free_bytes / 2**30
    verdict = Verdict.OK
    if free_gb < COMFORTABLE_FREE_GB:
        verdict = Verdict.WARNING if free_gb >= LEAST_FREE_GB else Verdict.FAULT
    return Finding(
        about="Chỗ trống trên đĩa",
        verdict=verdict,
        found=f"còn {free_gb:.1f} GB",
        advice="" if verdict is Verdict.OK else "Hãy dọn bớt hoặc thêm dung lượng đĩa.",
    )


def _database() -> Iterator[Finding]:
    from django.conf import settings
    from django.db import Error, connection
    from psycopg_pool import PoolTimeout

    if not embedded.database_is_named():
        cluster = embedded.cluster(settings.VAR)
        try:
            found = f"{binaries.carried()}, chạy bằng người dùng {cluster.owner.name}"
            yield Finding(about="PostgreSQL kèm theo", verdict=Verdict.OK, found=found)
        except binaries.BinariesMissing:
            yield Finding(
                about="PostgreSQL kèm theo",
                verdict=Verdict.FAULT,
                found="chưa cài",
                advice="Hãy chạy: make run, hoặc đặt DATABASE_URL.",
            )
            return
        if not cluster.exists:
            yield Finding(
                about="Cơ sở dữ liệu",
                verdict=Verdict.OK,
                found=f"chưa có; sẽ được tạo ở {cluster.home} khi chạy make run",
            )
            return
    try:
        with surroundings.database_at_hand():
            yield from _server(connection)
    except (Error, PoolTimeout, embedded.ClusterTrouble) as trouble:
        yield Finding(
            about="Cơ sở dữ liệu",
            verdict=Verdict.FAULT,
            found=f"không kết nối được ({str(trouble).strip()})",
            advice="Hãy kiểm tra DATABASE_URL và máy chủ PostgreSQL.",
        )


def _server(connection: "BaseDatabaseWrapper") -> Iterator[Finding]:
    from .migrate import missing_migrations

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::int,"
            " current_setting('fsync'), current_setting('synchronous_commit')"
        )
        version, number, fsync, synchronous_commit = cursor.fetchone()
    known = OLDEST_POSTGRESQL <= number // 10000 <= NEWEST_POSTGRESQL
    yield Finding(
        about="Cơ sở dữ liệu",
        verdict=Verdict.OK if known else Verdict.WARNING,
        found=f"PostgreSQL {version}, kết nối được",
        advice=""
        if known
        else f"Motcua được kiểm thử với PostgreSQL {OLDEST_POSTGRESQL}–{NEWEST_POSTGRESQL}.",
    )
    yield durability(fsync=fsync, synchronous_commit=synchronous_commit)
    missing = missing_migrations()
    yield Finding(
        about="Cấu trúc dữ liệu",
        verdict=Verdict.FAULT if missing else Verdict.OK,
        found=f"còn thiếu {len(missing)} bước cập nhật" if missing else "mới nhất",
        advice="Hãy chạy: motcua migrate." if missing else "",
    )
    yield references()


def references() -> Finding:
    """Judge whether the database keeps what its rows refer to."""
    from motcua.config.demonstration.growth import WRITTEN
    from motcua.config.demonstration.references import resting

    count = len(resting(WRITTEN))
    return Finding(
        about="Khóa ngoại",
        verdict=Verdict.FAULT if count else Verdict.OK,
        found=f"{count} ràng buộc chưa được bật lại" if count else "đang giữ đủ",
        advice="Lần nạp dữ liệu trình diễn bị ngắt. Hãy chạy: motcua demo." if count else "",
    )


def durability(*, fsync: str, synchronous_commit: str) -> Finding:
    """Judge whether what was acknowledged survives a loss of power."""
    about = "Ghi bền"
    found = f"fsync={fsync}, synchronous_commit={synchronous_commit}"
    if fsync == "on" and synchronous_commit in {"on", "local", "remote_write", "remote_apply"}:
        return Finding(about=about, verdict=Verdict.OK, found=found)
    return Finding(
        about=about,
        verdict=Verdict.FAULT,
        found=found,
        advice="Hồ sơ đã báo nhận có thể mất khi mất điện. Hãy bật cả hai trong postgresql.conf.",
    )


_SIGNS = {
    Verdict.OK: "[green]✓ ổn      [/]",
    Verdict.WARNING: "[yellow]! lưu ý   [/]",
    Verdict.FAULT: "[bold red]✗ cần sửa [/]",
}


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        console.print(f"{_SIGNS[finding.verdict]} {escape(finding.about)}: {escape(finding.found)}")
        if finding.advice:
            console.print(f"            → {escape(finding.advice)}")
    counts = Counter(finding.verdict for finding in findings)
    console.print(
        f"\n{counts[Verdict.OK]} điều ổn, {counts[Verdict.WARNING]} điều lưu ý, "
        f"{counts[Verdict.FAULT]} điều cần sửa."
    )
