"""Whose a secret is."""

import hashlib
from datetime import datetime

from django.db.models import Q

from .models import AccessToken, Account

TOKEN_PREFIX = "motcua_"  # noqa: S105  # Lets secret scanners find a token that leaked.


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
