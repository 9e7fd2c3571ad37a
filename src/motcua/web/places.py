"""The communes of a day as the pickers offer them: under their districts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from motcua.offices.models import Place
from motcua.offices.queries import communes

Groups = list[tuple[str, list[tuple[str, str]]]]


def commune_groups(on: date) -> Groups:
    """Return each district with its communes as (code, name), in Vietnamese order, in one SQL."""
    in_order = sorted(communes(on), key=lambda place: place.parent.sort_key if place.parent else "")
    return [
        (district.name if district else "", _named(places))
        for district, places in groupby(in_order, key=lambda place: place.parent)
    ]


def _named(places: Iterable[Place]) -> list[tuple[str, str]]:
    # By the bare name, which people type to jump to it; a township and a commune of one district
    # may share theirs.
    places = list(places)
    times = Counter(place.name for place in places)
    return [
        (place.code, f"{place.name} ({place.kind})" if times[place.name] > 1 else place.name)
        for place in places
    ]
