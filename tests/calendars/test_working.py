import itertools
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.calendars import seeds, working
from motcua.calendars.limits import Limit, LimitUnit
from motcua.calendars.working import Session, WorkingCalendar
from motcua.kernel.clock import CITY_TIME

CITY = seeds.shipped_calendar()
MOMENTS = st.datetimes(
    min_value=datetime(2023, 1, 1),  # noqa: DTZ001 - as hypothesis asks
    max_value=datetime(2027, 10, 1),  # noqa: DTZ001 - as hypothesis asks
    timezones=st.just(CITY_TIME),
)
DURATIONS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=20))
LIMITS = st.one_of(
    st.builds(
        Limit,
        amount=st.fractions(min_value=0, max_value=30, max_denominator=8),
        unit=st.sampled_from([LimitUnit.HOUR, LimitUnit.WORKING_DAY]),
    ),
    st.builds(
        Limit,
        amount=st.integers(min_value=0, max_value=60).map(Fraction),
        unit=st.sampled_from([LimitUnit.DAY]),
    ),
    st.builds(
        Limit,
        amount=st.integers(min_value=0, max_value=6).map(Fraction),
        unit=st.just(LimitUnit.MONTH),
    ),
    st.builds(
        Limit,
        amount=st.just(Fraction(1)),
        unit=st.just(LimitUnit.WORKING_DAY),
        same_day_until=st.times(),
    ),
)


def city(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_TIME)


def limit(amount: str, unit: str, **details) -> Limit:
    return Limit(amount=Fraction(amount), unit=LimitUnit(unit), **details)


def is_in_session(at: datetime) -> bool:
    """Closing time counts: a limit may end as the office closes."""
    local = at.astimezone(CITY_TIME)
    return any(s.opens <= local.time() <= s.closes for s in CITY.sessions_on(local.date()))


class TestDueAt:
    @pytest.mark.parametrize(
        ("received", "amount", "unit", "due"),
        [
            # domain knowledge: the holiday of 30/4 with its make-up Saturday, Tết, after hours
            ("25/04/2024 16:00", "3", "working_day", "03/05/2024 16:00"),
            ("25/04/2024 16:00", "4", "working_day", "04/05/2024 16:00"),
            ("24/01/2025 09:00", "1", "working_day", "03/02/2025 09:00"),
            ("15/10/2024 17:30", "1", "working_day", "17/10/2024 07:00"),
            # a make-up Saturday is a working day to receive on, too
            ("04/05/2024 09:00", "1", "working_day", "06/05/2024 09:00"),
            ("25/04/2025 10:00", "1", "working_day", "26/04/2025 10:00"),
            ("03/05/2024 16:00", "2", "hour", "04/05/2024 08:00"),
            # outside the sessions: before opening, in the lunch break, as they close, on a Sunday
            ("15/10/2024 06:15", "1", "working_day", "16/10/2024 07:00"),
            ("15/10/2024 12:00", "1", "working_day", "16/10/2024 13:00"),
            ("15/10/2024 11:00", "1", "hour", "15/10/2024 14:00"),
            ("15/10/2024 17:00", "1", "hour", "16/10/2024 08:00"),
            ("20/10/2024 10:00", "1", "working_day", "22/10/2024 07:00"),
            # hours are working hours; parts of a day are parts of its sessions
            ("15/10/2024 10:00", "8", "hour", "16/10/2024 10:00"),
            ("15/10/2024 10:00", "1", "hour", "15/10/2024 11:00"),
            ("15/10/2024 10:30", "1", "hour", "15/10/2024 13:30"),
            ("15/10/2024 08:00", "1/2", "working_day", "15/10/2024 14:00"),
            ("15/10/2024 14:00", "3/2", "working_day", "17/10/2024 08:00"),
            ("15/10/2024 14:00", "1/3", "hour", "15/10/2024 14:20"),
            ("15/10/2024 14:00", "0", "working_day", "15/10/2024 14:00"),
            # calendar days and months, moved off days off
            ("15/10/2024 14:00", "3", "day", "18/10/2024 14:00"),
            ("15/10/2024 14:00", "4", "day", "21/10/2024 14:00"),
            ("26/04/2024 14:00", "3", "day", "02/05/2024 14:00"),
            ("30/04/2024 14:00", "2", "day", "04/05/2024 07:00"),
            ("15/10/2024 14:00", "1", "month", "15/11/2024 14:00"),
            ("31/01/2024 14:00", "1", "month", "29/02/2024 14:00"),
            ("29/02/2024 14:00", "12", "month", "28/02/2025 14:00"),
            ("29/03/2024 14:00", "1", "month", "02/05/2024 14:00"),
        ],
    )
    def test_ends_where_the_law_says(self, received, amount, unit, due):
        ends = working.due_at(CITY, city(received), limit(amount, unit))

        assert ends == city(due)
        assert ends.tzinfo is UTC

    @pytest.mark.parametrize(
        ("received", "due"),
        [
            ("15/10/2024 09:00", "15/10/2024 17:00"),
            ("15/10/2024 15:00", "15/10/2024 17:00"),
            ("15/10/2024 15:01", "16/10/2024 17:00"),
            ("15/10/2024 06:00", "15/10/2024 17:00"),
            ("15/10/2024 20:00", "16/10/2024 17:00"),
            ("18/10/2024 15:30", "21/10/2024 17:00"),
            ("03/05/2024 15:30", "04/05/2024 17:00"),
            ("30/04/2024 09:00", "02/05/2024 17:00"),
        ],
    )
    def test_ends_on_the_day_itself_up_to_the_hour_of_the_procedure(self, received, due):
        same_day = limit("1", "working_day", same_day_until=time(15))

        assert working.due_at(CITY, city(received), same_day) == city(due)

    @pytest.mark.parametrize("unit", ["day", "month"])
    def test_knows_no_half_calendar_days(self, unit):
        with pytest.raises(working.NotAWholeNumber):
            working.due_at(CITY, city("15/10/2024 09:00"), limit("1/2", unit))

    @given(MOMENTS, LIMITS)
    def test_never_ends_outside_a_session_nor_before_it_began(self, start, limit):
        due = working.due_at(CITY, start, limit)

        assert is_in_session(due)
        assert due >= start

    @given(MOMENTS, MOMENTS, LIMITS)
    def test_ends_no_earlier_for_who_comes_later(self, one, other, limit):
        first, second = sorted([one, other])

        assert working.due_at(CITY, first, limit) <= working.due_at(CITY, second, limit)


class TestAddWorked:
    @given(MOMENTS, DURATIONS)
    def test_is_undone_by_worked_between(self, start, worked):
        end = working.add_worked(CITY, start, worked)

        assert working.worked_between(CITY, start, end) == worked
        assert is_in_session(end)

    @given(MOMENTS, DURATIONS, DURATIONS)
    def test_may_be_done_in_two_steps(self, start, first, second):
        pause = working.add_worked(CITY, start, first)
        in_two_steps = working.add_worked(CITY, pause, second)
        at_once = working.add_worked(CITY, start, first + second)

        # As a session closes and as the next one opens are one moment of working time.
        assert working.worked_between(CITY, in_two_steps, at_once) == timedelta()

    def test_ends_as_the_session_closes(self):
        eight = working.add_worked(CITY, city("15/10/2024 07:00"), timedelta(hours=8))

        assert eight == city("15/10/2024 17:00")


def stretches_from(at):
    """Yield what is left of each session from this moment on, for ever, in city time."""
    at = at.astimezone(CITY_TIME)
    day = CITY.working_day_from(at.date())
    while True:
        for session in CITY.sessions_on(day):
            opens = datetime.combine(day, session.opens, CITY_TIME)
            closes = datetime.combine(day, session.closes, CITY_TIME)
            if at < closes:
                yield max(at, opens), closes
        day = CITY.next_working_day(day)


class TestWorkedBetween:
    def test_counts_sessions_only(self):
        worked = working.worked_between(CITY, city("18/10/2024 10:00"), city("21/10/2024 08:00"))

        assert worked == timedelta(hours=6)

    @given(MOMENTS, DURATIONS)
    def test_is_the_sum_of_the_stretches(self, start, lasting):
        end = start + lasting
        stretches = itertools.takewhile(lambda s: s[0] < end, stretches_from(start))

        worked = sum((min(closes, end) - begins for begins, closes in stretches), timedelta())

        assert working.worked_between(CITY, start, end) == worked

    @given(MOMENTS, MOMENTS)
    def test_is_negative_backwards(self, one, other):
        there = working.worked_between(CITY, one, other)

        assert working.worked_between(CITY, other, one) == -there
        assert (there >= timedelta()) or (other < one)

    @given(MOMENTS, MOMENTS, MOMENTS)
    def test_adds_up(self, one, two, three):
        first, second, third = sorted([one, two, three])

        assert working.worked_between(CITY, first, second) + working.worked_between(
            CITY, second, third
        ) == working.worked_between(CITY, first, third)


class TestNextWorkingMoment:
    @pytest.mark.parametrize(
        ("at", "moment"),
        [
            ("15/10/2024 07:00", "15/10/2024 07:00"),
            ("15/10/2024 10:59", "15/10/2024 10:59"),
            ("15/10/2024 11:00", "15/10/2024 13:00"),
            ("15/10/2024 17:00", "16/10/2024 07:00"),
            ("27/04/2024 09:00", "02/05/2024 07:00"),
        ],
    )
    def test_is_now_or_when_the_office_opens(self, at, moment):
        assert working.next_working_moment(CITY, city(at)) == city(moment)


class TestWorkingCalendar:
    MORNING = Session(opens=time(7), closes=time(11))
    AFTERNOON = Session(opens=time(13), closes=time(17))

    @pytest.mark.parametrize(
        ("sessions", "weekend"),
        [
            ((), {5, 6}),
            ((AFTERNOON, MORNING), {5, 6}),
            ((Session(opens=time(9), closes=time(9)),), {5, 6}),
            ((MORNING,), set(range(7))),
        ],
    )
    def test_is_refused_when_nobody_would_ever_work(self, sessions, weekend):
        with pytest.raises(ValueError, match=r"sessions|somebody"):
            WorkingCalendar.of(sessions=sessions, weekend=weekend)

    def test_works_on_a_made_up_day_whatever_else_it_is(self):
        saturday = date(2024, 5, 4)
        calendar = WorkingCalendar.of(sessions=[self.MORNING], off={saturday}, working={saturday})

        assert calendar.is_working_day(saturday)
        assert calendar.day_length == timedelta(hours=4)
