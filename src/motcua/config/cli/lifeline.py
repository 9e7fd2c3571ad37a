"""A pipe from the supervisor to its children: it breaks when the supervisor dies, however."""

import os
import signal
import threading

VARIABLE = "MOTCUA_LIFELINE"


def hold() -> None:
    """End this process, as if asked politely, as soon as the supervisor is no more."""
    descriptor = os.environ.pop(VARIABLE, "")
    if descriptor:
        threading.Thread(target=_watch, args=[int(descriptor)], daemon=True).start()


def _watch(descriptor: int) -> None:
    os.read(descriptor, 1)  # nobody ever writes: this returns when the other end is gone
    os.kill(os.getpid(), signal.SIGTERM)
