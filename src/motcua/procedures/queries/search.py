"""
Finding a procedure by what people type, among all that are published.

The index stands in the memory of each process. Which procedures are published is looked up at
every question (it costs no SQL most of the time); after a change the first to ask makes the index
anew, and whoever asks meanwhile is answered from the one before.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from motcua.kernel import text
from motcua.procedures.definitions import NationalProcedure, Version

from .entries import SearchEntry, entry_of_national, entry_of_version, field_key
from .life_events import common_ranks, life_events
from .national import national_procedures
from .ranking import Index, Match
from .synonyms import synonyms
from .understanding import Question
from .versions import published
from .wording import words_of

CHARACTERS_MAX = 200
WORDS_MAX = 24
HITS_ON_A_PAGE = 20
SUGGESTIONS = 3
LIKE_A_SLIP = 85.0  # of 100, by rapidfuzz


@dataclass(frozen=True)
class Hit:
    """A procedure that the words may mean."""

    code: str
    name: str
    field: str
    summary: str
    online: str  # Online: here, elsewhere, in_person
    elsewhere: str  # the address there; empty: on the national portal
    audience: tuple[str, ...]
    settled_by: str  # in words; empty: not known
    why: str  # if it is not its name that matches


@dataclass(frozen=True)
class Explanation:
    """How the words were understood, and what else to try if nothing was found."""

    corrected: tuple[tuple[str, str], ...] = ()  # as typed, as read
    said: tuple[tuple[str, str], ...] = ()  # everyday word, legal word
    unknown: tuple[str, ...] = ()  # words that stand nowhere in the catalogue
    words: tuple[str, ...] = ()  # words of the catalogue that look like those
    fields: tuple[tuple[str, str], ...] = ()  # nearest fields: key, name

    def __str__(self) -> str:
        """Return it in sentences."""
        told = []
        if self.corrected:
            read = "; ".join(f"“{typed}” → “{meant}”" for typed, meant in self.corrected)
            told.append(_("Hệ thống đã hiểu: %(read)s.") % {"read": read})
        if self.said:
            said = "; ".join(f"“{each}” → “{meaning}”" for each, meaning in self.said)
            told.append(_("Từ trong văn bản: %(said)s.") % {"said": said})
        if self.unknown:
            unknown = ", ".join(f"“{word}”" for word in self.unknown)
            told.append(_("Không có thủ tục nào chứa từ %(words)s.") % {"words": unknown})
        if self.words:
            told.append(_("Có thể Ông/Bà muốn viết: %(words)s.") % {"words": ", ".join(self.words)})
        if self.fields:
            names = ", ".join(name for _key, name in self.fields)
            told.append(_("Ông/Bà có thể xem lĩnh vực: %(fields)s.") % {"fields": names})
        return " ".join(told)


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    hits: tuple[Hit, ...]
    total: int
    explanation: Explanation


@dataclass(frozen=True)
class _Ready:
    """An index and what it was made of."""

    version_ids: tuple[int, ...]
    nationals: tuple[NationalProcedure, ...]
    index: Index
    in_order: tuple[int, ...]  # entries, those asked for most first, then by name

    def is_of(self, version_ids: tuple[int, ...], nationals: tuple[NationalProcedure, ...]) -> bool:
        """Whether it was made of these; the national list is the same tuple until it changes."""
        return self.version_ids == version_ids and self.nationals is nationals


_ready: dict[date, _Ready] = {}
_making = threading.Lock()
DAYS_KEPT = 2


def find(
    text_: str,
    on: date,
    *,
    audience: str = "",
    level: str = "",
    field: str = "",
    event: str = "",
    start: int = 0,
    limit: int = HITS_ON_A_PAGE,
) -> Found:
    """
    Return the procedures that the words may mean, the likeliest first.

    Accents are optional, but words that match with theirs come first; common services and those
    settled here come before others with the same words. Without words everything is found. The
    filters are values of Audience, a level of administration, the key or name of a field, and the
    key of a life event.
    """
    ready = _ready_for(on)
    wanted = " ".join(text.clean(text_)[:CHARACTERS_MAX].split()[:WORDS_MAX])
    allowed = _allowed(ready.index.entries, audience, level, field, event)
    if not wanted:
        places = [place for place in ready.in_order if place in allowed]
        in_order = _as_they_come_up(places, ready.index.entries, event)
        matches = [Match(place, 1.0, "") for place in in_order]
        explanation = Explanation()
    else:
        finished = text_[-1:].isspace()
        question, matches = ready.index.ask(wanted, finished=finished, allowed=allowed)
        explanation = _explained(wanted, question, ready.index, anything=bool(matches))
    page = matches[start : start + limit]
    hits = tuple(_hit(match, ready.index.entries[match.entry]) for match in page)
    return Found(hits, len(matches), explanation)


def _ready_for(on: date) -> _Ready:
    versions, nationals = published(on), national_procedures()
    ids = tuple(version.id for version in versions)
    ready = _ready.get(on)
    if ready is not None and ready.is_of(ids, nationals):
        return ready
    if not _making.acquire(blocking=ready is None):
        assert ready is not None  # else we would have waited
        return ready
    try:
        ready = _ready.get(on)
        if ready is None or not ready.is_of(ids, nationals):
            index = Index(_entries(versions, nationals), synonyms())
            ready = _Ready(ids, nationals, index, _in_order(index.entries))
            while len(_ready) >= DAYS_KEPT and on not in _ready:
                del _ready[next(iter(_ready))]
            _ready[on] = ready
        return ready
    finally:
        _making.release()


def _entries(
    versions: Sequence[Version], nationals: Sequence[NationalProcedure]
) -> list[SearchEntry]:
    ours = {version.code for version in versions}
    return [
        *(entry_of_version(version) for version in versions),
        *(entry_of_national(each) for each in nationals if each.code not in ours),
    ]


def _in_order(entries: Sequence[SearchEntry]) -> tuple[int, ...]:
    ranks = common_ranks()
    last = len(ranks)
    return tuple(
        sorted(
            range(len(entries)),
            key=lambda place: (
                ranks.get(entries[place].code, last),
                text.sort_key(entries[place].name),
                entries[place].code,
            ),
        )
    )


def _allowed(
    entries: Sequence[SearchEntry], audience: str, level: str, field: str, event: str
) -> range | frozenset[int]:
    if not (audience or level or field or event):
        return range(len(entries))
    key = field_key(field)
    codes = {code for each in life_events() if each.key == event for code in each.codes}
    return frozenset(
        place
        for place, entry in enumerate(entries)
        if (not audience or audience in entry.audience)
        and (not level or level in entry.levels)
        and (not field or entry.field_key == key)
        and (not event or entry.code in codes)
    )


def _as_they_come_up(
    places: Sequence[int], entries: Sequence[SearchEntry], event: str
) -> Sequence[int]:
    if not event:
        return places
    codes = next(each.codes for each in life_events() if each.key == event) if places else ()
    return sorted(places, key=lambda place: codes.index(entries[place].code))


def _hit(match: Match, entry: SearchEntry) -> Hit:
    says_more = not set(words_of(match.title)) <= set(words_of(entry.name))
    kinds = ", ".join(str(kind.label) for kind in entry.settled_by)
    return Hit(
        code=entry.code,
        name=entry.name,
        field=entry.field_name,
        summary=entry.summary,
        online=entry.online,
        elsewhere=entry.elsewhere,
        audience=entry.audience,
        settled_by=entry.agency or kinds,
        why=_("Còn gọi là: %(name)s") % {"name": match.title} if says_more else "",
    )


def _explained(typed: str, question: Question, index: Index, *, anything: bool) -> Explanation:
    reading, vocabulary = question.reading, index.vocabulary
    as_typed = {text.fold(word): word for word in typed.split()}

    def typed_words(folded: Iterable[str]) -> Iterator[str]:
        return (as_typed.get(word, word) for word in folded)

    corrected = tuple(
        (" ".join(typed_words(part.split())), " ".join(map(vocabulary.bare, read.split())))
        for part, read in reading.corrected
    )
    # Signs alone leave no word to look for: then all that was typed is unknown.
    unknown = tuple(typed_words(reading.unknown)) if reading.words else (typed,)
    if anything:
        return Explanation(corrected, question.said, unknown)
    like = [other for word in reading.unknown for other in vocabulary.like(word)[:SUGGESTIONS]]
    return Explanation(
        corrected,
        question.said,
        unknown,
        tuple(vocabulary.spelt(word) for word in like),
        _fields_near(reading.words, index.entries),
    )


def _fields_near(
    words: Sequence[str], entries: Iterable[SearchEntry]
) -> tuple[tuple[str, str], ...]:
    """Return the fields that the words name in part or with a slip, the likeliest first."""
    names = {entry.field_key: entry.field_name for entry in entries if entry.field_key}
    pairs = set(pairwise(words))
    near: list[tuple[float, str]] = []
    for key in names:
        own = key.split("-")
        likeness = fuzz.token_sort_ratio(" ".join(words), " ".join(own))
        named = pairs & set(pairwise(own)) or (len(own) == 1 and own[0] in words)
        if named or likeness >= LIKE_A_SLIP:
            near.append((-likeness, key))
    return tuple((key, names[key]) for _unlike, key in sorted(near)[:SUGGESTIONS])
