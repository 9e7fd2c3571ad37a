"""Who sees a dossier."""

from motcua.dossiers.models import Dossier
from motcua.offices.queries import Mandate


def may_see(mandate: Mandate, dossier: Dossier) -> bool:
    """Return whether one of the officer's posts gives sight of the dossier."""
    if dossier.parent is not None and may_see(mandate, dossier.parent):
        return True  # the whole shows its parts; a part does not show the whole
    return any(
        post.unit_id == dossier.receiving_unit_id or post.agency_id == dossier.settling_agency_id
        for post in mandate.posts
    )
