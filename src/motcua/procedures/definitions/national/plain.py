"""Text as the national portal prints it: without markup, and the words that mean nothing."""

import html
import re
import unicodedata
from typing import Any

from motcua.kernel import text

from .procedure import Mark

NOTHING = "Không có thông tin"  # what the portal prints in an empty cell

CHARACTERS_MAX = 250_000  # five times the longest seen; beyond, it is no field of a procedure

# For the square brackets of patterns: Python knows no classes of capital and small letters.
_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA))]
CAPITAL = "".join(letter for letter in _LETTERS if letter.isupper())
SMALL = "".join(letter for letter in _LETTERS if letter.islower())

_ELEMENTS = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</?[a-z][^<>]*>|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_CHROME = re.compile(r"Từ khóa.*", re.DOTALL)  # the portal's own page, under the last field


def without_markup(printed: str) -> str:
    """Return the text in NFC; scripts go with what is in them, other tags leave their text."""
    printed = unicodedata.normalize("NFC", printed)
    if _ENTITY.search(printed):
        printed = html.unescape(printed)
    if "<" not in printed:
        return printed
    return _TAGS.sub("", _ELEMENTS.sub(" ", _BREAKS.sub("\n", printed)))


def line(printed: str) -> str:
    """Return the text on one line."""
    return text.clean(without_markup(printed))


def lines(printed: str) -> str:
    """Return the text with its lines."""
    return text.clean_lines(without_markup(printed))


def cell(original: dict[str, Any], key: str) -> tuple[str | None, Mark]:
    """Return what stands under the key, empty if nothing; None and unread if it is no text."""
    printed = original.get(key, "")
    if printed is None:
        return "", Mark.ABSENT
    if not isinstance(printed, str) or len(printed) > CHARACTERS_MAX:
        return None, Mark.UNREAD
    printed = without_markup(printed)
    if printed.strip() in ("", NOTHING, "--"):
        return "", Mark.ABSENT
    return printed, Mark.READ


def one_line(original: dict[str, Any], key: str) -> tuple[str, Mark]:
    """Read a field that is one line of text."""
    printed, mark = cell(original, key)
    return text.clean(printed or ""), mark


def several_lines(original: dict[str, Any], key: str) -> tuple[str, Mark]:
    """Read a field that is running text; the portal's own page under it is cut off."""
    printed, mark = cell(original, key)
    if not printed:
        return "", mark
    body = text.clean_lines(_without_chrome(printed))
    return (body, mark) if body not in ("", NOTHING) else ("", Mark.ABSENT)


def _without_chrome(printed: str) -> str:
    # Only with the portal's own words after it: "Từ khóa" may also be said in a text.
    return _CHROME.sub("", printed) if "Mô tả" in printed.partition("Từ khóa")[2] else printed


def words(original: dict[str, Any], key: str) -> tuple[tuple[str, ...], Mark]:
    """Read a list parted by commas; those within brackets part nothing."""
    printed, mark = one_line(original, key)
    return tuple(part for part in (each.strip() for each in _parts(printed)) if part), mark


def _parts(printed: str) -> list[str]:
    parts, depth = [""], 0
    for piece in re.split(r"([(),])", printed):
        depth = max(0, depth + {"(": 1, ")": -1}.get(piece, 0))
        if piece == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
