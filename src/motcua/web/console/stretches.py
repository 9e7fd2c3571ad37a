"""Stretches of a day as people write them, a line each: 07:00-11:00, 7h30 - 11h."""

import re
from datetime import time

from django.utils.translation import gettext as _

_STRETCH = re.compile(r"\s*([0-9]{1,2})[:hg]([0-9]{2})?\s*[-–—]\s*([0-9]{1,2})[:hg]([0-9]{2})?\s*")


class NoStretch(ValueError):
    """A line says no stretch of a day."""


def stretches(text: str) -> list[tuple[time, time]]:
    """
    Return when each stretch begins and ends, in the order of the lines; empty lines say nothing.

    :raises NoStretch: with what to do, if a line cannot be read
    """
    try:
        return [_read(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        raise NoStretch(_("Mỗi dòng ghi một buổi, ví dụ 07:00-11:00.")) from None


def _read(line: str) -> tuple[time, time]:
    told = _STRETCH.fullmatch(line)
    if told is None:
        raise ValueError(line)
    opens, opens_minute, closes, closes_minute = (int(part or 0) for part in told.groups())
    return time(opens, opens_minute), time(closes, closes_minute)
