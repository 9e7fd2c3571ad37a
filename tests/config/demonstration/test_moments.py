from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from motcua.calendars import seeds, working
from motcua.calendars.limits import AfterHours, Counting, FirstDay, Limit, LimitUnit, Rounding
from motcua.config.demonstration.moments import SecondsCalendar, seconds_of
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import PausePolicy

CALENDAR = seeds.shipped_calendar()
SECONDS = SecondsCalendar(CALENDAR, first=date(2022, 11, 1), last=date(2026, 12, 31))

moments = st.integers(
    seconds_of(datetime(2022, 12, 1, tzinfo=UTC)), seconds_of(datetime(2024, 12, 31, tzinfo=UTC))
)
amounts = st.one_of(
    st.builds(
        Limit,
        amount=st.sampled_from([Fraction(n, 2) for n in range(1, 61)]),
        unit=st.sampled_from([LimitUnit.HOUR, LimitUnit.WORKING_DAY]),
    ),
    st.builds(
        Limit,
        amount=st.integers(1, 6).map(Fraction),
        unit=st.sampled_from([LimitUnit.DAY, LimitUnit.MONTH]),
    ),
    st.just(
        Limit(amount=Fraction(1), unit=LimitUnit.WORKING_DAY, same_day_until=time(15)),
    ),
)


countings = st.builds(
    Counting,
    rounding=st.sampled_from(Rounding),
    first_day=st.sampled_from(FirstDay),
    after_hours=st.sampled_from(AfterHours),
)
limits = st.one_of(amounts, st.builds(replace, amounts, counting=countings))


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


class TestTheSecondsCalendar:
    @given(moments)
    def test_opens_when_the_office_opens(self, moment):
        assert at(SECONDS.next_working(moment)) == working.next_working_moment(CALENDAR, at(moment))

    @given(moments, moments)
    def test_counts_the_same_working_time(self, one, other):
        between = working.worked_between(CALENDAR, at(one), at(min(other, one + 90 * 86_400)))
        counted = SECONDS.worked(min(other, one + 90 * 86_400)) - SECONDS.worked(one)
        assert timedelta(seconds=counted) == between

    @given(moments, st.integers(0, 400_000))
    def test_ends_a_stretch_at_the_same_moment(self, start, seconds):
        ends = working.add_worked(CALENDAR, at(start), timedelta(seconds=seconds))
        assert at(SECONDS.add_worked(start, seconds)) == ends

    @given(moments, limits)
    def test_owes_the_result_at_the_same_moment(self, start, limit):
        assert at(SECONDS.due(start, limit)) == working.due_at(CALENDAR, at(start), limit)

    @given(
        moments,
        limits,
        st.sampled_from(PausePolicy),
        st.integers(0, 20 * 86_400),
        st.integers(0, 40 * 86_400),
    )
    def test_gives_a_pause_back_as_the_statutory_clock_does(
        self, start, limit, policy, until_pause, pause
    ):
        paused, resumed = start + until_pause, start + until_pause + pause
        told = clock.due_at(
            [
                ClockEvent(effect=ClockEffect.START, at=at(start)),
                ClockEvent(effect=ClockEffect.PAUSE, at=at(paused)),
                ClockEvent(effect=ClockEffect.RESUME, at=at(resumed)),
            ],
            limit=limit,
            policy=policy,
            calendar=CALENDAR,
        )
        end = SECONDS.after_pause(SECONDS.end(start, limit), paused, resumed, limit, policy)
        assert at(SECONDS.rounded(end, limit)) == told
