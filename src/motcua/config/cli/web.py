"""`motcua web`: the web server."""

import os

from motcua.config.settings import environment

from . import lifeline, ports, surroundings


def address() -> tuple[str, int]:
    """Return where the site is reached."""
    return environment.text("HOST", "127.0.0.1"), environment.number("PORT", 8000, least=1)


def web() -> None:
    """Chạy máy chủ web (đặt HOST, PORT, WEB_WORKERS, WEB_THREADS nếu cần)."""
    lifeline.hold()
    surroundings.enter(surroundings.PRODUCTION)
    from django.conf import settings
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces

    host, port = address()
    ports.check_free(host, port)
    collect_static()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    Granian(
        "motcua.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # a proxy in front speaks HTTP/2 and TLS
        websockets=False,
        workers=environment.number("WEB_WORKERS", cores or 1, least=1),
        blocking_threads=settings.WEB_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level="warning",  # type: ignore[arg-type]  # its enumeration, by value
    ).serve()


def collect_static() -> None:
    """Bring style sheets, scripts and pictures to where they are served, if any has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sources = [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
    told = "\n".join(f"{path} {os.stat(path).st_mtime_ns}" for path in sorted(sources))
    stamp = settings.STATIC_ROOT.with_suffix(".stamp")
    if not (stamp.is_file() and stamp.read_text() == told):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(told)
