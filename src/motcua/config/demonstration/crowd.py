"""
The inhabitants of the demonstration city: each made from the seed, a commune and a number.

Nobody is looked up and nothing is drawn in turn, so whoever writes a person and whoever names one
in a dossier say the same. No number here can belong to anybody: the personal ids are of births in
the 24th century, and no telephone number begins with 010.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import yaml

from motcua.kernel.copying import uuid, word
from motcua.kernel.text import fold, name_sort_key

_NAMES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "names.yaml").read_text(encoding="utf-8")
)
_ROADS = _NAMES["roads"]
_BITS = (1 << 64) - 1
# Personal ids: these provinces, a digit each for men and women, and so many serials.
_PROVINCES = ("092", "093", "094")
FIRST_SERIAL, SERIALS = 100_000, 900_000
KNOWN = 30_000  # how many inhabitants a process remembers: a kilobyte each


class Part(NamedTuple):
    """Words of a name: as written, as searched for, and as sorted by."""

    text: str
    folded: str
    key: str


class Inhabitant(NamedTuple):
    """Somebody who never lived."""

    id: str
    full_name: str
    folded_name: str
    sort_key: str
    personal_id: str
    born_on: date
    sex: str
    phone: str
    address: str
    named: bytes  # id, name and folded name, as fields of a row


def _parts(words: Sequence[str]) -> tuple[Part, ...]:
    # name_sort_key() puts the given name first, then family and middle, each with a key of its own.
    before = f"{name_sort_key('B')} {name_sort_key('A')} "
    return tuple(
        Part(word, fold(word), name_sort_key(f"A {word} B").removeprefix(before)) for word in words
    )


@dataclass(frozen=True, slots=True)
class _Custom:
    """How one people of the city names its children; men first, then women."""

    families: tuple[Part, ...]
    middles: tuple[tuple[Part, ...], tuple[Part, ...]]
    givens: tuple[tuple[Part, ...], tuple[Part, ...]]


_MIDDLES = (_parts(_NAMES["mens_middle"]), _parts(_NAMES["womens_middle"]))
_GIVENS = (_parts(_NAMES["men"]), _parts(_NAMES["women"]))
_KHMER_CUSTOM = _Custom(
    _parts(_NAMES["khmer"]),
    (_parts(_NAMES["khmer_middle"]),) * 2,
    (_parts(_NAMES["khmer_given"]),) * 2,
)
_CUSTOMS = (
    *(_Custom(_parts(_NAMES["kinh"]), _MIDDLES, _GIVENS),) * 17,
    *(_KHMER_CUSTOM,) * 2,
    _Custom(_parts(_NAMES["hoa"]), _MIDDLES, _GIVENS),
)


class Crowd:
    """The inhabitants of all communes, under one seed. `communes` are full names, in order."""

    def __init__(self, seed: int, communes: Sequence[str]) -> None:
        self._communes = communes
        self._salt = int.from_bytes(sha256(f"inhabitants {seed}".encode()).digest()[:8], "big")
        start = f"{self._salt:016x}"
        # Version 8 of RFC 9562: made by us, from commune and number, so that ids are in order.
        self._prefix = f"{start[:8]}-{start[8:12]}-8"
        # Whoever comes often is made once.
        self.inhabitant = lru_cache(maxsize=KNOWN)(self._inhabitant)

    def id_of(self, commune: int, number: int) -> str:
        """Return the id of the commune's n-th inhabitant."""
        return f"{self._prefix}{commune:03x}-8000-{number:012x}"

    def _inhabitant(self, commune: int, number: int) -> Inhabitant:
        """Return the commune's n-th inhabitant."""
        place = number * len(self._communes) + commune
        drawn = _mixed(self._salt + place)
        woman = place & 1
        custom = _CUSTOMS[drawn % 20]
        family = custom.families[(drawn >> 8) % len(custom.families)]
        middle = custom.middles[woman][(drawn >> 16) % len(custom.middles[woman])]
        given = custom.givens[woman][(drawn >> 24) % len(custom.givens[woman])]
        year = 1945 + (drawn >> 32) % 60
        half, serial = divmod(place >> 1, SERIALS)
        road = (drawn >> 40) & 0xFF
        house = f"Số {1 + road}, đường {_ROADS[road % len(_ROADS)]}"
        id_ = self.id_of(commune, number)
        full_name = f"{family.text} {middle.text} {given.text}"
        folded_name = f"{family.folded} {middle.folded} {given.folded}"
        return Inhabitant(
            id_,
            full_name,
            folded_name,
            f"{given.key} {family.key} {middle.key}",
            f"{_PROVINCES[half]}{8 + woman}{year % 100:02}{FIRST_SERIAL + serial}",
            date(year, 1 + (drawn >> 48) % 12, 1 + (drawn >> 52) % 28),
            "female" if woman else "male",
            f"0100{(drawn >> 20) % 1_000_000:06}",
            f"{house}, {self._communes[commune]}",
            uuid(id_) + word(full_name) + word(folded_name),
        )


def officer_name(seed: int, number: int) -> str:
    """Return the name of the n-th officer, as offices write it: not in capitals."""
    drawn = _mixed(seed * 7919 + number * 104_729 + 1)
    woman = drawn >> 60 & 1
    families = _NAMES["kinh"]
    middles = _NAMES["womens_middle" if woman else "mens_middle"]
    givens = _NAMES["women" if woman else "men"]
    family = families[(drawn >> 8) % len(families)]
    middle = middles[(drawn >> 16) % len(middles)]
    given = givens[(drawn >> 24) % len(givens)]
    return f"{family} {middle} {given}".title()


def _mixed(number: int) -> int:
    """Return 64 bits that look drawn (SplitMix64)."""
    mixed = (number + 1) * 0x9E3779B97F4A7C15 & _BITS
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _BITS
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _BITS
    return mixed ^ mixed >> 31
