"""Which month an address means, if it is public."""

import re
from datetime import date

from django.http import Http404

from motcua.disclosure.queries import NoSuchPublication, Published, published_of

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def published_or_404(month: str) -> Published:
    """
    Return what was published of a month as an address writes it, 2024-08.

    :raises Http404: if it is no month, or not public: a draft is not there at all
    """
    found = _MONTH.fullmatch(month)
    if found is None:
        raise Http404
    try:
        return published_of(date(int(found[1]), int(found[2]), 1))
    except NoSuchPublication as missing:
        raise Http404 from missing
