"""The names an entry answers to: its own, its keywords, and what the synonyms call it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .entries import SearchEntry
from .synonyms import Synonyms
from .wording import words_of

# What follows says for whom or in which case, and is seldom asked for.
_TAIL_BEGINS = re.compile(
    r"\(|\[|;|/|\b(?:đối với|trong trường hợp|trường hợp|theo quy định|quy định tại"
    r"|thuộc thẩm quyền|thuộc phạm vi|thực hiện tại|của Bộ|do Bộ|theo đề nghị)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^[\s.]*thủ tục\s+", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-ZĐ]{3,6}\b")
HEAD_WORDS_MIN = 2


@dataclass(frozen=True)
class Title:
    """One name of an entry."""

    entry: int
    words: tuple[str, ...]  # folded
    head: int  # how many of the words are the head
    printed: str  # a keyword as it is written; empty: it is the name
    counts: bool  # whether its words make words less rare: the name itself, once

    @cached_property
    def heads(self) -> frozenset[str]:
        """Return the words of the head."""
        return frozenset(self.words[: self.head])


def titles_of(place: int, entry: SearchEntry, synonyms: Synonyms) -> Iterable[Title]:
    """Yield the name, once more with its abbreviations in full, the keywords, and the sayings."""
    bare = _OPENING.sub("", entry.name)
    written = [bare]
    if (in_full := _in_full(bare, synonyms)) != bare:
        written.append(in_full)
    for name in written:
        yield Title(place, words_of(name), len(words_of(head_of(name))), "", name is bare)
    for keyword in dict.fromkeys((*entry.keywords, *synonyms.of_procedures.get(entry.code, ()))):
        if words := words_of(keyword):
            yield Title(place, words, len(words), keyword, False)


def _in_full(name: str, synonyms: Synonyms) -> str:
    """Return the name with what its capitals stand for: TNHH, BHXH, TNLĐ."""

    def full(match: re.Match[str]) -> str:
        words = words_of(match[0])
        sayings = synonyms.at(words, 0) if words else ()
        return sayings[0].meant if sayings else match[0]

    return _CAPITALS.sub(full, name)


def head_of(name: str) -> str:
    """Return the name without "Thủ tục" and without its brackets and conditions."""
    bare = _OPENING.sub("", name)
    tail = _TAIL_BEGINS.search(bare)
    head = bare[: tail.start()] if tail else bare
    return head if len(head.split()) >= HEAD_WORDS_MIN else bare
