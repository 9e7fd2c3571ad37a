"""Who oversees whom: leaders of the city see all of it, others their own agency and those below."""

from django.conf import settings

from motcua.offices.models import Agency, AgencyKind, PostRole

from .mandates import Mandate


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


def agencies_of_city() -> list[Agency]:
    """Return every agency that the city has or had, kind by kind."""
    return list(Agency.objects.order_by("kind", "sort_key"))


def agencies_led(mandate: Mandate) -> list[Agency]:
    """Return the agencies that the leader answers for: those led, and those below them."""
    if leads_city(mandate):
        return agencies_of_city()
    own = {post.agency_id for post in mandate.posts if post.role == PostRole.LEADER}
    led = Agency.objects.filter(pk__in=own) | Agency.objects.filter(parent_id__in=own)
    return list(led.order_by("kind", "sort_key"))
