"""Whatever days are asked for, each is read once, as part of a year, a month or by itself."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.steering.queries.spans import Days, Unit, spans

DAY = timedelta(days=1)
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
DAWN = date(2019, 1, 1)


def days_in(condition: str) -> list[date]:
    first, end = [date.fromisoformat(each) for each in re.findall(r"\d{4}-\d\d-\d\d", condition)]
    return [first + n * DAY for n in range((end - first).days)]


@given(DAYS, DAYS)
def test_each_day_is_read_once(first, last):
    days = Days(first, last + DAY)
    read = [day for _unit, where in spans(days) for day in days_in(where)]
    assert sorted(read) == [first + n * DAY for n in range((last - first).days + 1)]


@given(DAYS, DAYS)
def test_months_and_years_are_read_whole(first, last):
    for unit, where in spans(Days(first, last + DAY)):
        days = days_in(where)
        assert days[0] == unit.begin(days[0])
        assert unit.begin(days[-1] + DAY) == days[-1] + DAY


@given(DAYS)
def test_a_long_history_is_read_by_years(last):
    rows = dict.fromkeys(Unit, 0)
    for unit, where in spans(Days(DAWN, last + DAY)):
        rows[unit] += len(days_in(where))
    assert rows[Unit.MONTH] < 366
    assert rows[Unit.DAY] < 31
