"""What the web server calls."""

import gc

import structlog
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from motcua.kernel import clock

application = get_wsgi_application()


def warm_up() -> None:
    """Make the index of the catalogue now: otherwise the first to search waits for it."""
    # Rooms are loaded by now, and not before.
    from motcua.procedures.queries import find

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
