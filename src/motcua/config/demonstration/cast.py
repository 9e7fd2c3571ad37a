"""Who acts for the city's agencies in matters of steering, when the demonstration tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.accounts.models import Account
from motcua.accounts.services import create_accounts
from motcua.kernel.clock import day_of
from motcua.offices.models import Agency, Post, PostRole
from motcua.offices.queries import Mandate, mandate_of, officers_holding
from motcua.offices.services import Hire, staff_posts
from motcua.plans.queries import annex_agencies

from .crowd import officer_name
from .people import CITY, COMMUNICATIONS, DISTRICT

SEED = 67
_APPOINTED_ON = date(2024, 1, 2)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who acts for each agency, by its name; and the two of the keeper of the plan."""

    by_agency: Mapping[str, Mandate]
    keeper: Mandate
    director: Mandate


def cast_of(now: datetime) -> Cast:
    """Return who acts for each agency; where nobody leads one yet, a leader is appointed."""
    on = day_of(now)
    known = {
        CITY: mandate_named("chanhvanphong", on),
        COMMUNICATIONS: mandate_named("chuyendoiso", on),
        DISTRICT: mandate_named("chutich-quan", on),
    }
    others = [agency for agency in annex_agencies(on) if agency.name not in known]
    _appoint_where_vacant(others, now)
    return Cast(
        by_agency=known | {agency.name: head_mandate(agency.pk, on) for agency in others},
        keeper=known[COMMUNICATIONS],
        director=mandate_named("giamdoc-tttt", on),
    )


def mandate_named(username: str, on: date) -> Mandate:
    """Return what somebody who can be played acts as."""
    return mandate_of(Account.objects.get(username=username), on)


def head_mandate(agency_id: int, on: date) -> Mandate:
    """Return what the head of an agency acts as."""
    [head, *_others] = officers_holding(PostRole.LEADER, agency_id, on)
    return mandate_of(head.account, on)


def _appoint_where_vacant(agencies: list[Agency], now: datetime) -> None:
    posts = [
        post
        for agency in agencies
        if not officers_holding(PostRole.LEADER, agency.pk, day_of(now))
        for post in Post.objects.filter(unit__agency=agency, role=PostRole.LEADER)
        .select_related("unit__agency")
        .order_by("pk")[:1]
    ]
    accounts = create_accounts(
        usernames=[f"lanhdao-{post.unit.agency.code.split('.')[2]}" for post in posts]
    )
    staff_posts(
        hires=[
            Hire(
                account=account,
                full_name=officer_name(SEED, number),
                staff_code=account.username.upper(),
                post=post,
            )
            for number, (account, post) in enumerate(zip(accounts, posts, strict=True))
        ],
        valid_from=_APPOINTED_ON,
        at=now,
    )
