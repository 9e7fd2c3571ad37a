"""The city's calendar, first cut."""

from datetime import time
from functools import cache

from .working import WorkingCalendar


@cache
def city_calendar() -> WorkingCalendar:
    return WorkingCalendar(
        sessions=((time(7), time(11)), (time(13), time(17))),
        weekend=frozenset({5, 6}),
        off=frozenset(),
        working=frozenset(),
    )
