"""Whose a secret is."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from motcua.kernel.statements import Statement

from .models import AccessToken, Account

TOKEN_PREFIX = "motcua_"  # noqa: S105 - no secret itself: by it scanners find a token that leaked


# What stands in statements about one account for its key.
ACCOUNT = -1
_COLUMNS = [field.attname for field in Account._meta.concrete_fields]
ACCOUNT_WIDTH = len(_COLUMNS)


def account_of(pk: int) -> Account | None:
    """Return the account of that key, if there is one."""
    rows = reading_account().rows({ACCOUNT: pk})
    return account_from(rows[0]) if rows else None


@cache
def reading_account() -> Statement:
    """Return the statement that reads one account: columns that `account_from` makes it of."""
    return Statement(Account.objects.filter(pk=ACCOUNT).values_list(*_COLUMNS))


def account_from(row: Sequence[Any]) -> Account:
    """Return the account that was read."""
    return Account.from_db("default", _COLUMNS, row)


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
