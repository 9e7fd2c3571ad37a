"""
Which procedures the words may mean, by weight: an inverted index, made once per catalogue.

An entry stands under its name and under each of its keywords ("titles"). A title weighs by the
rare words and pairs of words it shares with the question; the head of a name (before "đối với",
"trường hợp", brackets) more than its tail. Field, result and agency only lend a missing word.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import TypeVar

from motcua.kernel import text

from .entries import SearchEntry
from .synonyms import Synonyms
from .titles import Title, titles_of
from .understanding import Question, Understanding, Wording
from .wording import PHRASES_KEPT, Reading, Vocabulary, words_of

HEAD = 1.0
TAIL = 0.8
LENT = 0.45  # a word found only in the field, the result or the agency
PAIR = 0.7  # what a pair of neighbouring words counts beside its words
NEAR_PAIR = 0.5  # of that, with one other word between
FILLER = 0.12  # what "làm", "xin", "cho tôi" weigh
PRECISION = 0.3  # how much of a score hangs on how much of the title was asked for
ACCENTS = 0.25  # how much of a score hangs on the accents, if any were typed
INITIAL = 0.95  # what a match of initials counts
COVERED_MIN = 0.32  # of the weight of the words asked for
SCORE_MIN = 0.15
WORTH_SHOWING = 0.45  # of the best score
FOUND_MAX = 200
CODE_DIGITS_MIN = 4
INITIALS = range(3, 7)
INITIALS_OF_WORDS_MAX = 14

_DIGITS = re.compile(r"\d+")
_LIKE_A_CODE = re.compile(r"[\d.\s]+")

FILLERS = frozenset(
    word
    for words in (
        "thu tuc lam xin muon toi em minh ban anh chi o dau nhu the nao gi can nhung cac cua",
        "va voi de thi ma bi la ve tai trong duoc di khi bao nhieu giup hoi cach moi nguoi",
        "theo vao ra nay do hay hoac co cho",
    )
    for word in words.split()
)

Key = TypeVar("Key", str, tuple[str, str])
_NOWHERE: dict[int, float] = {}


@dataclass(frozen=True)
class Match:
    """An entry with its weight and what made it match."""

    entry: int
    score: float
    title: str  # the keyword that matched, empty if it was the name


class Index:
    """All entries, ready to be asked."""

    def __init__(self, entries: Sequence[SearchEntry], synonyms: Synonyms) -> None:
        self.entries = entries
        self._called = synonyms.of_procedures
        self._titles = [
            title
            for place, entry in enumerate(entries)
            for title in titles_of(place, entry, synonyms)
        ]
        # How heavy a word or pair is in each title that has it.
        self._with_word: dict[str, dict[int, float]] = defaultdict(dict)
        self._with_pair: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        self._with_initials: dict[str, list[int]] = defaultdict(list)
        self._spellings = [self._spelt(entry) for entry in entries]
        self._by_digits = {
            "".join(_DIGITS.findall(entry.code)): place for place, entry in enumerate(entries)
        }
        self._weigh()
        for place, title in enumerate(self._titles):
            self._post(place, title)
        self.vocabulary = Vocabulary(self._phrases(synonyms), (entry.name for entry in entries))
        self._understanding = Understanding(self.vocabulary, synonyms, self._with_pair)

    def ask(
        self, typed: str, *, finished: bool = False, allowed: Container[int] | None = None
    ) -> tuple[Question, list[Match]]:
        """
        Return how the words were understood, and the entries that match, the best first.

        `allowed` are the entries to choose among, all unless said.
        """
        allowed = range(len(self.entries)) if allowed is None else allowed
        words = words_of(typed)
        known_at_once = self._by_code(typed) or self._by_initials(words)
        if found := [match for match in known_at_once if match.entry in allowed]:
            return Question(Reading(words, (), ()), (), ()), found[:FOUND_MAX]
        question = self._understanding.question(typed, finished=finished)
        best: dict[int, Match] = {}
        for wording, sure in question.wordings:
            for match in self._matches(wording, sure, allowed):
                if match.entry not in best or match.score > best[match.entry].score:
                    best[match.entry] = match
        least = WORTH_SHOWING * max((match.score for match in best.values()), default=0.0)
        worthy = [match for match in best.values() if match.score >= max(least, SCORE_MIN)]
        ranked = sorted(worthy, key=self._order)[:FOUND_MAX]
        if not typed.isascii():
            spelt = [(word, text.fold(word)) for word in text.spelling(typed).split()]
            meant = [text.spelling(meaning).split() for _saying, meaning in question.said]
            judged = (self._by_accents(match, spelt, meant) for match in ranked)
            ranked = sorted((match for match in judged if match), key=self._order)
        return question, ranked

    def _order(self, match: Match) -> tuple[float, int, str]:
        entry = self.entries[match.entry]
        return (-match.score, len(entry.name), entry.code)

    def _matches(self, wording: Wording, sure: float, allowed: Container[int]) -> Iterable[Match]:
        words = [word for word, _share in wording]
        weights: dict[str, float] = {}
        for word, share in wording:
            filler = FILLER if word in FILLERS else 1.0
            weight = self._rarity.get(word, self._rarest) * filler * share
            weights[word] = max(weight, weights.get(word, 0.0))
        asked = sum(weights.values())
        scores = self._scores_by_words(weights, COVERED_MIN * asked)
        titles = self._titles
        alive = {
            place: score
            for place, score in scores.items()
            if score >= COVERED_MIN * asked and titles[place].entry in allowed
        }
        for pair in dict.fromkeys(pairwise(words)):
            both = weights[pair[0]] + weights[pair[1]]
            weight = PAIR * min(self._rarity_of_pair.get(pair, self._rarest), both)
            asked += weight
            _add(alive, self._with_pair.get(pair, _NOWHERE), weight)
        for place in nlargest(2 * FOUND_MAX, alive, key=alive.__getitem__):
            title = titles[place]
            shared = sum(
                self._rarity.get(word, self._rarest) for word in weights if word in title.heads
            )
            precision = shared / self._weight_of_head[place]
            covered = alive[place] / asked
            score = covered * (1 - PRECISION + PRECISION * precision)
            if title.printed:  # a keyword speaks for a question that it covers, not for its half
                score *= covered
            prior = 1 + (self.entries[title.entry].prior - 1) * covered
            yield Match(title.entry, score * sure * prior, title.printed)

    def _scores_by_words(self, weights: Mapping[str, float], floor: float) -> dict[int, float]:
        """
        Return what each title has of the words, leaving out titles that cannot reach the floor.

        Rare words first: once those left weigh less than the floor together, a title that has
        none of the words so far is lost, and the long lists of the frequent words are not walked.
        """
        scores: dict[int, float] = {}
        left = sum(weights.values())
        for word, weight in sorted(weights.items(), key=lambda each: -each[1]):
            with_word = self._with_word.get(word, _NOWHERE)
            if left < floor:
                _add(scores, with_word, weight)
            else:
                for place, heavy in with_word.items():
                    scores[place] = scores.get(place, 0.0) + weight * heavy
            left -= weight
        return scores

    def _by_code(self, typed: str) -> list[Match]:
        digits = "".join(_DIGITS.findall(typed))
        if len(digits) < CODE_DIGITS_MIN or not _LIKE_A_CODE.fullmatch(typed.strip()):
            return []
        found = [
            Match(place, 2.0 if known == digits else 1.0, "")
            for known, place in self._by_digits.items()
            if digits in known
        ]
        return sorted(found, key=self._order)

    def _by_initials(self, words: Sequence[str]) -> list[Match]:
        """Return the entries whose names have these initials in a row: dkks, đăng ký khai sinh."""
        if len(words) != 1 or words[0] in self.vocabulary:
            return []
        places = self._with_initials.get(words[0], ())
        found = [Match(place, INITIAL * self.entries[place].prior, "") for place in places]
        return sorted(found, key=self._order)

    def _by_accents(
        self, match: Match, spelt: Sequence[tuple[str, str]], meant: Iterable[Sequence[str]]
    ) -> Match | None:
        """
        Return the match as the typed accents weigh it; None if it only has other words.

        One that was meant by a saying need not have the words of the saying.
        """
        accented, bare = self._spellings[match.entry]
        judged = [word for word, folded in spelt if folded in bare]
        if not judged:
            return match
        right = sum(word in accented for word in judged) / len(judged)
        if not right and not any(
            sum(word in accented for word in meaning) * 2 > len(meaning) for meaning in meant
        ):
            return None
        return Match(match.entry, match.score * (1 - ACCENTS + ACCENTS * right), match.title)

    # Making

    def _phrases(self, synonyms: Synonyms) -> Iterable[Sequence[str]]:
        for title in self._titles:
            yield title.words
        for name in {entry.field_name for entry in self.entries}:
            yield words_of(name)
        for several in synonyms.sayings.values():
            for saying in several:
                yield saying.words

    def _spelt(self, entry: SearchEntry) -> tuple[frozenset[str], frozenset[str]]:
        """Return the words that the entry goes by, with their accents and without."""
        called = self._called.get(entry.code, ())
        texts = " ".join((entry.name, entry.field_name, *entry.keywords, *called))
        pairs = [_spellings_of(word) for word in texts.split()]
        return (
            frozenset(word for accented, _bare in pairs for word in accented),
            frozenset(word for _accented, bare in pairs for word in bare),
        )

    def _weigh(self) -> None:
        """The rarer a word is among the names, the more it says."""
        count = max(len(self.entries), 1)
        names = [title for title in self._titles if title.counts]
        of_words = Counter(word for title in names for word in set(title.words))
        of_pairs = Counter(pair for title in names for pair in set(pairwise(title.words)))
        self._rarest = math.log(1 + count)
        self._rarity = _rarity(of_words, count)
        self._rarity_of_pair = _rarity(of_pairs, count)
        self._weight_of_head = [
            sum(self._rarity.get(word, self._rarest) for word in title.heads)
            for title in self._titles
        ]

    def _post(self, place: int, title: Title) -> None:
        heavy: dict[str, float] = {}
        for position, word in enumerate(title.words):
            heavy.setdefault(word, HEAD if position < title.head else TAIL)
        if not title.printed:
            entry = self.entries[title.entry]
            for lent in (entry.field_name, *entry.lends):
                for word in words_of(lent):
                    heavy.setdefault(word, LENT)
            self._post_initials(title)
        for word, weight in heavy.items():
            self._with_word[word][place] = weight
        pairs = dict.fromkeys(pairwise(title.words), 1.0)
        for pair in zip(title.words, title.words[2:], strict=False):
            pairs.setdefault(pair, NEAR_PAIR)
        for pair, weight in pairs.items():
            self._with_pair[pair][place] = weight

    def _post_initials(self, title: Title) -> None:
        heads = title.words[: min(title.head, INITIALS_OF_WORDS_MAX)]
        initials = "".join(word[0] for word in heads)
        for length in INITIALS:
            for start in range(len(initials) - length + 1):
                known = self._with_initials[initials[start : start + length]]
                if not known or known[-1] != title.entry:
                    known.append(title.entry)


@lru_cache(maxsize=PHRASES_KEPT)
def _spellings_of(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(text.spelling(written).split()), tuple(text.fold(written).split())


def _add(scores: dict[int, float], heavy_in: Mapping[int, float], weight: float) -> None:
    """Add to the titles that have a score already."""
    if len(heavy_in) < len(scores):
        for place, heavy in heavy_in.items():
            if place in scores:
                scores[place] += weight * heavy
    else:
        for place in scores:
            if place in heavy_in:
                scores[place] += weight * heavy_in[place]


def _rarity(counted: Mapping[Key, int], count: int) -> dict[Key, float]:
    return {key: math.log(1 + count / times) for key, times in counted.items()}
