from datetime import UTC, datetime, timedelta

import pytest

from motcua.config import shifted_clock

START = datetime.fromisoformat("2024-10-15T09:00+07:00")
FIRST = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


@pytest.fixture
def anchor(tmp_path):
    return tmp_path / "var" / "clock.json"


def test_shows_the_chosen_moment_at_the_first_start(anchor):
    assert FIRST + shifted_clock.shift(anchor, start=START, at=FIRST) == START


def test_runs_on_across_restarts(anchor):
    shifted_clock.shift(anchor, start=START, at=FIRST)

    later = FIRST + timedelta(days=3, hours=2)

    shown = later + shifted_clock.shift(anchor, start=START, at=later)
    assert shown == START + timedelta(days=3, hours=2)


def test_begins_anew_at_another_moment(anchor):
    shifted_clock.shift(anchor, start=START, at=FIRST)
    other, later = START + timedelta(days=30), FIRST + timedelta(hours=1)

    assert later + shifted_clock.shift(anchor, start=other, at=later) == other


def test_begins_anew_when_the_anchor_cannot_be_read(anchor):
    shifted_clock.shift(anchor, start=START, at=FIRST)
    anchor.write_text("{")

    later = FIRST + timedelta(hours=1)
    assert later + shifted_clock.shift(anchor, start=START, at=later) == START
