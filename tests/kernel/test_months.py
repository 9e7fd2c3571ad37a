from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.months import month_after, months_between

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(DAYS)
def test_the_month_after_begins_the_day_after_this_one_ends(day):
    following = month_after(day)

    assert following.day == 1
    last = following - timedelta(days=1)
    assert (last.year, last.month) == (day.year, day.month)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2023, 12, 31), date(2024, 2, 1), [(2023, 12), (2024, 1), (2024, 2)]),
        (date(2024, 2, 29), date(2024, 2, 1), [(2024, 2)]),
        (date(2024, 3, 1), date(2024, 2, 29), []),
    ],
)
def test_months_between_two_days_are_those_that_hold_one_of_them(first, last, months):
    assert [(each.year, each.month) for each in months_between(first, last)] == months
