from collections import Counter as Tally
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.calendars import seeds
from motcua.config.demonstration.figures import figures
from motcua.config.demonstration.ground import Counter
from motcua.config.demonstration.moments import SecondsCalendar, date_of
from motcua.config.demonstration.plan import (
    LARGEST,
    Fate,
    Taken,
    TooFew,
    blocks_of,
    fitting,
    plan,
)

FIGURES = figures()
CALENDAR = SecondsCalendar(
    seeds.shipped_calendar(), first=date(2022, 11, 1), last=date(2026, 12, 31)
)
LAST = date(2024, 10, 14)
# What is offered does not matter to the plan, only that something is.
COUNTERS = [
    Counter(place, ("online",), (1,), ("at a counter",), (1,))
    for place in range(len(FIGURES.annex))
]


def planned(total: int, already: int = 0, before: dict[str, Taken] | None = None, seed: int = 1):
    return plan(
        FIGURES,
        COUNTERS,
        CALENDAR,
        seed=seed,
        already=already,
        total=total,
        before=before or {},
        last=LAST,
    )


def taken_in_2023(arrivals) -> dict[str, Taken]:
    total: Tally[int] = Tally()
    online: Tally[int] = Tally()
    for day in arrivals:
        for group, count in day.groups:
            if group.in_2023:
                total[group.counter] += count
                online[group.counter] += count * (group.fate is Fate.ONLINE)
    return {
        line.agency: Taken(total[place], online[place]) for place, line in enumerate(FIGURES.annex)
    }


def assert_shares(taken: dict[str, Taken]) -> None:
    for line in FIGURES.annex:
        has = taken[line.agency]
        assert round(100 * has.online / has.total, 1) == line.online_2023 / 10, line.agency


class TestThePlan:
    @settings(max_examples=25)
    @given(st.integers(2_000, 60_000))
    def test_keeps_the_annex_for_all_26_whatever_the_number(self, total):
        arrivals = planned(total)
        assert sum(day.size for day in arrivals) == total
        assert_shares(taken_in_2023(arrivals))

    @settings(max_examples=10)
    @given(st.integers(2_000, 9_000), st.integers(1, 9_000))
    def test_keeps_it_when_the_city_grows(self, first, more):
        before = taken_in_2023(planned(first))
        arrivals = planned(first + more, first, before)
        assert sum(day.size for day in arrivals) == more
        now = taken_in_2023(arrivals)
        assert_shares(
            {
                name: Taken(was.total + now[name].total, was.online + now[name].online)
                for name, was in before.items()
            }
        )

    def test_refuses_to_be_too_small_for_the_shares(self):
        with pytest.raises(TooFew):
            planned(400)

    def test_opens_no_counter_on_a_day_off(self):
        for day in planned(4_000):
            if not CALENDAR.works_on(day.day):
                assert {group.fate for group, _count in day.groups} == {Fate.ONLINE}

    def test_is_quiet_around_tet_and_busy_when_school_begins(self):
        months: Tally[int] = Tally()
        for day in planned(40_000):
            months[date_of(day.day).replace(day=1)] += day.size
        assert months[date(2023, 1, 1)] < 0.7 * months[date(2023, 8, 1)]
        assert months[date(2024, 2, 1)] < 0.7 * months[date(2024, 8, 1)]

    def test_parts_no_day_between_two_transactions(self):
        arrivals = planned(40_000)
        blocks = blocks_of(arrivals)
        assert [day for block in blocks for day in block] == arrivals
        sizes = [sum(day.size for day in block) for block in blocks]
        assert max(sizes) <= LARGEST
        assert sizes[-1] < sizes[0] / 2


class TestFitting:
    def test_finds_the_smallest_that_has_the_share(self):
        assert fitting(1, 996, Taken()) == Taken(225, 224)

    def test_takes_nothing_back(self):
        reached = fitting(10, 500, Taken(100, 60))
        assert reached.online >= 60
        assert reached.total - reached.online >= 40
