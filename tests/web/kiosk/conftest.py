"""The hall on a Tuesday morning."""

import pytest

from tests.builders import NOW
from tests.clocks import the_clock_at
from tests.queues.lines import a_unit


@pytest.fixture(autouse=True)
def _tuesday_morning():
    """Let the city's clock stand about where the builders' people came."""
    with the_clock_at(NOW):
        yield


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
