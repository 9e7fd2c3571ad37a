"""Everyday words and abbreviations, and the legal words they stand for (data/synonyms.yaml)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.kernel import text
from motcua.procedures.definitions import InvalidDefinition, read_yaml

from .wording import words_of

SYNONYMS = Path(__file__).parents[1] / "data" / "synonyms.yaml"


@dataclass(frozen=True)
class Saying:
    """One way people say it, and what it may mean in the words of the catalogue."""

    said: str  # as written in the data, with accents
    words: tuple[str, ...]  # folded
    spellings: tuple[str, ...]  # with accents: what is typed with accents must agree
    meanings: tuple[tuple[str, ...], ...]  # folded words
    meant: str  # the first of them, as written in the data


@dataclass(frozen=True)
class Synonyms:
    """All sayings by their first word, the longest first; and the sayings of procedures."""

    sayings: Mapping[str, tuple[Saying, ...]]
    of_procedures: Mapping[str, tuple[str, ...]]  # by code

    @property
    def words(self) -> frozenset[str]:
        """Every word that begins or is part of a saying."""
        return frozenset(w for several in self.sayings.values() for s in several for w in s.words)

    def at(self, words: Sequence[str], place: int) -> tuple[Saying, ...]:
        """Return the sayings that stand in the words at that place, the longest first."""
        return tuple(
            saying
            for saying in self.sayings.get(words[place], ())
            if tuple(words[place : place + len(saying.words)]) == saying.words
        )


@cache
def synonyms() -> Synonyms:
    """Return the sayings of the catalogue, read once per process."""
    return read_synonyms(SYNONYMS.read_bytes(), source=SYNONYMS.name)


def read_synonyms(content: bytes, *, source: str) -> Synonyms:
    """
    Read `words` (legal words: the ways to say them) and `procedures` (code: the ways to say it).

    :raises InvalidDefinition: if a text is missing, empty, said twice for one meaning, or says
        what it means already
    """
    told = read_yaml(content, source=source)
    problems: list[str] = []
    if not isinstance(told, dict) or set(told) - {"words", "procedures"}:
        raise InvalidDefinition([f"{source}: cần words và procedures."])
    meanings = _texts_by_key(told.get("words", {}), f"{source}: words", problems)
    of_procedures = _texts_by_key(told.get("procedures", {}), f"{source}: procedures", problems)
    by_saying: dict[str, list[str]] = {}
    for meaning, said in meanings.items():
        for each in said:
            if words_of(each) == words_of(meaning):
                problems.append(f"{source}: «{each}» đã là «{meaning}».")
            by_saying.setdefault(each, []).append(meaning)
    if problems:
        raise InvalidDefinition(problems)
    return Synonyms(_by_first_word(by_saying), of_procedures)


def _texts_by_key(told: Any, at: str, problems: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(told, dict):
        problems.append(f"{at}: cần một nhóm.")
        return found
    for key, texts in told.items():
        if not isinstance(texts, list) or not texts:
            problems.append(f"{at}: {key}: cần một danh sách không rỗng.")
            continue
        if not all(isinstance(each, str) and text.fold(each) for each in (key, *texts)):
            problems.append(f"{at}: {key}: mỗi cách nói phải là chữ.")
            continue
        if len({text.clean(each).casefold() for each in texts}) < len(texts):
            problems.append(f"{at}: {key}: có cách nói viết hai lần.")
        found[key] = tuple(texts)
    return found


def _by_first_word(by_saying: Mapping[str, Sequence[str]]) -> dict[str, tuple[Saying, ...]]:
    found: dict[str, list[Saying]] = {}
    for said, meanings in by_saying.items():
        words = words_of(said)
        saying = Saying(
            said=said,
            words=words,
            spellings=tuple(text.spelling(said).split()),
            meanings=tuple(words_of(meaning) for meaning in meanings),
            meant=meanings[0],
        )
        found.setdefault(words[0], []).append(saying)
    return {
        first: tuple(sorted(several, key=lambda each: -len(each.words)))
        for first, several in found.items()
    }
