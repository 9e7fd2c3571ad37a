"""Pages as a browser asks for them over HTTP, by somebody who has signed in."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import psutil

from . import load

LONGEST_SECONDS = 600
# As production calls them, whatever the settings of the process that measures.
SESSION_COOKIE, CSRF_COOKIE = "__Host-session", "__Host-csrf"


class Wrong(Exception):
    """An answer is not what it must be; the figures are worth nothing."""


def signed_in(account: Any) -> str:
    """Return the cookies of a browser in which this account has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import CSRF_SECRET_LENGTH

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    cookies = {
        SESSION_COOKIE: session.session_key,
        CSRF_COOKIE: secrets.token_hex(CSRF_SECRET_LENGTH // 2),
    }
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def asked(address: str, path: str, cookies: str, *, times: int, clients: int = 1) -> load.Outcome:
    """
    Ask for a page so many times, over as many connections as there are clients.

    :raises Wrong: if one answer is not the page
    """
    url = urlsplit(address)
    fields = {"Host": url.netloc, "X-Forwarded-Proto": "https", "Cookie": cookies}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    request = f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()
    assert url.port is not None
    seen = load.run(url.port, [request] * times, clients=clients, seconds=LONGEST_SECONDS)
    if set(seen.statuses) != {200}:
        raise Wrong(f"{path}: {seen.statuses}")
    return seen


def cpu_seconds() -> tuple[float, float]:
    """Return what the web server and PostgreSQL have spent: all that this process has started."""
    web = database = 0.0
    for process in psutil.Process().children(recursive=True):
        times = process.cpu_times()
        if process.name() == "postgres":
            database += times.user + times.system
        else:
            web += times.user + times.system
    return web, database
