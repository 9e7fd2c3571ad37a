"""The day on which the city reads its catalogue."""

from datetime import date

from motcua.kernel import clock


def today() -> date:
    """Return the city's date."""
    return clock.now().astimezone(clock.CITY_TIME).date()
