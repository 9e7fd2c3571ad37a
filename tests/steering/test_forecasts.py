"""What a year will end with: worked by hand, tried on worlds that are known, and bounded."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.steering.definitions.targets import Share, back_test, forecast
from motcua.steering.definitions.targets.forecasts import (
    miss_of_late,
    passed_part,
    rate_of_late,
)

from .months import months, whole

YEAR_ENDS = date(2024, 12, 31)
FLAT = months(2023, *[(40, 100)] * 12)

counts = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
years = st.lists(counts, min_size=1, max_size=12)


class TestTheForecast:
    def test_of_an_even_year_goes_on_evenly(self):
        made = forecast(
            FLAT | months(2024, *[(50, 100)] * 6), until=date(2024, 6, 30), last=YEAR_ENDS
        )

        assert made.to_come == 600
        assert made.share == Fraction(1, 2)
        assert made.still_to_file(Fraction(1, 2)) == 300
        assert made.still_to_file(Fraction(3, 4)) == 600
        assert made.still_to_file(Fraction(9, 10)) == 780  # more than will come

    def test_follows_the_seasons_of_last_year(self):
        seasons = months(2023, *[(10, 50)] * 6, *[(30, 150)] * 6)

        made = forecast(
            seasons | months(2024, *[(20, 100)] * 6), until=date(2024, 6, 30), last=YEAR_ENDS
        )

        assert made.to_come == 1800

    def test_counts_the_days_of_a_month_that_runs(self):
        assert passed_part(FLAT, None, until=date(2024, 6, 15), last=YEAR_ENDS) == Fraction(11, 24)

    def test_takes_the_seasons_of_the_city_for_an_agency_that_had_few(self):
        few = months(2023, *[(1, 2)] * 6)
        city = months(2023, *[(1, 100)] * 11, (1, 900))

        assert passed_part(few, city, until=date(2024, 11, 30), last=YEAR_ENDS) == Fraction(11, 20)

    def test_takes_days_where_nobody_knows_of_seasons(self):
        part = passed_part({}, None, until=date(2024, 1, 31), last=YEAR_ENDS)

        assert part == Fraction(31, 366)

    def test_expects_the_rest_as_the_last_three_months_were(self):
        this_year = months(2024, (0, 100), (0, 100), (60, 100), (60, 100), (60, 100))

        assert rate_of_late(this_year, date(2024, 5, 31)) == Fraction(3, 5)

    def test_looks_further_back_where_few_came(self):
        this_year = months(2024, (10, 40), (1, 1), (1, 1), (1, 1))

        assert rate_of_late(this_year, date(2024, 4, 30)) == Fraction(13, 43)

    def test_is_what_came_once_the_year_is_over(self):
        told = months(2023, *[(1, 3)] * 12)

        made = forecast(told, until=date(2023, 12, 31), last=date(2023, 12, 31))

        assert (made.share, made.low, made.high, made.to_come) == (
            Fraction(1, 3), Fraction(1, 3), Fraction(1, 3), 0,
        )  # fmt: skip

    def test_says_nothing_where_nothing_came(self):
        assert forecast(FLAT, until=date(2024, 3, 31), last=YEAR_ENDS) is None

    def test_is_wider_where_months_differed_more(self):
        calm = months(2024, *[(50, 100)] * 6)
        wild = months(2024, (20, 100), (80, 100), (30, 100), (70, 100), (40, 100), (60, 100))

        assert miss_of_late(wild, date(2024, 6, 30)) > miss_of_late(calm, date(2024, 6, 30))

    def test_is_never_surer_than_chance_allows(self):
        calm = months(2024, *[(50, 100)] * 6)

        # The deviation of 100 throws of a coin: 5 points.
        assert miss_of_late(calm, date(2024, 6, 30)) == Fraction(5, 100)

    @given(last_year=st.lists(counts, min_size=12, max_size=12), this_year=years)
    def test_lies_within_its_bounds_and_within_what_can_be(self, last_year, this_year):
        told = months(2023, *last_year) | months(2024, *this_year)
        until = max(told).replace(day=28)

        made = forecast(told, until=until, last=YEAR_ENDS)

        so_far = whole(share for month, share in told.items() if month.year == 2024)
        if not so_far.received:
            assert made is None
            return
        assert 0 <= made.low <= made.share <= made.high <= 1
        assert made.so_far == so_far
        assert made == forecast(dict(reversed(told.items())), until=until, last=YEAR_ENDS)

    @given(this_year=years, target=st.fractions(0, 1, max_denominator=1000))
    def test_says_how_many_make_it_and_no_more(self, this_year, target):
        made = forecast(
            FLAT | months(2024, *this_year),
            until=date(2024, len(this_year), 28),
            last=YEAR_ENDS,
        )
        if made is None:
            return
        wanted = made.still_to_file(target)

        assert made.so_far.online + wanted >= target * made.received
        if wanted:
            assert made.so_far.online + wanted - 1 < target * made.received


class TestTheBackTest:
    def test_finds_no_miss_in_an_even_world(self):
        tried = back_test(FLAT, year=2023, last=date(2023, 12, 31))

        assert len(tried) == 11
        assert all(each.held and each.miss < Fraction(1, 1000) for each in tried)

    def test_misses_a_leap_that_nobody_could_foresee(self):
        leap = months(2023, *[(10, 100)] * 6, *[(90, 100)] * 6)

        tried = back_test(leap, year=2023, last=date(2023, 12, 31))

        june = next(each for each in tried if each.until == date(2023, 6, 30))
        assert june.came == Fraction(1, 2)
        assert june.miss > Fraction(3, 10)
        assert not june.held

    def test_knows_nothing_of_what_came_later(self):
        world = months(2023, *[(10, 100)] * 6, *[(90, 100)] * 6)
        other = months(2023, *[(10, 100)] * 6, *[(0, 100)] * 6)

        expected = {
            each.until: each.expected
            for each in back_test(world, year=2023, last=date(2023, 12, 31))
        }
        for each in back_test(other, year=2023, last=date(2023, 12, 31))[:6]:
            assert expected[each.until] == each.expected

    def test_has_nothing_to_try_without_dossiers(self):
        assert back_test({}, year=2023, last=date(2023, 12, 31)) == []


@pytest.mark.parametrize(
    ("online", "received", "tenths"),
    [(1, 3, 333), (2, 3, 667), (1, 2000, 1), (1, 2001, 0), (913, 1000, 913), (5, 5, 1000)],
)
def test_a_share_is_told_in_tenths_halves_up(online, received, tenths):
    assert Share(online=online, received=received).tenths == tenths


def test_no_share_is_told_of_nothing():
    assert Share().tenths is None
    assert Share().is_of_few
