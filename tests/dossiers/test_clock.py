"""The statutory clock by tables of dates, and by properties over all pauses."""

from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.calendars import seeds, working
from motcua.calendars.limits import Limit, LimitUnit
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import PausePolicy

CITY = seeds.shipped_calendar()
START, PAUSE, RESUME, STOP, *_ = ClockEffect
RESTART = PausePolicy.RESTART


def city(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_TIME)


def limit(amount: int | str, unit: str, until: time | None = None) -> Limit:
    return Limit(amount=Fraction(amount), unit=LimitUnit(unit), same_day_until=until)


THREE_DAYS = limit(3, "working_day")
SAME_DAY = limit(1, "working_day", time(15))


def due(
    *moments: datetime, within: Limit = THREE_DAYS, policy: PausePolicy = PausePolicy.RESUME
) -> datetime:
    """Start at the first moment; after it pause and resume by turns."""
    effects = [START] + [PAUSE, RESUME] * len(moments)
    events = [ClockEvent(effect=e, at=at) for e, at in zip(effects, moments, strict=False)]
    return clock.due_at(events, limit=within, policy=policy, calendar=CITY)


class TestDueAt:
    @pytest.mark.parametrize(
        ("received", "within", "expected"),
        [
            # Around 30 April 2024: the Monday swapped for a Saturday, two holidays.
            ("25/04/2024 16:00", limit(3, "working_day"), "03/05/2024 16:00"),
            ("25/04/2024 16:00", limit(4, "working_day"), "04/05/2024 16:00"),
            # Over Tết 2025.
            ("24/01/2025 09:00", limit(1, "working_day"), "03/02/2025 09:00"),
            # After closing: as if received the next morning.
            ("15/10/2024 17:30", limit(1, "working_day"), "17/10/2024 07:00"),
            # In the lunch hour: as if received in the afternoon.
            ("15/10/2024 12:00", limit(1, "working_day"), "16/10/2024 13:00"),
            ("15/10/2024 15:00", SAME_DAY, "15/10/2024 17:00"),
            ("15/10/2024 15:01", SAME_DAY, "16/10/2024 17:00"),
            ("18/10/2024 15:01", SAME_DAY, "21/10/2024 17:00"),
            ("15/10/2024 09:00", limit(8, "hour"), "16/10/2024 09:00"),
            # Calendar days that end on a Sunday end on Monday.
            ("15/10/2024 09:00", limit(5, "day"), "21/10/2024 09:00"),
            ("31/01/2024 09:00", limit(1, "month"), "29/02/2024 09:00"),
        ],
    )
    def test_without_a_pause_is_what_the_calendar_says(self, received, within, expected):
        assert due(city(received), within=within) == city(expected)

    @pytest.mark.parametrize(
        ("moments", "expected"),
        [
            # Asked at once on Friday, answered on Monday at the same hour: one working day later.
            (["25/04/2024 16:00", "26/04/2024 16:00", "02/05/2024 16:00"], "04/05/2024 16:00"),
            # Answered on the holiday: only the last hour of Friday was lost.
            (["25/04/2024 16:00", "26/04/2024 16:00", "30/04/2024 10:00"], "03/05/2024 17:00"),
            # Asked at the end of a day and answered that night: nobody worked meanwhile.
            (["14/10/2024 09:00", "14/10/2024 17:00", "15/10/2024 06:00"], "17/10/2024 09:00"),
            # Over lunch: the same.
            (["14/10/2024 09:00", "14/10/2024 11:00", "14/10/2024 13:00"], "17/10/2024 09:00"),
            # Two rounds: each is given back.
            (
                [
                    "14/10/2024 09:00",
                    "15/10/2024 09:00",
                    "15/10/2024 10:00",
                    "16/10/2024 09:00",
                    "17/10/2024 09:00",
                ],
                "18/10/2024 10:00",
            ),
            # Over Tết 2025.
            (["23/01/2025 09:00", "24/01/2025 09:00", "03/02/2025 09:00"], "05/02/2025 09:00"),
        ],
    )
    def test_gives_back_the_working_time_of_a_pause(self, moments, expected):
        assert due(*map(city, moments)) == city(expected)

    def test_stands_while_a_pause_is_open(self):
        received = city("14/10/2024 09:00")

        assert due(received, city("15/10/2024 09:00")) == due(received)

    def test_of_calendar_days_gives_back_the_nights_as_well(self):
        moments = map(city, ["14/10/2024 09:00", "15/10/2024 09:00", "17/10/2024 09:00"])

        assert due(*moments, within=limit(10, "day")) == city("28/10/2024 09:00")

    def test_under_the_other_policy_begins_anew(self):
        moments = map(city, ["14/10/2024 09:00", "16/10/2024 09:00", "21/10/2024 14:00"])

        assert due(*moments, policy=RESTART) == city("24/10/2024 14:00")

    @pytest.mark.parametrize("policy", list(PausePolicy))
    def test_gives_nothing_back_to_who_asks_late(self, policy):
        received = city("14/10/2024 09:00")

        late = due(received, city("17/10/2024 09:01"), city("30/10/2024 09:00"), policy=policy)

        assert late == due(received)

    @pytest.mark.parametrize("policy", list(PausePolicy))
    def test_is_not_changed_by_a_pause_of_no_time(self, policy):
        received, asked = city("14/10/2024 09:00"), city("15/10/2024 09:00")

        assert due(received, asked, asked, policy=policy) == due(received)

    def test_is_not_changed_by_the_stop(self):
        start = ClockEvent(effect=START, at=city("14/10/2024 09:00"))
        stop = ClockEvent(effect=STOP, at=city("15/10/2024 09:00"))

        stopped = clock.due_at([start, stop], limit=THREE_DAYS, policy=RESTART, calendar=CITY)

        assert stopped == due(start.at)

    @pytest.mark.parametrize("effects", [[], [PAUSE], [RESUME, START]])
    def test_of_a_clock_that_was_never_started_is_an_error(self, effects):
        events = [ClockEvent(effect=e, at=city("14/10/2024 09:00")) for e in effects]

        with pytest.raises(ValueError, match="not been started"):
            clock.due_at(events, limit=THREE_DAYS, policy=RESTART, calendar=CITY)


LIMITS = st.sampled_from(
    [SAME_DAY, THREE_DAYS, limit(8, "hour"), limit("0.5", "working_day"), limit(10, "day")]
)
GAPS = st.lists(st.timedeltas(timedelta(), timedelta(days=6)), max_size=8)
STARTS = st.datetimes(
    datetime(2024, 1, 2),  # noqa: DTZ001 - as hypothesis asks
    datetime(2025, 6, 1),  # noqa: DTZ001 - as hypothesis asks
    timezones=st.just(CITY_TIME),
)


def moments_of(start: datetime, gaps: list[timedelta]) -> list[datetime]:
    moments = [start]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    return moments


class TestForEveryHistory:
    @given(STARTS, GAPS, LIMITS, st.sampled_from(PausePolicy))
    def test_a_pause_never_brings_the_promise_forward(self, start, gaps, within, policy):
        moments = moments_of(start, gaps)

        promises = [
            due(*moments[:n], within=within, policy=policy) for n in range(1, len(moments) + 1)
        ]

        assert promises == sorted(promises)

    @given(STARTS, GAPS, LIMITS)
    def test_a_pause_gives_back_no_more_than_it_took(self, start, gaps, within):
        moments = moments_of(start, gaps)
        paused = sum(
            (
                working.worked_between(CITY, a, b)
                for a, b in zip(moments[1::2], moments[2::2], strict=False)
            ),
            timedelta(),
        )

        promised = due(*moments, within=within)

        longer = working.worked_between(CITY, due(start, within=within), promised)
        if within.unit is not LimitUnit.DAY:
            assert longer <= paused

    @given(STARTS, GAPS, LIMITS, st.sampled_from(PausePolicy))
    def test_the_promise_is_a_moment_at_which_the_office_works(self, start, gaps, within, policy):
        promised = due(*moments_of(start, gaps), within=within, policy=policy).astimezone(CITY_TIME)

        assert any(
            s.opens <= promised.time() <= s.closes for s in CITY.sessions_on(promised.date())
        )
