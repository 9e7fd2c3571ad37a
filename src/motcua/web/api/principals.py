"""Who speaks: the account behind a bearer token, as a person, an officer, or both."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.accounts.models import Account
from motcua.accounts.queries import account_of_token
from motcua.kernel import clock
from motcua.kernel.memory import remembered
from motcua.offices.queries import Mandate, NotAnOfficer, mandate_of
from motcua.parties.models import Person
from motcua.parties.queries import person_of

from .problems import Refused

# A revoked token, a closed account and an ended post are felt within this time, in every
# process. Asking the database each time would cost three statements a request, and would still
# let through a request that was under way when the token was revoked.
TRUSTED_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Who acts on a day, and in which capacities: each is looked up when first asked for."""

    account: Account
    on: date

    @cached_property
    def person(self) -> Person | None:
        """The citizen behind the account, if there is one."""
        return person_of(self.account)

    @cached_property
    def mandate(self) -> Mandate | None:
        """What the officer behind the account may act as, if there is one."""
        try:
            return mandate_of(self.account, self.on)
        except NotAnOfficer:
            return None


class UnknownToken(Exception):
    """The token opens nothing. Raised, because only a good token is worth remembering."""


class Bearer(HttpBearer):
    """Takes `Authorization: Bearer …` and nothing else: no cookie, so no forged request."""

    def authenticate(self, request: HttpRequest, token: str) -> Principal | None:
        """Return who speaks with this token, or None."""
        today = clock.today()
        try:
            return _principal_of(token, today)
        except UnknownToken:
            return None


def principal(request: HttpRequest) -> Principal:
    """Return who sends the request."""
    known: Principal = request.auth  # type: ignore[attr-defined]  # Bearer put it there
    return known


def person(request: HttpRequest) -> Person:
    """
    Return the citizen who sends the request.

    :raises Refused: if the token is an officer's or a system's
    """
    known = principal(request).person
    if known is None:
        raise Refused("role-required")
    return known


def mandate(request: HttpRequest) -> Mandate:
    """
    Return the officer's mandate.

    :raises Refused: if the token is a citizen's or a system's
    """
    known = principal(request).mandate
    if known is None:
        raise Refused("role-required")
    return known


@remembered(seconds=TRUSTED_SECONDS)
def _principal_of(token: str, on: date) -> Principal:
    account = account_of_token(token, clock.now()) if token.isascii() else None
    if account is None:
        raise UnknownToken
    return Principal(account=account, on=on)
