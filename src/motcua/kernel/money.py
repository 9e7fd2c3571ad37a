"""Money: whole đồng, as figures and as words."""

import re

_MARK = re.compile(r"\s*(?:₫|đ|đồng|vnd|vnđ)$", re.IGNORECASE)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)")
_CHARACTERS_MAX = 100  # no amount has more; Python reads no number of thousands of figures
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:(?P<separator>[., ])\d{3})(?:(?P=separator)\d{3})*")

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


class NotAnAmount(ValueError):
    """The text is not an amount of đồng, or could be read as more than one."""


def grouped(number: int) -> str:
    """Return a number with its thousands parted as Vietnamese does: `1.250.000`."""
    return f"{number:,}".replace(",", ".")


def format_dong(amount: int) -> str:
    """Return the amount as it is printed: `1.250.000 ₫`, with a space that does not break."""
    return f"{grouped(amount)}\N{NO-BREAK SPACE}₫"


def parse_dong(text: str) -> int:
    """
    Read an amount as people write it: 1250000, 1.250.000, 1,250,000, 1 250 000, with or without ₫.

    A lone `1.250` may be a thousand or a fraction. Only the mark of the đồng, which has no
    fractions, settles that; and for `1,250` nothing does.

    :raises NotAnAmount: if it is no whole amount, or not one only
    """
    bare = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    figures = _MARK.sub("", bare)
    if len(figures) > _CHARACTERS_MAX:
        raise NotAnAmount(text)
    if not re.fullmatch(r"[-0-9., ]+", figures):  # \d would take the digits of any script
        raise NotAnAmount(text)
    if _PLAIN.fullmatch(figures):
        return int(figures)
    grouped = _GROUPED.fullmatch(figures)
    if grouped is None:
        raise NotAnAmount(text)
    separator = grouped["separator"]
    is_marked = figures != bare
    if figures.count(separator) == 1 and separator != " " and not (separator == "." and is_marked):
        raise NotAnAmount(text)
    return int(figures.replace(separator, ""))


def in_words(amount: int) -> str:
    """Return the amount as receipts spell it: `một triệu hai trăm năm mươi nghìn đồng`."""
    sign = ["âm"] if amount < 0 else []
    return " ".join([*sign, *(_number(abs(amount)) or [_DIGITS[0]]), "đồng"])


def _number(number: int, *, goes_on: bool = False) -> list[str]:
    """Return the words for a number, none for 0. One that goes on names its empty places."""
    billions, rest = divmod(number, _BILLION)
    words = [*_number(billions, goes_on=goes_on), "tỷ"] if billions else []
    goes_on = goes_on or bool(billions)
    for power in (2, 1, 0):
        group, rest = divmod(rest, 1000**power)
        if group:
            words += _group(group, goes_on=goes_on)
            words += [_THOUSANDS[power]] if power else []
            goes_on = True
    return words


def _group(group: int, *, goes_on: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or goes_on else []
    return words + _below_a_hundred(rest, goes_on=bool(words))


def _below_a_hundred(number: int, *, goes_on: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return ([*(["lẻ"] if goes_on else []), _DIGITS[ones]]) if ones else []
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 5:
        return [*words, "lăm"]
    if tens > 1 and ones == 1:
        return [*words, "mốt"]
    if tens > 1 and ones == 4:
        return [*words, "tư"]
    return [*words, _DIGITS[ones]] if ones else words
