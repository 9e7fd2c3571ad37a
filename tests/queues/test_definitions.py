"""Who is called before whom, and how long people are told that it takes."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queues.definitions import in_calling_order, minutes_to_wait

MINUTE = timedelta(minutes=1)


def order(people: str, *, last_was_priority: bool = False) -> str:
    """Capital letters have priority."""
    called = in_calling_order(people, has_priority=str.isupper, last_was_priority=last_was_priority)
    return "".join(called)


class TestInCallingOrder:
    @pytest.mark.parametrize(
        ("people", "called"),
        [
            ("", ""),
            ("abc", "abc"),
            ("ABC", "ABC"),
            ("abA", "Aab"),
            ("abAB", "AaBb"),
            ("aABC", "AaBC"),
            ("abcA", "Aabc"),
        ],
    )
    def test_serves_the_two_lines_in_turn(self, people, called):
        assert order(people) == called

    def test_goes_on_with_whose_turn_it_is(self):
        assert order("abAB", last_was_priority=True) == "aAbB"

    @given(people=st.text("abcXYZ"), last=st.booleans())
    def test_loses_nobody_and_passes_nobody_of_ones_own_kind(self, people, last):
        called = order(people, last_was_priority=last)

        assert sorted(called) == sorted(people)
        for kind in (str.isupper, str.islower):
            assert list(filter(kind, called)) == list(filter(kind, people))

    @given(people=st.text("abcXYZ"), last=st.booleans())
    def test_never_calls_two_with_priority_while_somebody_else_waits(self, people, last):
        called = order(people, last_was_priority=last)

        for place, (one, following) in enumerate(itertools.pairwise(called)):
            if one.isupper() and following.isupper():
                assert called[place + 1 :].isupper()


class TestMinutesToWait:
    def test_is_not_known_before_three_were_served(self):
        assert minutes_to_wait([10 * MINUTE] * 2, ahead=4, counters=1) is None

    @pytest.mark.parametrize(
        ("ahead", "counters", "minutes"),
        [(0, 1, 10), (2, 1, 30), (3, 2, 20), (4, 2, 25), (5, 0, 60)],
    )
    def test_shares_the_median_among_the_counters(self, ahead, counters, minutes):
        times = [1 * MINUTE, 10 * MINUTE, 90 * MINUTE]

        assert minutes_to_wait(times, ahead=ahead, counters=counters) == minutes

    def test_rounds_up_to_five_minutes_and_never_says_none(self):
        assert minutes_to_wait([MINUTE] * 3, ahead=5, counters=1) == 10
        assert minutes_to_wait([timedelta()] * 3, ahead=0, counters=1) == 5

    def test_looks_at_the_last_twenty_only(self):
        times = [60 * MINUTE] * 30 + [5 * MINUTE] * 20

        assert minutes_to_wait(times, ahead=0, counters=1) == 5
