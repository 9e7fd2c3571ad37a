"""Who oversees whom: leaders of the city see all of it, others their own agency and those below."""

from django.conf import settings

from motcua.offices.models import Agency, AgencyKind, PostRole

from .chart import Mandate


def leads_city(mandate: Mandate) -> bool:
    """Return whether the officer leads the whole city: its committee, or an agency set to do so."""
    return any(
        post.agency_kind == AgencyKind.CITY or post.agency_code in settings.CITY_LEADING_AGENCIES
        for post in mandate.posts
        if post.role == PostRole.LEADER
    )


def works_for_city(mandate: Mandate) -> bool:
    """Return whether the officer holds a post in the committee of the city or its office."""
    return any(post.agency_kind == AgencyKind.CITY for post in mandate.posts)


def agencies_led(mandate: Mandate) -> list[Agency]:
    """Return the agencies that the leader answers for: those led, and those below them."""
    agencies = Agency.objects.order_by("kind", "sort_key")
    if leads_city(mandate):
        return list(agencies)
    own = {post.agency_id for post in mandate.posts if post.role == PostRole.LEADER}
    return list(agencies.filter(pk__in=own) | agencies.filter(parent_id__in=own))
