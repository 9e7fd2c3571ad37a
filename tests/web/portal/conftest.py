"""The day on which the portal's tests happen, and where their files go."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from tests.clocks import the_clock_at


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_builders():
    """An hour after what the builders did: the office is open, and the law is that of the day."""
    with the_clock_at(NOW + timedelta(hours=1)):
        yield


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path
