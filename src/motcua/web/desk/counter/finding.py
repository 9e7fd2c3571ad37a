"""Finding a procedure in a few keys: by first letters, words, numbers, or its place in the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from motcua.dossiers.models import Channel
from motcua.dossiers.queries import usual_at
from motcua.filings.queries import is_settled_by
from motcua.kernel import text
from motcua.offices.queries import HeldPost
from motcua.procedures.definitions import Version
from motcua.procedures.queries import common_ranks, published

CHARACTERS_MAX = 100
CODE_DIGITS_MIN = 3
_NOT_AT_ALL = 9
# "ks 2": the second of those that "ks" finds. A lone number counts down the whole list.
_PLACE = re.compile(r"(?P<words>.*?)\s*\b(?P<place>[1-9][0-9]?)")


@dataclass(frozen=True, kw_only=True)
class _Names:
    """Under what a procedure may be asked for."""

    digits: str
    initials: tuple[str, ...]  # of its name, then of its everyday names
    words: tuple[str, ...]


def procedures_at(counter: HeldPost, channel: Channel, on: date) -> list[Version]:
    """Return what the counter's agency settles and takes by that channel, the most usual first."""
    usual = usual_at(counter.unit_id, channel.value, on)
    mine = [
        version
        for version in published(on)
        if channel.value in version.channels
        and is_settled_by(version, kind=counter.agency_kind, name=counter.agency_name)
    ]
    # A counter that has taken nothing in yet begins with what the whole city asks for most.
    ranks = common_ranks()
    return sorted(mine, key=lambda v: (-usual[v.procedure_id], ranks.get(v.code, len(ranks))))


def matching(versions: Sequence[Version], typed: str) -> list[Version]:
    """Return those that the keys may mean, the likeliest first; all of them for no keys."""
    folded = text.fold(typed[:CHARACTERS_MAX])
    if not folded:
        return list(versions)
    ranked = [(_tier(_names(version), folded), place) for place, version in enumerate(versions)]
    return [versions[place] for tier, place in sorted(ranked) if tier < _NOT_AT_ALL]


def chosen(versions: Sequence[Version], typed: str) -> Version | None:
    """Return the procedure that Enter opens: the one of that place, or else the likeliest."""
    by_place = _PLACE.fullmatch(text.fold(typed[:CHARACTERS_MAX]))
    if by_place is not None:
        found = matching(versions, by_place["words"])
        place = int(by_place["place"])
        if place <= len(found):
            return found[place - 1]
    return next(iter(matching(versions, typed)), None)


def _tier(names: _Names, folded: str) -> int:
    digits = folded.replace(" ", "")
    if digits.isdigit():
        near = len(digits) >= CODE_DIGITS_MIN and digits in names.digits
        return 0 if near else _NOT_AT_ALL
    letters = folded.replace(" ", "")
    if letters in names.initials:
        return 1
    if any(each.endswith(letters) for each in names.initials):
        return 2
    if any(letters in each for each in names.initials):
        return 3
    if all(any(word.startswith(part) for word in names.words) for part in folded.split()):
        return 4
    return _NOT_AT_ALL


@lru_cache(maxsize=4096)
def _names_of(name: str, keywords: tuple[str, ...], code: str) -> _Names:
    phrases = [text.fold(phrase).split() for phrase in (name, *keywords)]
    return _Names(
        digits=re.sub(r"\D", "", code),
        initials=tuple("".join(word[0] for word in phrase) for phrase in phrases),
        words=tuple(dict.fromkeys(word for phrase in phrases for word in phrase)),
    )


def _names(version: Version) -> _Names:
    return _names_of(version.name, version.keywords, version.code)
