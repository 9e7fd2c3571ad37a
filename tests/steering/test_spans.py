"""Whatever days are asked for, each is read once, as part of a year, a month or by itself."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.steering.queries.counts import _spans

DAY = timedelta(days=1)
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
DAWN = date(2019, 1, 1)  # nothing was counted before it


def days_in(table: str, condition: str) -> list[date]:
    first, *last = [date.fromisoformat(each) for each in re.findall(r"\d{4}-\d\d-\d\d", condition)]
    if table == "steering_year":
        first, end = DAWN, first - DAY
    else:
        [end] = last
    if table == "steering_month":
        # A month counts by its first day.
        assert first.day == 1
        end = (end.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY
    return [first + n * DAY for n in range((end - first).days + 1)]


@given(st.one_of(st.none(), DAYS), DAYS)
def test_each_day_is_read_once(first, last):
    read = [day for span in _spans(first, last) for day in days_in(*span)]
    since = DAWN if first is None else first
    assert sorted(read) == [since + n * DAY for n in range((last - since).days + 1)]


@given(DAYS)
def test_a_long_history_is_read_by_years(last):
    rows = {"steering_year": 0, "steering_month": 0, "steering_day": 0}
    for span in _spans(None, last):
        rows[span.table] += len(days_in(*span))
    assert rows["steering_month"] <= 366
    assert rows["steering_day"] <= 30
