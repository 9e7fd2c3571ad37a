"""The day on which the portal's tests happen, and where their files go."""

from datetime import timedelta

import pytest

from motcua.kernel import clock
from tests.builders import NOW


@pytest.fixture(autouse=True)
def _it_is_the_day_of_the_builders():
    """An hour after what the builders did: the office is open, and the law is that of the day."""
    clock.shift_by(timedelta())
    clock.shift_by(NOW + timedelta(hours=1) - clock.now())
    yield
    clock.shift_by(timedelta())


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path
