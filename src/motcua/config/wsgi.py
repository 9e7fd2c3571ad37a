"""What the web server calls."""

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from motcua.kernel import clock

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_answer = get_wsgi_application()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """
    Answer a request. What is whole is handed over as such, after its connection was let go.

    The server sends a list in one piece; of anything else it must ask for each part, and for the
    end, from its other thread.
    """
    response = _answer(environ, start_response)
    if response.streaming:
        return response
    whole = list(response)
    response.close()
    return whole


def warm_up() -> None:
    """Make the index of the catalogue now: otherwise the first to search waits for it."""
    # Rooms are loaded by now, and not before.
    from motcua.procedures.queries import find
    from motcua.steering.definitions.index766 import profiles, signs
    from motcua.steering.definitions.targets import plan_register

    # Before there are threads: msgspec draws a structure up when it first reads one, and takes the
    # process down when two threads come to that at once.
    for read in (profiles, signs, plan_register):
        read()
    try:
        find("", clock.today())
    except DatabaseError as error:
        # The server starts all the same, and says by /readyz that it is not ready.
        structlog.get_logger(__name__).warning("started cold", reason=str(error))
    finally:
        connection.close()


warm_up()

# What is loaded by now stays for good: the collector need not look at it again and again. A
# request makes some hundred objects with cycles at most, so looking later costs little memory.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
