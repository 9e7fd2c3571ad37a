from datetime import UTC, datetime, timedelta

import pytest

from motcua.dossiers.lifecycle import DossierState
from motcua.web import words
from motcua.web.words import DeadlineState

NOW = datetime(2024, 10, 15, 2, tzinfo=UTC)  # 09:00 in the city


class TestADeadline:
    @pytest.mark.parametrize(
        ("left", "state", "said"),
        [
            (timedelta(days=6), DeadlineState.ONTIME, "Còn 6 ngày"),
            (timedelta(days=1), DeadlineState.DUE, "Còn 1 ngày"),
            (timedelta(hours=3), DeadlineState.DUE, "Còn 3 giờ"),
            (timedelta(0), DeadlineState.DUE, "Còn 1 giờ"),
            (-timedelta(hours=2), DeadlineState.OVERDUE, "Trễ 2 giờ"),
            (-timedelta(days=2), DeadlineState.OVERDUE, "Trễ 2 ngày"),
        ],
    )
    def test_says_what_is_left(self, left, state, said):
        shown = words.deadline(NOW + left, NOW)

        assert (shown.state, str(shown.words)) == (state, said)

    def test_that_stands_still_is_never_late(self):
        shown = words.deadline(NOW - timedelta(days=9), NOW, DeadlineState.PAUSED)

        assert shown.state is DeadlineState.PAUSED

    def test_that_nobody_has_set_is_not_shown(self):
        assert words.deadline(None, NOW) is None


class TestMoments:
    def test_are_shown_in_the_time_of_the_city(self):
        late_evening = datetime(2024, 10, 14, 17, 5, tzinfo=UTC)

        assert words.moment(late_evening) == "00:05, 15/10/2024"
        assert words.day(late_evening) == "15/10/2024"
        assert words.day("2024-10-06") == "06/10/2024"
        assert words.day(None) == ""


def test_every_state_of_a_dossier_has_a_word_for_the_citizen():
    assert set(DossierState.values) <= set(words.BADGES)
