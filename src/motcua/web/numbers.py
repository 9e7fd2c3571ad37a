"""Whole numbers as addresses, boxes and buttons send them: read in one way, whatever was sent."""

_DIGITS_MAX = 18  # every such number is one that the database can look for


def whole(sent: str, *, digits_max: int = _DIGITS_MAX) -> int | None:
    """Return the number that was sent, or None where it is none, or longer than any of its kind."""
    is_one = sent.isascii() and sent.isdecimal() and len(sent) <= digits_max
    return int(sent) if is_one else None
