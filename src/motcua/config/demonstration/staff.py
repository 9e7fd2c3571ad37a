"""Officers for every post through which a dossier passes."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import Account
from motcua.accounts.services import create_accounts
from motcua.offices.models import Post, PostRole, in_force
from motcua.offices.services import Hire, staff_posts

from .crowd import officer_name
from .figures import Figures

HANDS = {PostRole.RECEIVER: 2, PostRole.PROCESSOR: 3, PostRole.LEADER: 1}


# Broken off between the two, accounts without officers would pass for the staff, for ever.
@transaction.atomic
def staff_the_city(figures: Figures, *, seed: int, at: datetime) -> int:
    """Appoint who is missing, in every open unit. Return how many were."""
    since = figures.officers_since
    taken = set(
        Account.objects.filter(username__startswith="canbo-").values_list("username", flat=True)
    )
    wanted = [
        (post, f"canbo-{post.pk}-{hand}")
        for post in Post.objects.filter(in_force(since, through="unit__"), role__in=HANDS).order_by(
            "pk"
        )
        for hand in range(1, HANDS[PostRole(post.role)] + 1)
    ]
    missing = [(post, username) for post, username in wanted if username not in taken]
    accounts = create_accounts(usernames=[username for _post, username in missing])
    staff_posts(
        hires=[
            Hire(
                account=account,
                full_name=officer_name(seed, number + len(taken)),
                staff_code=account.username.upper(),
                post=post,
            )
            for number, (account, (post, _username)) in enumerate(
                zip(accounts, missing, strict=True)
            )
        ],
        valid_from=since,
        at=at,
    )
    return len(missing)
