"""Who may open a dossier's screens: the person whose it is. To others it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from motcua.dossiers.queries import NoSuchDossier, dossier_of
from motcua.web.access import CitizenRequest, citizen_required

View = Callable[..., HttpResponse]


def own_dossier(view: View) -> View:
    """Let through the owner or the submitter, with the dossier in place of its code."""

    @citizen_required
    @wraps(view)
    def opened(request: CitizenRequest, code: str, **kwargs: Any) -> HttpResponse:
        try:
            dossier = dossier_of(request.person, code)
        except NoSuchDossier:
            raise Http404 from None
        return view(request, dossier, **kwargs)

    return opened
