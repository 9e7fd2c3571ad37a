"""`motcua worker`: the followers of the ledger and the jobs, in one process."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from . import lifeline, surroundings

logger = logging.getLogger(__name__)

LONGEST_PAUSE_SECONDS = 30.0
GRACE_SECONDS = 20.0


def worker() -> None:
    """Chạy tiến trình nền: theo dõi sổ sự kiện và làm các việc chờ."""
    lifeline.hold()
    # Every thread here holds one connection for as long as it lives, and listens on it.
    os.environ["MOTCUA_POOL"] = "0"
    surroundings.enter(surroundings.PRODUCTION)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    threads = [
        threading.Thread(target=keep_running, args=[name, run, stop], name=name)
        for name, run in {"followers": _follow, "jobs": _do_jobs}.items()
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join()


def keep_running(
    name: str,
    run: Callable[[threading.Event], None],
    stop: threading.Event,
    *,
    first_pause: float = 1.0,
) -> None:
    """Run until told to stop; when it fails, as in a restart of the database, begin afresh."""
    from django.db import connections

    pause = first_pause
    while not stop.is_set():
        began = time.monotonic()
        try:
            run(stop)
        except Exception:
            logger.exception("%s failed and will begin afresh", name)
        finally:
            connections.close_all()
        if time.monotonic() - began > LONGEST_PAUSE_SECONDS:
            pause = first_pause
        stop.wait(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


def _follow(stop: threading.Event) -> None:
    from motcua.kernel.ledger import worker as ledger_worker

    ledger_worker.work(stop=stop)


def _do_jobs(stop: threading.Event) -> None:
    asyncio.run(_do_jobs_until(stop))


async def _do_jobs_until(stop: threading.Event) -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.db_cleanup import DjangoApp
    from procrastinate.contrib.django.utils import connector_params

    # An app of its own over the same tasks. The tasks keep Django's connector, so that a follower
    # in this process defers a job in its own transaction; replace_connector() would break that.
    jobs = DjangoApp(
        # A short wait, since the worker signs off in the database, which may be gone.
        connector=PsycopgConnector(kwargs=connector_params(), timeout=5)
    )
    jobs.tasks, jobs.periodic_registry = app.tasks, app.periodic_registry

    async def work() -> None:
        async with jobs.open_async():
            await jobs.run_worker_async(
                name="motcua",
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE_SECONDS,
            )

    working = asyncio.create_task(work())
    while not (stop.is_set() or working.done()):
        await asyncio.sleep(0.2)
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
