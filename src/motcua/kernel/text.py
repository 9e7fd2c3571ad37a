"""Vietnamese text: cleaned as it enters, folded for search, keyed for sorting."""

import re
import unicodedata

# Invisible and never meant: soft hyphen, zero-width space, word joiner, byte order mark, and the
# marks that turn the direction of writing. The joiners of Khmer and of emoji stay.
_UNWANTED = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_MARKS = re.compile("[\u0300-\u036f]")  # of Latin letters; those of Khmer are its vowels
# i and y are one sound, and both are written, where the vowel stands alone (mỹ, mĩ; ý, í) and
# after qu (quý, quí). Elsewhere they tell words apart: thuý and thúi, tay and tai.
_Y_LIKE_I = re.compile(r"\b([bcdghklmnpqrstvx]*|qu)y\b|\bquy")

# What follows copies the Vietnamese order of ICU (CLDR), for PostgreSQL's "C" collation.
# Letters: ă after all that begins with a, so a{ after az.
_LETTERS = {
    "ă": "a{",
    "â": "a|",
    "đ": "d{",
    "ê": "e{",
    "ô": "o{",
    "ơ": "o|",
    "ư": "u{",
}
_LETTER_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn: other letters, not other tones
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_FOREIGN_MARK = "6"
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_SIGNS = {" ": "!"} | {sign: '"' + chr(ord("A") + place) for place, sign in enumerate(_PUNCTUATION)}
_LEVEL = " "  # below every sign, so that a shorter text comes first


def clean(text: str) -> str:
    """Return the text in NFC, on one line, without invisible characters or needless spaces."""
    visible = _CONTROL.sub(" ", _UNWANTED.sub("", text))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def clean_lines(text: str) -> str:
    """Return the text as `clean` does line by line, keeping single empty lines between."""
    lines = "\n".join(clean(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def fold(text: str) -> str:
    """
    Return the search key: lower case, no marks, đ as d, y as i where both are written, words
    and numbers parted by single spaces.

    Marks gone, it does not matter where the tone stood (hoà, hòa).
    """
    return _Y_LIKE_I.sub(_with_i, bare(text))


def bare(text: str) -> str:
    """Return the words as people type them without accents: as `fold` does, but y stays y."""
    decomposed = unicodedata.normalize("NFD", clean(text).lower()).replace("đ", "d")
    unmarked = unicodedata.normalize("NFC", _MARKS.sub("", decomposed))
    words = "".join(char if _is_word(char) else " " for char in unmarked)
    return " ".join(words.split())


def spelling(text: str) -> str:
    """
    Return the words as `fold` parts them, but with their marks: which accents were typed.

    The tone stands at the end of each word, so that hoà and hòa are one.
    """
    decomposed = unicodedata.normalize("NFD", clean(text).lower())
    words = "".join(char if _is_word(char) else " " for char in decomposed)
    return " ".join(_Y_LIKE_I.sub(_with_i, _tone_last(word)) for word in words.split())


def sort_key(text: str) -> str:
    """
    Return a key whose byte order is the Vietnamese order of the texts: first by letters
    (a ă â … d đ …), then by tones (none, huyền, hỏi, ngã, sắc, nặng), then small before capital.
    """
    return _key(clean(text)).rstrip(_LEVEL)


def name_sort_key(full_name: str) -> str:
    """Return a key that sorts as lists of people do: given name, family name, middle names."""
    words = clean(full_name).split(" ")
    given, family, middle = words[-1], " ".join(words[:-1][:1]), " ".join(words[1:-1])
    return _LEVEL.join(_key(part) for part in (given, family, middle)).rstrip(_LEVEL)


def _key(text: str) -> str:
    letters, tones, capitals = [], [], []
    for char, marks in _characters(text):
        small = char.lower()
        letters.append(_LETTERS.get(small) or _SIGNS.get(small) or small)
        tones.append(_tone(marks))
        capitals.append("0" if char == small else "1")
    # Texts that differ beyond the letters have equally many, so trailing noughts say nothing.
    levels = ["".join(letters), "".join(tones).rstrip("0"), "".join(capitals).rstrip("0")]
    return _LEVEL.join(levels)


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"


def _tone_last(word: str) -> str:
    tones = "".join(char for char in word if char in _TONES)
    letters = "".join(char for char in word if char not in _TONES)
    return unicodedata.normalize("NFC", letters) + tones


def _with_i(match: re.Match[str]) -> str:
    return match.group()[:-1] + "i"


def _characters(text: str) -> list[tuple[str, str]]:
    """Part each character from its tones: ấ is â with ´."""
    found: list[tuple[str, str]] = []
    for char in unicodedata.normalize("NFD", text):
        if not _MARKS.match(char) or not found:
            found.append((char, ""))
            continue
        base, marks = found[-1]
        letter = unicodedata.normalize("NFC", base + char)
        if char in _LETTER_MARKS and letter.lower() in _LETTERS:
            found[-1] = (letter, marks)
        else:
            found[-1] = (base, marks + char)
    return found


def _tone(marks: str) -> str:
    return _TONES.get(marks, _FOREIGN_MARK) if marks else "0"
