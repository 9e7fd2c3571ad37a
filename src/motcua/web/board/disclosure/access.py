"""Which publication a page of the office is about."""

from django.http import Http404

from motcua.disclosure.models import Publication
from motcua.disclosure.queries import NoSuchPublication, publication_with


def publication_or_404(publication_id: int) -> Publication:
    """
    Return the publication.

    :raises Http404: if there is none
    """
    try:
        return publication_with(publication_id)
    except NoSuchPublication as missing:
        raise Http404 from missing
