"""
How many deadlines a core computes in a second: 15 working days, two pauses, five events.

`python -m bench.clock` prints the rates of the median and the best round, and how many turns of an
empty loop a deadline is worth on the same core: the figure that travels. No database.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from motcua.calendars import seeds
from motcua.calendars.limits import Limit, LimitUnit, PausePolicy
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent, PauseReason
from motcua.kernel.lifecycle import ClockEffect

WANTED = 100_000
TURNS = 2_000_000
LIMIT = Limit(amount=Fraction(15), unit=LimitUnit.WORKING_DAY)
FIRST = datetime(2024, 1, 2, 1, tzinfo=UTC)


def histories(count: int) -> list[list[ClockEvent]]:
    """Return so many dossiers' clock events, spread over a year of receipts."""
    return [_history(FIRST + timedelta(minutes=53 * number % 525_600)) for number in range(count)]


def _history(received: datetime) -> list[ClockEvent]:
    def after(hours: int) -> datetime:
        return received + timedelta(hours=hours, minutes=hours)

    return [
        ClockEvent(effect=ClockEffect.START, at=received),
        ClockEvent(effect=ClockEffect.PAUSE, at=after(30), reason=PauseReason.APPLICANT),
        ClockEvent(effect=ClockEffect.RESUME, at=after(100)),
        ClockEvent(effect=ClockEffect.PAUSE, at=after(130), reason=PauseReason.OBLIGATION),
        ClockEvent(effect=ClockEffect.RESUME, at=after(220)),
    ]


def rate_of(act: Callable[[list[ClockEvent]], object], told: list[list[ClockEvent]]) -> float:
    """Return how often a second of this process's own time is enough for."""
    began = time.process_time()
    for events in told:
        act(events)
    return len(told) / (time.process_time() - began)


def turns_a_second() -> float:
    """Return how often this core goes round a loop that only counts."""
    began, sum_ = time.process_time(), 0
    for number in range(TURNS):
        sum_ += number
    return TURNS / (time.process_time() - began)


def main() -> None:
    """Measure, and say whether it is enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    calendar = seeds.shipped_calendar()
    told = histories(options.dossiers)

    def due(events: list[ClockEvent]) -> object:
        return clock.due_at(events, limit=LIMIT, policy=PausePolicy.RESUME, calendar=calendar)

    def explained(events: list[ClockEvent]) -> object:
        at = events[-1].at
        return clock.explain(
            events, limit=LIMIT, policy=PausePolicy.RESUME, calendar=calendar, at=at
        )

    rates, turns = [], []
    for _ in range(options.rounds):
        turns.append(turns_a_second())
        rates.append(rate_of(due, told))
    median, best = statistics.median(rates), max(rates)
    print(f"due_at: {median:,.0f} a second per core in the median round, {best:,.0f} in the best")
    costs = statistics.median(turn / rate for turn, rate in zip(turns, rates, strict=True))
    print(f"one is worth {costs:.0f} turns of a loop that counts")
    few = told[: max(options.dossiers // 20, 1)]
    explanations = [rate_of(explained, few) for _ in range(options.rounds)]
    print(f"explain: {statistics.median(explanations):,.0f} a second per core")
    print(f"{WANTED:,} are wanted: {'reached' if median >= WANTED else 'not reached'}")


if __name__ == "__main__":
    main()
