"""What an officer holds on a day: every rule of office asks it, and every page of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext as _

from motcua.accounts.models import Account
from motcua.accounts.queries import ACCOUNT
from motcua.kernel.statements import Statement
from motcua.offices.models import Appointment

MANDATES_KEPT = 4096  # officers who work at one time


class NotAnOfficer(Exception):
    """Whoever holds no post on that day has no powers of office."""


@dataclass(frozen=True, kw_only=True)
class HeldPost:
    """A post somebody holds, with all that a rule or a screen asks about it."""

    post_id: int
    role: str  # PostRole
    title: str
    unit_id: int
    unit_role: str  # UnitRole
    unit_name: str
    agency_id: int
    agency_code: str
    agency_name: str
    agency_kind: str  # AgencyKind


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """What an officer may act as on one day. Taken once per request; rules ask only this."""

    officer_id: int
    account_id: int
    full_name: str
    posts: tuple[HeldPost, ...]

    @property
    def actor(self) -> str:
        """Return how the ledger names the officer."""
        return f"officer:{self.officer_id}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every capacity held anywhere."""
        return frozenset(post.role for post in self.posts)

    @cached_property
    def agency_ids(self) -> frozenset[int]:
        """The agencies in which a post is held."""
        return frozenset(post.agency_id for post in self.posts)

    def unit_ids(self, role: str | None = None) -> frozenset[int]:
        """Return the units in which a post is held, or a post of that role."""
        return frozenset(post.unit_id for post in self.posts if role in (None, post.role))

    def holds(self, role: str, unit_id: int) -> bool:
        """Return whether the officer acts in that role in that unit."""
        return any(post.role == role and post.unit_id == unit_id for post in self.posts)


def mandate_of(account: Account, on: date) -> Mandate:
    """
    Return what the account's officer holds on that day, in one SQL statement.

    A post in a closed unit still counts: the unit takes nothing new, its officers finish what
    they have.

    :raises NotAnOfficer: if the account holds no post on that day
    """
    return mandate_from(reading_posts().rows({ACCOUNT: account.pk, DAY: on}), account.pk)


def mandate_from(rows: Iterable[tuple[Any, ...]], account_id: int) -> Mandate:
    """
    Return the mandate of the posts that were read.

    :raises NotAnOfficer: if there are none
    """
    if held := tuple(rows):
        return _mandate(held, account_id)
    raise NotAnOfficer(_("Ông/Bà chưa được phân công vị trí nào vào ngày này."))


# The same posts make the same mandate, so that what is kept by it is found at once.
@lru_cache(maxsize=MANDATES_KEPT)
def _mandate(rows: tuple[tuple[Any, ...], ...], account_id: int) -> Mandate:
    officer_id, full_name = rows[0][:2]
    return Mandate(
        officer_id=officer_id,
        account_id=account_id,
        full_name=full_name,
        posts=tuple(HeldPost(**dict(zip(_HELD, row[2:], strict=False))) for row in rows),
    )


# What stands in the statement for the day.
DAY = date.min
# Where each part of a held post is read.
_HELD = {
    "post_id": "post_id",
    "role": "post__role",
    "title": "post__title",
    "unit_id": "post__unit_id",
    "unit_role": "post__unit__role",
    "unit_name": "post__unit__name",
    "agency_id": "post__unit__agency_id",
    "agency_code": "post__unit__agency__code",
    "agency_name": "post__unit__agency__name",
    "agency_kind": "post__unit__agency__kind",
}


@cache
def reading_posts() -> Statement:
    """Return the statement that reads the posts of an account: rows that make a mandate."""
    return Statement(
        Appointment.objects.in_force(DAY)
        .filter(officer__account_id=ACCOUNT)
        .order_by("valid_from", "pk")
        .values_list("officer_id", "officer__full_name", *_HELD.values(), "valid_from", "pk")
    )
