"""What a question asks for: the words as read, and the other ways to say them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from operator import itemgetter

from motcua.kernel import text

from .synonyms import Saying, Synonyms
from .wording import Reading, Vocabulary, words_of

SYNONYM = 0.97  # other words for it are a little less sure than the words themselves
REREAD = 0.9  # and corrected words less than typed ones
ENDINGS = 4  # how many ways to finish the last word are tried
MEANINGS = 3  # of one saying
WORDINGS = 6  # of one reading
WORDS_MORE = 2  # legal words are more than everyday ones; so many more weigh in full


# Words, each with its share of weight: legal words for a short saying weigh, all together, hardly
# more than the saying, lest they drown what else was asked.
Wording = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Question:
    """The words as read, and the other ways to say them that the synonyms know."""

    reading: Reading
    wordings: tuple[tuple["Wording", float], ...]  # and how sure each is
    said: tuple[tuple[str, str], ...]  # (saying, legal words) that were put to use


class Understanding:
    """Reads questions with the words of one catalogue and the synonyms."""

    def __init__(
        self, vocabulary: Vocabulary, synonyms: Synonyms, pairs: Container[tuple[str, ...]]
    ) -> None:
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._pairs = pairs  # words that stand side by side in a title

    def question(self, typed: str, *, finished: bool) -> Question:
        """Return what may be meant; the last word may be unfinished."""
        words = words_of(typed)
        reading = self._vocabulary.read(words, finished=finished)
        known = all(word in self._vocabulary or word.isdigit() for word in words)
        changed = reading.words != words
        wordings: dict[Wording, float] = {}

        def offer(wording: Wording, sure: float) -> None:
            wordings[wording] = max(sure, wordings.get(wording, 0.0))

        said: tuple[tuple[str, str], ...] = ()
        if known or not changed:
            offer(_as_typed(words), 1.0)
            reworded, said = self._reworded(words, text.spelling(typed).split())
            for wording in reworded:
                offer(wording, SYNONYM)
        if not finished and words:
            for ending in self._vocabulary.endings(words)[:ENDINGS]:
                offer(_as_typed([*reading.words[:-1], ending]), REREAD)
        if changed:
            sure = REREAD if known else 1.0
            offer(_as_typed(reading.words), sure)
            reworded, also_said = self._reworded(reading.words, ())
            for wording in reworded:
                offer(wording, SYNONYM * sure)
            said = (*said, *(each for each in also_said if each not in said))
        return Question(_without_sayings(reading, said), tuple(wordings.items()), said)

    def _reworded(
        self, words: Sequence[str], spelt: Sequence[str]
    ) -> tuple[list[Wording], tuple[tuple[str, str], ...]]:
        """
        Put in what the sayings mean: each of them or not, in each of their meanings.

        Of all the ways to go through the words, those in the fewest steps are kept: the longest
        sayings know best what is meant.
        """
        sayings = [self._sayings_at(words, place, spelt) for place in range(len(words))]
        said = _put_to_use(sayings)
        if not said:
            return [], ()
        # For each place: in how many steps, and in which words, one may have come there.
        ways: list[list[tuple[int, Wording]]] = [[] for _place in range(len(words) + 1)]
        ways[0].append((0, ()))
        for place, word in enumerate(words):
            onward: list[tuple[int, Wording]] = [(1, ((word, 1.0),))]
            for saying in sayings[place]:
                length = len(saying.words)
                onward += [(length, _in_proportion(m, length)) for m in saying.meanings[:MEANINGS]]
            for steps, before in _fewest_steps(ways[place]):
                for length, after in onward:
                    ways[place + length].append((steps + 1, before + after))
        return [wording for _steps, wording in _fewest_steps(ways[-1])], said

    def _sayings_at(self, words: Sequence[str], place: int, spelt: Sequence[str]) -> list[Saying]:
        return [
            saying
            for saying in self._synonyms.at(words, place)
            if (len(saying.words) > 1 or not self._is_at_home(words, place))
            and _agrees(saying.spellings, spelt[place : place + len(saying.words)])
        ]

    def _is_at_home(self, words: Sequence[str], place: int) -> bool:
        """Whether the word makes sense beside its neighbour: mặt in nước mặt is not mất."""
        before, after = words[max(place - 1, 0) : place + 1], words[place : place + 2]
        return tuple(before) in self._pairs or tuple(after) in self._pairs


def _fewest_steps(ways: Sequence[tuple[int, Wording]]) -> list[tuple[int, Wording]]:
    return sorted(ways, key=itemgetter(0))[:WORDINGS]


def _put_to_use(sayings: Sequence[Sequence[Saying]]) -> tuple[tuple[str, str], ...]:
    """Return the longest sayings that stand one after the other, and what they mean."""
    said: list[tuple[str, str]] = []
    free_from = 0
    for place, here in enumerate(sayings):
        if here and place >= free_from:
            said.append((here[0].said, here[0].meant))
            free_from = place + len(here[0].words)
    return tuple(said)


def _as_typed(words: Sequence[str]) -> Wording:
    return tuple((word, 1.0) for word in words)


def _in_proportion(meaning: Sequence[str], words_said: int) -> Wording:
    share = min(1.0, (words_said + WORDS_MORE) / len(meaning))
    return tuple((word, share) for word in meaning)


def _agrees(spellings: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether the accents that were typed, if any, are those of the saying."""
    return len(typed) != len(spellings) or all(
        word.isascii() or word == spelling for word, spelling in zip(typed, spellings, strict=True)
    )


def _without_sayings(reading: Reading, said: Sequence[tuple[str, str]]) -> Reading:
    """A word understood as a saying is neither unknown nor corrected."""
    understood = {word for saying, _meaning in said for word in words_of(saying)}
    return Reading(
        reading.words,
        tuple(word for word in reading.unknown if word not in understood),
        tuple(each for each in reading.corrected if not understood.issuperset(each[0].split())),
    )
