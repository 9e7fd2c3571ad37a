"""Finding a procedure by what people type: without accents, by keywords, with slips."""

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from motcua.kernel import text
from motcua.procedures.definitions import Version

from .versions import published

TYPO_SCORE_MIN = 80.0  # of 100, by rapidfuzz: one letter in five
TYPO_LETTERS_MIN = 3
CODE_DIGITS_MIN = 4
SEARCH_CHARACTERS_MAX = 200


def search(text_: str, on: date) -> list[Version]:
    """
    Return the procedures in force that the words may mean, the likeliest first.

    Accents are optional, but words that match with their accents come before words that match
    without; then the name before the everyday keywords, and these before the summary; then
    near misses, for slips of the finger.
    """
    wanted = text.clean(text_)[:SEARCH_CHARACTERS_MAX]
    folded = text.fold(wanted)
    if not folded:
        return []
    ranked = []
    for version in published(on):
        rank = _rank(_searchable(version), wanted.casefold(), folded)
        if rank is not None:
            ranked.append((rank, version.name, version))
    ranked.sort(key=lambda each: each[:2])
    return [version for _rank_, _name, version in ranked]


@dataclass(frozen=True)
class _Searchable:
    code: str
    accented: str
    name: str
    keywords: tuple[str, ...]
    rest: str

    @property
    def words(self) -> str:
        return " ".join((self.name, *self.keywords, self.rest))


_searchables: dict[int, _Searchable] = {}


def _searchable(version: Version) -> _Searchable:
    entry = _searchables.get(version.id)
    if entry is None:
        entry = _searchables[version.id] = _searchable_of(version)
    return entry


def _searchable_of(version: Version) -> _Searchable:
    return _Searchable(
        code=text.fold(version.code),
        accented=" ".join((version.name, *version.keywords)).casefold(),
        name=text.fold(version.name),
        keywords=tuple(text.fold(keyword) for keyword in version.keywords),
        rest=text.fold(f"{version.field_name} {version.result_name} {version.summary}"),
    )


def _rank(entry: _Searchable, wanted: str, folded: str) -> tuple[int, int, float] | None:
    """Place one procedure: (tier, accents, distance), lower is better; None: not at all."""
    accents = 0 if _has_phrase(entry.accented, wanted) else 1
    words = folded.split()
    if len(folded) >= CODE_DIGITS_MIN and _has_phrase(entry.code, folded):
        return (0, 0, 0.0)
    if _has_phrase(entry.name, folded):
        return (1 + accents, 0, len(entry.name))
    if any(_has_phrase(keyword, folded) for keyword in entry.keywords):
        return (1 + accents, 1, len(entry.name))
    if all(_has_phrase(entry.name, word) for word in words):
        return (3, accents, len(entry.name))
    if all(_has_phrase(entry.words, word) for word in words):
        return (4, accents, len(entry.name))
    likeness = min(_likeness(word, entry) for word in words)
    return (5, accents, -likeness) if likeness >= TYPO_SCORE_MIN else None


def _likeness(word: str, entry: _Searchable) -> float:
    """How near the word is to the nearest of the name and keywords, of 100."""
    near = " ".join((entry.name, *entry.keywords)).split()
    if len(word) < TYPO_LETTERS_MIN:
        return 100.0 if word in near else 0.0  # two letters are near to everything
    return max(fuzz.ratio(word, each) for each in near)


def _has_phrase(text_: str, phrase: str) -> bool:
    """Whether the phrase begins at a word: people stop typing in the middle of the last one."""
    return f" {phrase}" in f" {text_}"
