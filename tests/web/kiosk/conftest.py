"""The hall on a Tuesday morning."""

from datetime import timedelta

import pytest

from motcua.kernel import clock
from tests.builders import NOW
from tests.queues.lines import a_unit


@pytest.fixture(autouse=True)
def _tuesday_morning():
    """Let the city's clock stand about where the builders' people came."""
    clock.shift_by(NOW - clock.now())
    yield
    clock.shift_by(timedelta())


@pytest.fixture
def unit():
    """The one-stop unit of the ward Cái Khế."""
    return a_unit()


@pytest.fixture
def kiosk(client, unit):
    """Open a path of the unit's kiosk."""

    def opens(path="", **how):
        return client.get(f"/kiosk/{unit.pk}/{path}", **how)

    return opens
