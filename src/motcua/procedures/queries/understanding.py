"""What a question asks for: the words as read, and the other ways to say them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from motcua.kernel import text

from .synonyms import Saying, Synonyms
from .wording import Reading, Vocabulary, words_of

SYNONYM = 0.97  # other words for it are a little less sure than the words themselves
REREAD = 0.9  # and corrected words less than typed ones
ENDINGS = 4  # how many ways to finish the last word are tried
MEANINGS = 3  # of one saying
WORDINGS = 6  # of one question
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
        Put in what the sayings mean, in each of their meanings: once with the longest sayings,
        and once with the shortest, which leave more of the words as they are.
        """
        longest, said = self._put_in(words, spelt, shortest=False)
        if not said:
            return [], ()
        shortest, _said = self._put_in(words, spelt, shortest=True)
        return list(dict.fromkeys((*longest, *shortest))), said

    def _put_in(
        self, words: Sequence[str], spelt: Sequence[str], *, shortest: bool
    ) -> tuple[list[Wording], tuple[tuple[str, str], ...]]:
        found: list[list[tuple[str, float]]] = [[]]
        said: list[tuple[str, str]] = []
        place = 0
        while place < len(words):
            sayings = self._sayings_at(words, place, spelt)
            if not sayings:
                found = [[*wording, (words[place], 1.0)] for wording in found]
                place += 1
                continue
            saying = sayings[-1 if shortest else 0]
            found = [
                [*wording, *_in_proportion(meaning, len(saying.words))]
                for wording in found
                for meaning in saying.meanings[:MEANINGS]
            ][:WORDINGS]
            said.append((saying.said, saying.meant))
            place += len(saying.words)
        return [tuple(wording) for wording in found], tuple(said)

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


def _as_typed(words: Sequence[str]) -> Wording:
    return tuple((word, 1.0) for word in words)


def _in_proportion(meaning: Sequence[str], words_said: int) -> list[tuple[str, float]]:
    share = min(1.0, (words_said + WORDS_MORE) / len(meaning))
    return [(word, share) for word in meaning]


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
