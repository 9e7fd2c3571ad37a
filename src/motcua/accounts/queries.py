"""Whose a secret is."""

import hashlib
from datetime import datetime
from functools import cache

from django.db.models import Q

from motcua.kernel.statements import Statement

from .models import AccessToken, Account

TOKEN_PREFIX = "motcua_"  # noqa: S105  # Lets secret scanners find a token that leaked.


# What stands in the statement for whoever is asked about.
_ACCOUNT = -1
_COLUMNS = [field.attname for field in Account._meta.concrete_fields]


def account_of(pk: int) -> Account | None:
    """Return the account of that key, if there is one."""
    rows = _reading_account().rows({_ACCOUNT: pk})
    return Account.from_db("default", _COLUMNS, rows[0]) if rows else None


@cache
def _reading_account() -> Statement:
    return Statement(Account.objects.filter(pk=_ACCOUNT).values_list(*_COLUMNS))


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def account_of_token(secret: str, at: datetime) -> Account | None:
    """Return who speaks with this token, or None if it is unknown, expired, revoked or closed."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    token = (
        AccessToken.objects.select_related("account")
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), revoked_at__isnull=True)
        .filter(digest=digest_of(secret), account__is_active=True)
        .first()
    )
    return token.account if token else None
