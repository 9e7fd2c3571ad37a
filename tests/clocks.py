"""The city's clock, moved for a test and put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from motcua.kernel import clock


@contextmanager
def the_clock_at(moment: datetime) -> Iterator[None]:
    """Let the clock show that moment, and run on from there."""
    clock.shift_by(timedelta())
    clock.shift_by(moment - clock.now())
    try:
        yield
    finally:
        clock.shift_by(timedelta())
