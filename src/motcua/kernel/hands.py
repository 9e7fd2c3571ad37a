"""Many hands: processes that each work through tasks, with a connection of their own."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from .connections import hang_up

TaskT = TypeVar("TaskT", bound=tuple[Any, ...])
DoneT = TypeVar("DoneT")

_work: Callable[..., Any] | None = None


def enough() -> int:
    """Return how many hands keep all processors busy: one for each, with PostgreSQL beside them."""
    return os.cpu_count() or 1


def work_through(
    work: Callable[..., DoneT], tasks: Sequence[TaskT], *, workers: int
) -> Iterator[tuple[TaskT, DoneT]]:
    """
    Call `work` with each task's arguments. Yield each task that was done, with what it returned.

    With one worker it is done here, in the caller's connection and transaction.
    """
    workers = min(workers, len(tasks))
    if workers < 2 or not sys.platform.startswith("linux"):
        for task in tasks:
            yield task, _undisturbed(work, task)
        return
    global _work
    # The processes inherit what they need by being forked: the ground is read once.
    _work = work
    reading, writing = os.pipe()
    # A connection belongs to one process; a pool's threads do not come along when it forks.
    hang_up()
    executor = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=get_context("fork"),
        initializer=_begin,
        initargs=(reading, writing),
    )
    try:
        done = {executor.submit(_do, task): task for task in tasks}
        for future in as_completed(done):
            yield done[future], future.result()
    finally:
        executor.shutdown(cancel_futures=True)
        os.close(writing)
        os.close(reading)
        _work = None


def _do(task: tuple[Any, ...]) -> Any:
    assert _work is not None
    return _undisturbed(_work, task)


def _undisturbed(work: Callable[..., DoneT], task: tuple[Any, ...]) -> DoneT:
    with undisturbed():
        return work(*task)


@contextmanager
def undisturbed() -> Iterator[None]:
    """
    Let the collector of circles rest meanwhile.

    Whoever works through much makes millions of objects and hardly a circle of them. Looking for
    circles all the while took a third of the time; what there is of them is found between tasks.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _begin(reading: int, writing: int) -> None:
    # Ctrl-C is for the parent, which asks nobody to go on; a block is all or nothing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    os.close(writing)
    # What was inherited stays: looking through it would copy all of it.
    gc.freeze()
    threading.Thread(target=_end_with_the_parent, args=[reading], daemon=True).start()


def _end_with_the_parent(reading: int) -> None:
    os.read(reading, 1)  # nobody writes: this returns when the other end is gone
    os._exit(1)
