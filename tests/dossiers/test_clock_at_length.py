"""
The statutory clock held to a slow walk over random cases: calendars, limits, pauses, extensions.

`MOTCUA_CLOCK_CASES` says how many (docs/deadlines.md); without it as many as fit into a minute.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from motcua.calendars.limits import (
    COUNTED_BY_LAW,
    AfterHours,
    Counting,
    FirstDay,
    Limit,
    LimitUnit,
    PausePolicy,
    Rounding,
)
from motcua.calendars.working import Hours, Session, WorkingCalendar
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent, PauseReason, Skip
from motcua.kernel.lifecycle import ClockEffect
from tests.dossiers.slow_clock import SlowClock

CASES = int(os.environ.get("MOTCUA_CLOCK_CASES", "20000"))
CASES_A_CALENDAR = 50
DAYS = 700  # that a calendar is walked
LATEST_START, LONGEST_PAUSE = 40, 20  # days
NOT_WORKED = {Skip.NIGHT, Skip.LUNCH, Skip.WEEKEND, Skip.HOLIDAY}


@dataclass(frozen=True)
class RandomCase:
    """A case, and the walk that answers it."""

    walk: SlowClock
    calendar: WorkingCalendar
    limit: Limit
    policy: PausePolicy
    events: list[ClockEvent]
    asked_at: int


def cases(count: int, *, seed: int) -> Iterator[RandomCase]:
    """Yield random cases; the same seed gives the same."""
    chance = random.Random(seed)
    while count > 0:
        tick = chance.choices([15, 5, 1], weights=[40, 4, 1])[0]
        first = date(2022, 1, 1) + timedelta(days=chance.randrange(2000))
        calendar = a_calendar(chance, first, tick)
        walk = SlowClock(calendar, first=first, days=DAYS, tick=tick)
        for _ in range(min(count, CASES_A_CALENDAR)):
            yield a_case(chance, calendar, walk)
        count -= CASES_A_CALENDAR


def a_calendar(chance: random.Random, first: date, tick: int) -> WorkingCalendar:
    """Mostly weeks as they are, but also short ones, half days and hours that change."""
    hours = [
        Hours(
            since=date.min,
            sessions=sessions(chance, tick),
            by_weekday=tuple(
                (weekday, sessions(chance, tick))
                for weekday in sorted(chance.sample(range(7), chance.choice([0, 0, 0, 1, 2])))
            ),
        )
    ]
    for day in sorted(chance.sample(range(90), chance.choice([0, 0, 1, 2]))):
        hours.append(Hours(since=first + timedelta(days=day), sessions=sessions(chance, tick)))
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return WorkingCalendar(
        hours=tuple(hours),
        weekend=chance.choice([frozenset({5, 6})] * 3 + [frozenset({6}), frozenset({2, 4, 6})]),
        off=frozenset(chance.sample(days[:150], chance.randrange(25))),
        working=frozenset(chance.sample(days[:150], chance.randrange(8))),
        names={day: f"ngày {day:%d/%m}" for day in days[::3]},
    )


def sessions(chance: random.Random, tick: int) -> tuple[Session, ...]:
    """One to three sessions, none touching the next."""
    ticks = sorted(chance.sample(range(1, 24 * 60 // tick), 2 * chance.choice([1, 2, 2, 2, 3])))
    moments = [time(n * tick // 60, n * tick % 60) for n in ticks]
    if chance.random() < 0.5:
        moments = [time(7), time(11), time(13), time(17)]
    return tuple(
        Session(opens=a, closes=b) for a, b in zip(moments[::2], moments[1::2], strict=True)
    )


def a_case(chance: random.Random, calendar: WorkingCalendar, walk: SlowClock) -> RandomCase:
    """Begin somewhere, pause and extend a few times, perhaps stop, and ask somewhere."""
    day = walk.ticks_a_day
    limit = replace(a_limit(chance, walk), counting=a_counting(chance))
    at = chance.randrange(LATEST_START * day)
    events = [ClockEvent(effect=ClockEffect.START, at=walk.at(at))]
    is_paused = False
    for _ in range(chance.randrange(6)):
        at += chance.choice([0, chance.randrange(day), chance.randrange(LONGEST_PAUSE * day)])
        if chance.random() < 0.15:
            by = a_limit(chance, walk, extends=True)
            events.append(ClockEvent(effect=ClockEffect.EXTEND, at=walk.at(at), by=by))
            continue
        events.append(
            ClockEvent(effect=ClockEffect.RESUME, at=walk.at(at))
            if is_paused
            else ClockEvent(
                effect=ClockEffect.PAUSE,
                at=walk.at(at),
                reason=chance.choice([None, *PauseReason]),
            )
        )
        is_paused = not is_paused
    if chance.random() < 0.2:
        at += chance.randrange(LONGEST_PAUSE * day)
        events.append(ClockEvent(effect=ClockEffect.STOP, at=walk.at(at)))
    begun = walk.tick_of(events[0].at)
    asked_at = chance.choice([begun + chance.randrange(at - begun + 1), at + chance.randrange(day)])
    return RandomCase(walk, calendar, limit, chance.choice(list(PausePolicy)), events, asked_at)


def a_counting(chance: random.Random) -> Counting:
    """Mostly as the law counts; else in any way that a version may."""
    if chance.random() < 0.6:
        return COUNTED_BY_LAW
    return Counting(
        rounding=chance.choice(list(Rounding)),
        first_day=chance.choice(list(FirstDay)),
        after_hours=chance.choice(list(AfterHours)),
    )


def a_limit(chance: random.Random, walk: SlowClock, *, extends: bool = False) -> Limit:
    """A limit that ends on a tick, whatever the hours of the day it ends on."""
    if not extends and chance.random() < 0.1:
        until = chance.choice([time(15), time(11, 30)])
        return Limit(amount=Fraction(1), unit=LimitUnit.WORKING_DAY, same_day_until=until)
    unit = chance.choice([LimitUnit.WORKING_DAY, LimitUnit.WORKING_DAY, *LimitUnit])
    amount = Fraction(chance.randint(1, {"month": 3, "day": 30}.get(unit, 20)))
    if unit is LimitUnit.HOUR:
        amount = Fraction(chance.randint(1, 60 * 60 // walk.tick) * walk.tick, 60)
    if unit is LimitUnit.WORKING_DAY and chance.random() < 0.3:
        part = Fraction(chance.randrange(16), 16)
        if all(
            (walk.day_length(n) * part).denominator == 1
            for n, works in enumerate(walk.is_working_day[:130])
            if works
        ):
            amount += part
    return Limit(amount=amount, unit=unit)


def check(case: RandomCase) -> bool:
    """Hold one case to the walk; return whether it ended within the days that are walked."""
    walk, at = case.walk, case.walk.at(case.asked_at)
    try:
        expected = walk.answer(case.events, case.limit, case.policy, case.asked_at)
    except IndexError:  # months of extensions, and then a quarter of an hour a day
        return False
    told = clock.explain(
        case.events, limit=case.limit, policy=case.policy, calendar=case.calendar, at=at
    )
    known = [event for event in case.events if event.at <= at]
    due = clock.due_at(known, limit=case.limit, policy=case.policy, calendar=case.calendar)

    assert due == told.due_at == walk.at(expected.due)
    assert told.state.value == expected.state
    assert told.overdue == expected.overdue
    assert told.left == expected.left * timedelta(minutes=walk.tick)
    if_answered = expected.due_if_answered_now
    assert told.due_if_answered_now == (None if if_answered is None else walk.at(if_answered))
    check_sum(case, told)
    if not told.in_calendar_time:
        assert told.used == expected.used * timedelta(minutes=walk.tick)
        check_ticks(case, told)
    return True


def check_sum(case: RandomCase, told: clock.Explanation) -> None:
    """The intervals follow each other without a gap, and those before the moment add up."""
    until = told.done_at or told.at
    if told.intervals:
        assert told.intervals[0].begins == told.received_at
    assert all(a.ends == b.begins for a, b in pairwise(told.intervals))
    assert all(a.begins < a.ends for a in told.intervals)
    assert all(
        (a.skip, a.name) != (b.skip, b.name) or a.ends == until
        for a, b in pairwise(told.intervals)
        if a.skip is None or b.skip is a.skip
    )
    counted = [i for i in told.intervals if i.skip is None]
    assert told.used == sum((i.length for i in counted if i.ends <= until), timedelta())
    assert all(i.ends <= until or i.begins >= until for i in counted)


def check_ticks(case: RandomCase, told: clock.Explanation) -> None:
    """What counts is worked throughout; what is skipped as no working time is none."""
    walk = case.walk
    for interval in told.intervals:
        begins, ends = walk.tick_of(interval.begins), walk.tick_of(interval.ends)
        worked = walk.worked(begins, ends)
        if interval.skip is None:
            assert worked == ends - begins
        elif interval.skip in NOT_WORKED:
            assert worked == 0


# One test for each share, so that a run of a million does not outlive the patience for one test.
SHARE = 20_000


@pytest.mark.parametrize("share", range(max(CASES // SHARE, 1)))
def test_the_clock_says_what_the_walk_finds(share):
    count, answered = min(CASES, SHARE), 0
    for number, case in enumerate(cases(count, seed=share)):
        try:
            answered += check(case)
        except Exception as error:
            error.add_note(f"case {number} of share {share}: {case}")
            raise
    assert answered > count * 0.99


def test_the_walk_is_not_fooled_by_a_clock_that_counts_lunch():
    """The check can fail: a calendar that differs by one lunch is noticed."""
    tables = WorkingCalendar.of(sessions=[Session(opens=time(7), closes=time(17))])
    walked = WorkingCalendar.of(
        sessions=[Session(opens=time(7), closes=time(11)), Session(opens=time(13), closes=time(17))]
    )
    walk = SlowClock(walked, first=date(2024, 1, 1), days=60, tick=15)
    start = ClockEvent(effect=ClockEffect.START, at=walk.at(walk.ticks_a_day * 2 + 30))
    limit = Limit(amount=Fraction(9), unit=LimitUnit.HOUR)
    case = RandomCase(walk, tables, limit, PausePolicy.RESUME, [start], walk.ticks_a_day * 3)

    with pytest.raises(AssertionError):
        check(case)
