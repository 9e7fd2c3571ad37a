"""Words of people that an act needs."""

from motcua.kernel import text


class UnusableWords(Exception):
    """What has to be said was left out, or is longer than anybody reads."""


def required(words: str, *, most: int, missing: str, too_long: str) -> str:
    """
    Return the words in order.

    :raises UnusableWords: if there are none, or too many
    """
    said = text.clean_lines(words)
    if not said:
        raise UnusableWords(missing)
    if len(said) > most:
        raise UnusableWords(too_long)
    return said
