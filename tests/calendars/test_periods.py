"""Working hours that change, half days, and counts that run over them."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from motcua.calendars import working
from motcua.calendars.limits import Limit, LimitUnit
from motcua.calendars.working import BeyondTheCalendar, Hours, Session, WorkingCalendar
from motcua.kernel.clock import CITY_TIME

MORNING = Session(opens=time(7), closes=time(11))
AFTERNOON = Session(opens=time(13), closes=time(17))
LONG_MORNING = Session(opens=time(7), closes=time(12))
LONG_AFTERNOON = Session(opens=time(13), closes=time(18))

# The ward that worked longer for three months, and gave the afternoon of 18/7 off.
WARD = WorkingCalendar(
    hours=(
        Hours(since=date.min, sessions=(MORNING, AFTERNOON)),
        Hours(since=date(2025, 7, 18), sessions=(MORNING,)),
        Hours(since=date(2025, 7, 19), sessions=(MORNING, AFTERNOON)),
        Hours(since=date(2025, 7, 24), sessions=(LONG_MORNING, LONG_AFTERNOON)),
        Hours(since=date(2025, 10, 24), sessions=(MORNING, AFTERNOON)),
    ),
    weekend=frozenset({5, 6}),
    off=frozenset(),
    working=frozenset(),
)


def city(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_TIME)


def due(received: str, amount: str, unit: str = "working_day") -> datetime:
    return working.due_at(
        WARD, city(received), Limit(amount=Fraction(amount), unit=LimitUnit(unit))
    )


class TestHoursByPeriod:
    def test_are_those_of_the_day(self):
        assert WARD.sessions_on(date(2025, 7, 17)) == (MORNING, AFTERNOON)
        assert WARD.sessions_on(date(2025, 7, 18)) == (MORNING,)
        assert WARD.sessions_on(date(2025, 7, 24)) == (LONG_MORNING, LONG_AFTERNOON)
        assert WARD.sessions_on(date(2025, 7, 26)) == ()  # a Saturday

    @pytest.mark.parametrize(
        ("begins", "ends", "hours"),
        [
            ("17/07/2025 07:00", "18/07/2025 17:00", 12),
            ("23/07/2025 07:00", "24/07/2025 18:00", 18),
            ("23/10/2025 12:00", "24/10/2025 18:00", 13),
        ],
    )
    def test_are_worked_as_long_as_they_are(self, begins, ends, hours):
        assert working.worked_between(WARD, city(begins), city(ends)) == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("received", "amount", "ends"),
        [
            # In the afternoon that was given off: the day ends when its work does.
            ("17/07/2025 16:00", "1", "18/07/2025 11:00"),
            ("17/07/2025 16:00", "2", "21/07/2025 16:00"),
            # Half a day is half of the sessions of the day on which it falls.
            ("18/07/2025 07:00", "1/2", "18/07/2025 09:00"),
            ("24/07/2025 07:00", "1/2", "24/07/2025 12:00"),
            # At a clock time that is no working time any more: back to the close before it.
            ("23/10/2025 17:30", "1", "24/10/2025 17:00"),
            ("23/10/2025 11:30", "1", "24/10/2025 11:00"),
        ],
    )
    def test_end_a_limit_within_the_sessions_of_its_last_day(self, received, amount, ends):
        assert due(received, amount) == city(ends)

    def test_end_a_limit_at_the_opening_when_the_last_day_begins_later(self):
        later = WorkingCalendar(
            hours=(
                Hours(since=date.min, sessions=(MORNING, AFTERNOON)),
                Hours(since=date(2025, 7, 18), sessions=(AFTERNOON,)),
            ),
            weekend=frozenset({5, 6}),
            off=frozenset(),
            working=frozenset(),
        )
        one_day = Limit(amount=Fraction(1), unit=LimitUnit.WORKING_DAY)

        ends = working.due_at(later, city("17/07/2025 08:00"), one_day)

        assert ends == city("18/07/2025 13:00")

    def test_are_counted_on_by_hours(self):
        assert due("18/07/2025 10:00", "2", "hour") == city("21/07/2025 08:00")
        assert due("24/07/2025 17:00", "2", "hour") == city("25/07/2025 08:00")

    @pytest.mark.parametrize(
        "hours",
        [
            (),
            (Hours(since=date(2025, 1, 1), sessions=(MORNING,)),),
            (
                Hours(since=date.min, sessions=(MORNING,)),
                Hours(since=date.min, sessions=(AFTERNOON,)),
            ),
            (Hours(since=date.min, sessions=()),),
            (Hours(since=date.min, sessions=(AFTERNOON, MORNING)),),
        ],
    )
    def test_are_refused_when_a_time_lies_in_no_period_or_nobody_works(self, hours):
        with pytest.raises(ValueError, match=r"hours|sessions"):
            WorkingCalendar(hours=hours, weekend=frozenset(), off=frozenset(), working=frozenset())


class TestLongCounts:
    def test_take_more_years_as_they_need_them(self):
        calendar = WorkingCalendar.of(sessions=[MORNING, AFTERNOON])
        start = city("02/01/2024 09:00")

        in_turn = [working.add_worked(calendar, start, timedelta(hours=h)) for h in (8, 80_000, 8)]

        assert in_turn[0] == in_turn[2] == city("03/01/2024 09:00")
        assert working.worked_between(calendar, start, in_turn[1]) == timedelta(hours=80_000)

    def test_take_earlier_years_as_well(self):
        calendar = WorkingCalendar.of(sessions=[MORNING, AFTERNOON])
        working.next_working_moment(calendar, city("02/01/2024 09:00"))

        assert working.next_working_moment(calendar, city("03/01/1976 09:00")) == city(
            "05/01/1976 07:00"
        )

    @pytest.mark.parametrize("start", ["02/01/2500 09:00", "02/01/2600 09:00", "02/01/1800 09:00"])
    def test_end_where_the_years_do(self, start):
        calendar = WorkingCalendar.of(sessions=[MORNING, AFTERNOON])

        with pytest.raises(BeyondTheCalendar):
            working.add_worked(calendar, city(start), timedelta(hours=8000))

    def test_of_months_beyond_the_last_year_are_refused(self):
        with pytest.raises(BeyondTheCalendar):
            due("17/07/2025 16:00", "100000", "month")


# Fridays shorter, Saturdays in the morning.
SHORT_WEEK = WorkingCalendar.of(
    sessions=(MORNING, AFTERNOON),
    weekend={6},
    by_weekday={4: (MORNING,), 5: (MORNING,)},
)


class TestHoursOfAWeekday:
    def test_are_those_of_its_weekday_and_all_others_keep_theirs(self):
        assert SHORT_WEEK.sessions_on(date(2025, 7, 17)) == (MORNING, AFTERNOON)
        assert SHORT_WEEK.sessions_on(date(2025, 7, 18)) == (MORNING,)
        assert SHORT_WEEK.sessions_on(date(2025, 7, 19)) == (MORNING,)
        assert SHORT_WEEK.sessions_on(date(2025, 7, 20)) == ()

    @pytest.mark.parametrize(
        ("received", "amount", "unit", "ends"),
        [
            # Thursday 15:00: 2 hours, then 4 on Friday, 4 on Saturday, 2 on Monday.
            ("17/07/2025 15:00", "12", "hour", "21/07/2025 09:00"),
            # Nobody works on Friday at 15:00, so the day ends with its close.
            ("17/07/2025 15:00", "1", "working_day", "18/07/2025 11:00"),
            ("17/07/2025 15:00", "3", "working_day", "21/07/2025 15:00"),
            ("18/07/2025 14:00", "1", "working_day", "21/07/2025 07:00"),
        ],
    )
    def test_end_limits(self, received, amount, unit, ends):
        limit = Limit(amount=Fraction(amount), unit=LimitUnit(unit))
        assert working.due_at(SHORT_WEEK, city(received), limit) == city(ends)

    def test_of_a_weekday_without_any_are_no_hours(self):
        with pytest.raises(ValueError, match="sessions"):
            WorkingCalendar.of(sessions=(MORNING,), by_weekday={4: ()})
