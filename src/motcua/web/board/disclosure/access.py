"""Who may open the office's pages: whoever holds a post in the city's committee or its office."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from motcua.disclosure.models import Publication
from motcua.disclosure.queries import NoSuchPublication, publication_with
from motcua.offices.queries import works_for_city
from motcua.web.access import View, officer_required


def office_required(view: View) -> View:
    """Let through an officer of the city's committee or its office."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_for_city(request.mandate):
            return render(request, "board/disclosure/not_the_office.html", status=403)
        return view(request, *args, **kwargs)

    return officer_required(guarded)


def publication_or_404(publication_id: int) -> Publication:
    """
    Return the publication.

    :raises Http404: if there is none
    """
    try:
        return publication_with(publication_id)
    except NoSuchPublication as missing:
        raise Http404 from missing
