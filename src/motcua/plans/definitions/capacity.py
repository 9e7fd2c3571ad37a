"""For which agencies somebody acts in matters of the plan."""

from motcua.offices.definitions import AgencyKind, PostRole
from motcua.offices.queries import Mandate

# Whoever examines or signs acts for the agency here; counters and clerks have no part in it.
_ROLES = frozenset({PostRole.LEADER, PostRole.PROCESSOR})
_KINDS = frozenset({AgencyKind.CITY, AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.DISTRICT})


def agencies_acted_for(mandate: Mandate) -> frozenset[int]:
    """Return the agencies for which the officer may report, raise and answer."""
    return frozenset(
        post.agency_id
        for post in mandate.posts
        if post.role in _ROLES and post.agency_kind in _KINDS
    )
