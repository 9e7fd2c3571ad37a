"""Settings of `motcua up`: the demonstration city, on this machine."""

from motcua.config import embedded
from motcua.config.demonstration import people

from . import environment
from .base import *  # noqa: F403 - a settings module is its names
from .base import DATABASES, PREPARED, VAR, WEB_THREADS, pooled

DEMONSTRATION = environment.flag("MOTCUA_DEMO", True)
# Tuesday, the plan's year: the city's data belongs to that autumn.
CLOCK_START = environment.moment("MOTCUA_CLOCK_START", "2024-10-15T09:00+07:00")
# Filled in some seconds, and kept: a later start adds what is missing, and takes nothing away.
DEMO_DOSSIERS = environment.number("MOTCUA_DEMO_DOSSIERS", 20_000) if DEMONSTRATION else 0
DEMO_ACCOUNTS = [
    {"username": person.username, "role": person.part, "label": person.full_name}
    for person in people.EVERYBODY
    if DEMONSTRATION
]
SECRET_KEY = environment.text("MOTCUA_SECRET_KEY") or environment.kept_secret(VAR / "secret-key")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS") or ["*"]
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS")

if not embedded.database_is_named():
    _cluster = embedded.cluster(VAR)
    DATABASES["default"]["NAME"] = embedded.DATABASE
    DATABASES["default"]["OPTIONS"] = PREPARED | {
        "host": str(_cluster.sockets),
        "user": embedded.ROLE,
    }
    if _pool_size := environment.number("MOTCUA_POOL", WEB_THREADS + 1):
        pooled(DATABASES, size=_pool_size)
