"""
Who is signed in: every page begins by asking it, so all of it is asked in one statement.

What is stored, and what is checked of it, is Django's own.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from motcua.accounts.models import Account
from motcua.accounts.queries import (
    ACCOUNT,
    ACCOUNT_WIDTH,
    account_from,
    account_of,
    reading_account,
)
from motcua.kernel import clock
from motcua.kernel.statements import AT, Joined, Statement
from motcua.offices.queries import DAY, Mandate, mandate_from, mandate_of, reading_posts

_KEY = "key"  # what stands in the statement for that of a session
_NOBODY = 0  # no account has this key
KNOWN_MAX = 20_000  # sessions that one process meets in a day

_ALL_OF_IT = """
    SELECT session.*, account.*, post.* FROM ({session}) AS session
    LEFT JOIN ({account}) AS account ON true LEFT JOIN ({posts}) AS post ON true
    ORDER BY post.valid_from, post.pk
"""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a session held when this process last read it, and whose it was."""

    stored: str
    held: dict[str, Any]
    account_id: int


_UNKNOWN = Known(stored="", held={}, account_id=_NOBODY)
# What is read with a session is read of the account that it was of, and believed if it still is.
_known: dict[str, Known] = {}


@dataclass(frozen=True, kw_only=True)
class ReadAlong:
    """What was read together with a session."""

    account: Account
    posts: list[tuple[Any, ...]]  # of the account's officer
    on: date


class SessionStore(db.SessionStore):
    """Django's sessions in the database, read with the account that they say is signed in."""

    along: ReadAlong | None = None

    def load(self) -> dict[str, Any]:
        """Return what the session holds, or nothing if it has ended."""
        key, today = str(self.session_key), clock.today()
        known = _known.get(key, _UNKNOWN)
        given = {_KEY: key, AT: timezone.now(), ACCOUNT: known.account_id, DAY: today}
        rows = _reading().rows(given)
        if not rows:
            self._session_key = None
            return {}
        stored, ends = rows[0][0], 1 + ACCOUNT_WIDTH
        if stored != known.stored:
            known = self._learned(key, stored)
        if known.account_id == given[ACCOUNT] and rows[0][1] is not None:
            posts = [row[ends:] for row in rows if row[ends] is not None]
            self.along = ReadAlong(account=account_from(rows[0][1:ends]), posts=posts, on=today)
        return deepcopy(known.held)

    def _learned(self, key: str, stored: str) -> Known:
        held = self.decode(stored)  # which checks who signed it
        known = Known(stored=stored, held=held, account_id=int(held.get(SESSION_KEY, _NOBODY)))
        if len(_known) >= KNOWN_MAX:
            _known.clear()
        _known[key] = known
        return known


class Accounts(ModelBackend):
    """Django's own backend, but for how the account of a session is read."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account if it may sign in."""
        account = account_of(user_id)
        return account if self.user_can_authenticate(account) else None


def account_in(request: HttpRequest) -> Account | AnonymousUser:
    """Return who is signed in: what was read with the session, if it is as Django demands."""
    session = request.session
    proof = session.get(HASH_SESSION_KEY, "")
    along = _along(request)
    if (
        along is not None
        and along.account.is_active
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(proof, along.account.get_session_auth_hash())
    ):
        return along.account
    # Reads it anew, and ends a session that is not good.
    anew: Account | AnonymousUser = get_user(request)
    return anew


def mandate_in(request: HttpRequest, on: date) -> Mandate:
    """
    Return what whoever is signed in may act as on a day.

    :raises NotAnOfficer: if that is nothing
    """
    account, along = request.user, _along(request)
    assert isinstance(account, Account), "who is not signed in has no mandate"
    if along is not None and along.on == on and along.account.pk == account.pk:
        return mandate_from(along.posts, account.pk)
    return mandate_of(account, on)


def _along(request: HttpRequest) -> ReadAlong | None:
    session = getattr(request, "session", None)  # None of a page that is for everybody
    return session.along if isinstance(session, SessionStore) else None


@cache
def _reading() -> Statement:
    found = Session.objects.filter(session_key=_KEY, expire_date__gt=AT)
    return Joined(
        _ALL_OF_IT,
        session=Statement(found.values_list("session_data")),
        account=reading_account(),
        posts=reading_posts(),
    )
