"""The communes of a day as the pickers offer them: under their districts."""

from datetime import date
from itertools import groupby

from motcua.offices.queries import communes

Groups = list[tuple[str, list[tuple[str, str]]]]


def commune_groups(on: date) -> Groups:
    """Return each district with its communes as (code, name), in Vietnamese order, in one SQL."""
    in_order = sorted(communes(on), key=lambda place: place.parent.sort_key if place.parent else "")
    return [
        (district.name if district else "", [(place.code, place.name) for place in places])
        for district, places in groupby(in_order, key=lambda place: place.parent)
    ]
