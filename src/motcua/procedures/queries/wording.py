"""
What was typed, as words of the catalogue: slips of the finger, leftovers of typing methods,
words run together or broken, and the last word that is still being typed.

A word may be wrong and still be a word ("sin" for "sinh"), so words are judged by their
neighbours: of all spellings in question, the chain is taken whose pairs the catalogue knows best.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from motcua.kernel import text

# What it costs to read a word otherwise than typed, in the coin that a well-known pair earns.
COST_OF_LEFTOVER = 0.5  # Telex or VNI marks that a typing method left behind
COST_OF_ENDING = 1.2  # the last word, not yet finished
COST_OF_SLIP = 1.6  # one letter missing, doubled, swapped or wrong
COST_OF_TWO_SLIPS = 3.4
COST_OF_FALSE_START = 1.0  # the first letter is rarely the wrong one
COST_OF_UNKNOWN = 6.0
COST_OF_REREADING = 1.0  # to doubt a word that the catalogue knows
PAIR_KNOWN = 1.0

LETTERS_MIN_TO_DOUBT = 3
LETTERS_MIN_FOR_TWO_SLIPS = 6
LETTERS_MAX = 24  # no word is longer, and two run together are not
ENDINGS_MAX = 6
PHRASES_KEPT = 32_768  # a changed catalogue has nearly all its names from before

_VNI = re.compile(r"(?<=[a-z])[0-9]+(?=[a-z]|$)")
_ONSET = re.compile(r"(dd|ngh|gh|gi|kh|ng|nh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?")
_TELEX_MARKS = re.compile(r"(?<=[aeiouyw])([a-z]*?)[sfrxj]")
_DOUBLED_VOWELS = re.compile(r"([aeo])\1")


@dataclass(frozen=True)
class Reading:
    """What was typed, as it was understood."""

    words: tuple[str, ...]
    unknown: tuple[str, ...]  # words that nothing in the catalogue resembles
    corrected: tuple[tuple[str, str], ...]  # (as typed, as read)


class Vocabulary:
    """All words of the catalogue and which follow which, made once for each state of it."""

    def __init__(self, phrases: Iterable[Sequence[str]], printed: Iterable[str] = ()) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        for phrase in phrases:
            self.words.update(phrase)
            self.pairs.update(pairwise(phrase))
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for each in printed:
            for word in text.clean(each).casefold().split():
                self._spellings[text.fold(word)][word] += 1
        self._by_shortening: dict[str, list[str]] = defaultdict(list)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for word, _count in self.words.most_common():
            for shorter in _shortened(word):
                self._by_shortening[shorter].append(word)
            for length in range(1, len(word)):
                if len(self._by_beginning[word[:length]]) < ENDINGS_MAX:
                    self._by_beginning[word[:length]].append(word)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for (first, second), _count in self.pairs.most_common():
            self._by_first[first].append(second)
        self._long = [word for word in self.words if len(word) >= LETTERS_MIN_FOR_TWO_SLIPS - 1]

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def read(self, typed: Sequence[str], *, finished: bool) -> Reading:
        """Return the words most likely meant; the last one may be unfinished."""
        parts = self._rejoined(self._parted(typed))
        choices = [
            self._choices(parts, place, finished=finished or place < len(parts) - 1)
            for place in range(len(parts))
        ]
        words = self._likeliest(choices)
        corrected = [(part, word) for part, word in zip(parts, words, strict=True) if part != word]
        if "".join(typed) == "".join(words) and tuple(typed) != tuple(words):
            corrected.append((" ".join(typed), " ".join(words)))
        unknown = tuple(word for word in words if word not in self.words and not word.isdigit())
        return Reading(tuple(words), unknown, tuple(corrected))

    def like(self, word: str) -> list[str]:
        """Return the words that one slip of the finger would turn into this one."""
        found = {}
        for shorter in _shortened(word):
            for other in self._by_shortening.get(shorter, ()):
                if other != word and other not in found:
                    found[other] = OSA.distance(word, other, score_cutoff=1) <= 1
        return [other for other, near in found.items() if near]

    def spelt(self, word: str) -> str:
        """Return the word with the accents it has most often."""
        known = self._spellings.get(word)
        return known.most_common(1)[0][0] if known else word

    def bare(self, word: str) -> str:
        """Return the word as people write it without accents: quyen, where the key is quien."""
        return text.bare(self.spelt(word))

    def endings(self, words: Sequence[str]) -> list[str]:
        """Return how the last word may go on, by how well it follows the one before."""
        *before, begun = words
        if begun.isdigit() or (begun in self.words and len(begun) >= LETTERS_MIN_TO_DOUBT):
            return []
        if not before:
            return self._by_beginning.get(begun, [])
        following = self._by_first.get(before[-1], ())
        return [word for word in following if word.startswith(begun) and word != begun]

    def _choices(
        self, parts: Sequence[str], place: int, *, finished: bool
    ) -> list[tuple[str, float]]:
        word = parts[place]
        known = word in self.words
        if word.isdigit() or (known and self._is_at_home(parts, place)):
            return [(word, 0.0)]
        begun = not finished and len(word) < LETTERS_MIN_TO_DOUBT  # hardly ever a whole word
        doubt = COST_OF_REREADING if known and not begun else 0.0
        costs = {word: (COST_OF_ENDING if begun else 0.0) if known else COST_OF_UNKNOWN}

        def offer(other: str, cost: float) -> None:
            if other in self.words:
                costs[other] = min(cost + doubt, costs.get(other, math.inf))

        for other in _without_leftovers(word):
            offer(other, COST_OF_LEFTOVER)
        if not finished:
            for other in self._by_beginning.get(word, ()):
                offer(other, COST_OF_ENDING)
        if len(word) >= LETTERS_MIN_TO_DOUBT and len(word) <= LETTERS_MAX:
            near = self.like(word)
            for other in near:
                false_start = COST_OF_FALSE_START if other[0] != word[0] else 0.0
                offer(other, COST_OF_SLIP + false_start)
            if not near and not known and len(word) >= LETTERS_MIN_FOR_TWO_SLIPS:
                for other in self._long:
                    if OSA.distance(word, other, score_cutoff=2) <= 2:
                        offer(other, COST_OF_TWO_SLIPS)
        return list(costs.items())

    def _is_at_home(self, parts: Sequence[str], place: int) -> bool:
        """Whether a neighbour is known to stand beside the word."""
        before = (parts[place - 1], parts[place]) if place else None
        after = (parts[place], parts[place + 1]) if place + 1 < len(parts) else None
        if before is None and after is None:
            return True
        return before in self.pairs or after in self.pairs

    def _likeliest(self, choices: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
        """Return the cheapest chain (Viterbi)."""
        if not choices:
            return []
        chains = {word: (cost - self._frequency(word), [word]) for word, cost in choices[0]}
        for options in choices[1:]:
            longer = {}
            for word, cost in options:
                own = cost - self._frequency(word)
                total, chain = min(
                    (
                        (before_cost + own - self._bond(before, word), before_chain)
                        for before, (before_cost, before_chain) in chains.items()
                    ),
                    key=lambda each: each[0],
                )
                longer[word] = (total, [*chain, word])
            chains = longer
        return min(chains.values(), key=lambda each: each[0])[1]

    def _bond(self, before: str, word: str) -> float:
        count = self.pairs.get((before, word), 0)
        return PAIR_KNOWN + math.log1p(count) / 3 if count else 0.0

    def _frequency(self, word: str) -> float:
        return math.log1p(self.words.get(word, 0)) / 20

    def _parted(self, typed: Sequence[str]) -> list[str]:
        """Part words that were run together: khaisinh."""
        parts: list[str] = []
        for word in typed:
            if (
                word in self.words
                or len(word) < 5
                or len(word) > 3 * LETTERS_MAX
                or word.isdigit()
                or self.like(word)
            ):
                parts.append(word)
            else:
                parts.extend(self._segments(word) or [word])
        return parts

    def _segments(self, word: str) -> list[str]:
        best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 7), end):
                before, part = best[start], word[start:end]
                part = text.fold(part) if part.endswith("y") else part
                if before is None or len(part) < 2 or part not in self.words:
                    continue
                bond = self._bond(before[1][-1], part) if before[1] else 0.0
                score = before[0] + 3.0 - bond - self._frequency(part)
                if (known := best[end]) is None or score < known[0]:
                    best[end] = (score, [*before[1], part])
        return best[-1][1] if best[-1] else []

    def _rejoined(self, typed: Sequence[str]) -> list[str]:
        """Join a word that was broken in two: kh ai sinh."""
        parts = list(typed)
        place = 0
        while place + 1 < len(parts):
            first, second = parts[place], parts[place + 1]
            joined = first + second
            both_known = first in self.words and second in self.words
            lonely = (first, second) not in self.pairs
            breakable = not (first.isdigit() or second.isdigit())
            if (
                joined in self.words
                and breakable
                and lonely
                and (not both_known or min(len(first), len(second)) == 1)
            ):
                parts[place : place + 2] = [joined]
            else:
                place += 1
        return parts


@lru_cache(maxsize=PHRASES_KEPT)
def words_of(phrase: str) -> tuple[str, ...]:
    """Return the folded words, with Roman numbers as people type them."""
    words = text.fold(phrase).split()
    for place, word in enumerate(words):
        if word in _ARABIC:
            words[place] = _ARABIC[word]
        elif word == "i" and place and words[place - 1] in _RANKED:  # else it is y, as in y tế
            words[place] = "1"
    return tuple(words)


_ARABIC = {"ii": "2", "iii": "3", "iv": "4"}  # V and VI are letters and words as well
_RANKED = {"cap", "loai", "hang", "nhom"}


def _shortened(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _without_leftovers(word: str) -> list[str]:
    """Return what a typing method would have made of it: dang1 ky1, ddawng kys, quye62n."""
    if word.isalpha():
        found = [_without_telex(word)]
    else:
        bare = _VNI.sub("", word)
        found = [bare, _without_telex(bare)] if bare.isalpha() else []
    return [other for each in found if (other := text.fold(each)) != word]


def _without_telex(word: str) -> str:
    onset = _ONSET.match(word)
    assert onset is not None  # it may be empty
    rest = word[onset.end() :]
    first = "d" if onset.group() == "dd" else onset.group()
    while (shorter := _TELEX_MARKS.sub(r"\1", rest)) != rest:
        rest = shorter
    if "dd" in rest:
        rest = rest.replace("dd", "d")
    # w is a mark after a vowel (uw, ow, aw) and a vowel of its own else (chwng).
    rest = re.sub(r"(?<=[aou])w", "", rest).replace("w", "u")
    return first + _DOUBLED_VOWELS.sub(r"\1", rest)
