"""The one place that reads the system clock. Rooms are told the moment: `at=`."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

CITY_TIME = ZoneInfo("Asia/Ho_Chi_Minh")

_shift = timedelta()


def now() -> datetime:
    """Return the present moment in UTC, moved by the demonstration's shift if there is one."""
    return timezone.now() + _shift


def today() -> date:
    """Return the present day in the city."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """Return the city's day on which a moment falls."""
    return at.astimezone(CITY_TIME).date()


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the city."""
    return datetime.combine(day, time.min, CITY_TIME)


def midnight_after(day: date) -> datetime:
    """Return the moment at which a day ends in the city, which is the next one's first."""
    return midnight(day + timedelta(days=1))


def shift_by(delta: timedelta) -> None:
    """Move this process's clock. Called once, by wiring, and only in demonstrations."""
    global _shift
    _shift = delta
