"""What every command needs first: settings chosen, rooms loaded, a database at hand."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from motcua.config import embedded

DEVELOPMENT = "motcua.config.settings.dev"
PRODUCTION = "motcua.config.settings.prod"


def enter(settings: str | None = None) -> None:
    """
    Load the rooms under the settings that were named, or else under these.

    Who names a database and no settings runs a real system: demonstration mode, which signs
    anybody in, never comes by forgetting a variable.
    """
    fitting = PRODUCTION if embedded.database_is_named() else DEVELOPMENT
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings or fitting)

    import django

    django.setup()


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Enter, and have a database that answers: the one named, or ours, started if it sleeps."""
    enter()
    from django.conf import settings

    from motcua.kernel.connections import hang_up

    if embedded.database_is_named():
        yield
        return
    cluster = embedded.cluster(settings.VAR)
    try:
        holding = cluster.locked()
        holding.__enter__()
    except embedded.ClusterTrouble:
        yield  # `motcua up` runs it
        return
    try:
        with cluster.running():
            try:
                yield
            finally:
                hang_up()
    finally:
        holding.__exit__(None, None, None)
