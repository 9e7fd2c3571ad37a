"""Which dossiers an officer may open at the desk."""

from django.http import Http404

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.web.access import OfficerRequest


def dossier_or_404(request: OfficerRequest, code: str) -> Dossier:
    """
    Return the dossier if one of the officer's posts gives sight of it.

    :raises Http404: also for a dossier of others, so that nobody learns which codes exist
    """
    try:
        return queries.dossier_for(request.mandate, code)
    except queries.NoSuchDossier:
        raise Http404 from None
