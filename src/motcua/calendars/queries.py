"""The calendar by which the city counts: what is shipped, and over it the city's own days."""

from datetime import date
from functools import lru_cache

from motcua.kernel.memory import remembered

from .models import CalendarDay
from .seeds import DayKind, laid_over, shipped_calendar
from .working import WorkingCalendar


@remembered(seconds=5)
def city_calendar() -> WorkingCalendar:
    """Return the calendar by which the city counts time limits."""
    return _calendar_with(tuple(CalendarDay.objects.order_by("day").values_list("day", "kind")))


# The same days make the same calendar, which keeps what it has counted.
@lru_cache(maxsize=4)
def _calendar_with(days: tuple[tuple[date, str], ...]) -> WorkingCalendar:
    return laid_over(shipped_calendar(), {day: DayKind(kind) for day, kind in days})
