from datetime import UTC, datetime, timedelta

import pytest

from motcua.kernel import clock


@pytest.fixture
def unshifted(monkeypatch):
    monkeypatch.setattr(clock, "_shift", timedelta())


def test_now_is_the_system_clock_in_utc(unshifted):
    before = datetime.now(UTC)

    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().utcoffset() == timedelta()


def test_a_demonstration_lives_in_another_year(unshifted):
    clock.shift_by(timedelta(days=-700))

    assert abs(datetime.now(UTC) - clock.now() - timedelta(days=700)) < timedelta(seconds=5)
