"""
Who is signed in: every page begins by asking it, so its two statements are written once.

What is stored, and what Django checks of it, is Django's own.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.accounts.models import Account
from motcua.accounts.queries import account_of
from motcua.kernel.statements import Statement

# What stands in the statement for the key of a session, and for the moment.
_KEY, _NOW = "key", datetime.min.replace(tzinfo=UTC)


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds, or nothing if it has ended."""
        rows = _reading().rows({_KEY: self.session_key, _NOW: timezone.now()})
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])


class Accounts(ModelBackend):
    """Django's own backend, but for how the account of a session is read."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account if it may sign in."""
        account = account_of(user_id)
        return account if self.user_can_authenticate(account) else None


@cache
def _reading() -> Statement:
    found = Session.objects.filter(session_key=_KEY, expire_date__gt=_NOW)
    return Statement(found.values_list("session_data"))
