"""What happens to the keys of an account. Secrets and digests never enter the ledger."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Event):
    """A bearer token was handed to whoever speaks for the account."""

    kind: ClassVar[str] = "accounts.token-issued"

    token_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """A bearer token opens nothing any more."""

    kind: ClassVar[str] = "accounts.token-revoked"

    token_id: int
