"""A day in three boxes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.web import days


def boxes(year="", month="", day=""):
    return {"on-year": year, "on-month": month, "on-day": day}


def test_is_read_however_it_is_padded():
    assert days.posted_day(boxes("2024", "9", " 2 "), "on") == date(2024, 9, 2)


def test_is_none_where_nothing_is_typed():
    assert days.posted_day({}, "on") is None
    assert days.typed_day(boxes("", " ", ""), "on") == ""


@pytest.mark.parametrize(
    "typed",
    [
        ("2024", "02", "30"),
        ("2024", "13", "1"),
        ("2024", "", "1"),
        ("x", "1", "1"),
        ("0", "1", "1"),
        ("99999999999", "1", "1"),
    ],
)
def test_is_refused_where_the_calendar_has_none(typed):
    with pytest.raises(days.NoSuchDay, match="không có trong lịch"):
        days.posted_day(boxes(*typed), "on")


def test_is_asked_for_where_one_is_needed():
    assert days.required_day(boxes("2024", "9", "2"), "on") == date(2024, 9, 2)
    with pytest.raises(days.NoSuchDay, match="Hãy ghi đủ") as lacking:
        days.required_day(boxes(" "), "on")
    assert lacking.value.key == "on"


@given(st.dictionaries(st.sampled_from(["on-year", "on-month", "on-day"]), st.text(max_size=8)))
def test_what_is_typed_comes_back_into_its_boxes(posted):
    typed = days.typed_day(posted, "on")
    parts = days.date_parts(typed)

    for part in ("year", "month", "day"):
        sent = posted.get(f"on-{part}", "").strip().replace("-", "")
        assert parts[part] in (sent, sent.zfill(2))
