"""How many dossiers come on which day, to whom, by which channel: pure, from the figures alone."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from .figures import Figures
from .ground import Counter
from .moments import SecondsCalendar, date_of, day_number

FEWEST = 2_000
# Dossiers of a transaction.
LARGEST, SMALLEST = 5_000, 1_000
_OF_THE_REST = 10
# Shares are kept to a tenth of a point; a little nearer, so that no rounding moves them.
_NEAR_ENOUGH = Fraction(45, 100)  # of a tenth
_SEARCHED = 2_000

_YEAR_ENDS = date(2023, 12, 31)
# What comes online in the last days of 2023 would be taken in in 2024, and count there.
_LAST_ONLINE, _LAST_AT_COUNTER = date(2023, 12, 28), date(2023, 12, 29)


class TooFew(Exception):
    """With so few dossiers the shares of the annex cannot be met."""


class Fate(StrEnum):
    """What is settled about a dossier before its life is told."""

    ONLINE = "online"
    AT_COUNTER = "at_counter"  # or by post
    TURNED_AWAY = "turned_away"  # by any channel, and never taken in


class Group(NamedTuple):
    """Dossiers with one fate at one counter, taken in by the end of 2023 or later."""

    counter: int  # place of the line in the annex
    fate: Fate
    in_2023: bool


class Arrivals(NamedTuple):
    """What comes on one day."""

    day: int
    groups: tuple[tuple[Group, int], ...]

    @property
    def size(self) -> int:
        """Return how many dossiers that is."""
        return sum(count for _group, count in self.groups)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a counter has taken in during 2023."""

    total: int = 0
    online: int = 0


def plan(
    figures: Figures,
    counters: Sequence[Counter],
    calendar: SecondsCalendar,
    *,
    seed: int,
    already: int,
    total: int,
    before: Mapping[str, Taken],
    last: date,
) -> list[Arrivals]:
    """
    Return what comes each day so that a city with `already` dossiers has `total`.

    :raises TooFew: if the shares of the annex need more dossiers than that
    """
    seasons = _Seasons(figures, calendar, last)
    sizes = _sizes(figures, counters, seasons, added=total - already, total=total, before=before)
    days: dict[int, list[tuple[Group, int]]] = {}
    for group, size in sizes.items():
        named = f"{seed} days {already} {group.counter} {group.fate} {group.in_2023}"
        rng = Random(named)  # noqa: S311 - made up, to be repeated
        for day, count in seasons.spread(group, size, rng.random()):
            days.setdefault(day, []).append((group, count))
    return [Arrivals(day, tuple(days[day])) for day in sorted(days)]


def blocks_of(arrivals: Sequence[Arrivals]) -> list[tuple[Arrivals, ...]]:
    """
    Part the days into transactions: large ones first, as each costs something by itself, and small
    ones last, so that no hand waits long for another. A day is never parted.
    """
    left = sum(day.size for day in arrivals)
    blocks: list[tuple[Arrivals, ...]] = []
    block: list[Arrivals] = []
    size = 0
    for day in arrivals:
        if block and size + day.size > min(max(left // _OF_THE_REST, SMALLEST), LARGEST):
            blocks.append(tuple(block))
            left -= size
            block, size = [], 0
        block.append(day)
        size += day.size
    return [*blocks, tuple(block)] if block else blocks


def fitting(
    wanted: int, tenths: int, before: Taken, *, online: bool = True, at_counter: bool = True
) -> Taken:
    """
    Return the smallest totals, from `wanted` up, whose online share is so many tenths of a percent.

    Where one of the two ways is not offered, the other takes all.
    """
    if not (online and at_counter):
        added = max(wanted - before.total, 0)
        return Taken(before.total + added, before.online + (added if online else 0))
    least = max(wanted, before.total, 1)
    for total in range(least, least + _SEARCHED):
        share = round(Fraction(total * tenths, 1000))
        off = abs(Fraction(share * 1000, total) - tenths)
        added = total - before.total
        if off < _NEAR_ENOUGH and 0 <= share - before.online <= added:
            return Taken(total, share)
    raise TooFew


def _sizes(
    figures: Figures,
    counters: Sequence[Counter],
    seasons: "_Seasons",
    *,
    added: int,
    total: int,
    before: Mapping[str, Taken],
) -> dict[Group, int]:
    busy = [counter for counter in counters if counter.online or counter.at_counter]
    volumes = [figures.annex[counter.place].volume for counter in busy]
    away = _shared(added * figures.turned_away // 1000, volumes)
    in_2023 = seasons.share_of_2023()
    taken = []
    for counter, volume in zip(busy, volumes, strict=True):
        line = figures.annex[counter.place]
        wanted = total * volume // sum(volumes) * (1000 - figures.turned_away) // 1000
        had = before.get(line.agency, Taken())
        reached = fitting(
            round(wanted * in_2023),
            line.online_2023,
            had,
            online=bool(counter.online),
            at_counter=bool(counter.at_counter),
        )
        taken.append((reached.total - had.total, reached.online - had.online))
    left = added - sum(away) - sum(total for total, _online in taken)
    if left < 0 and before:
        # A few more than there are: the shares of 2023 stand as they are.
        taken = [(0, 0)] * len(busy)
        left = added - sum(away)
    if left < 0 or not busy:
        raise TooFew
    sizes: dict[Group, int] = {}
    for counter, away_here, (total_23, online_23), later in zip(
        busy, away, taken, _shared(left, volumes), strict=True
    ):
        line = figures.annex[counter.place]
        way = line.target_2024 - line.online_2023
        share = Fraction(100 * line.online_2023 + line.way_in_2024 * way, 100_000)
        if not (counter.online and counter.at_counter):
            share = Fraction(bool(counter.online))
        online = round(later * share)
        for fate, year, size in (
            (Fate.ONLINE, True, online_23),
            (Fate.AT_COUNTER, True, total_23 - online_23),
            (Fate.ONLINE, False, online),
            (Fate.AT_COUNTER, False, later - online),
            (Fate.TURNED_AWAY, False, away_here),
        ):
            if size:
                sizes[Group(counter.place, fate, year)] = size
    return sizes


def _shared(amount: int, weights: Sequence[int]) -> list[int]:
    """Share out an amount by weights, to the last one."""
    totals = list(accumulate(weights))
    bounds = [amount * total // totals[-1] for total in totals] if totals else []
    return [bound - before for before, bound in zip([0, *bounds], bounds, strict=False)]


class _Seasons:
    """How much comes on which day."""

    def __init__(self, figures: Figures, calendar: SecondsCalendar, last: date) -> None:
        self._figures, self._calendar = figures, calendar
        self._first, self._last = day_number(figures.first_day), day_number(last)
        self._quiet = self._around_tet()
        # Asked for again by every group of dossiers.
        self._weight = cache(self._weight_of)

    def share_of_2023(self) -> Fraction:
        """Return which part of all comes by the end of 2023."""
        ends = day_number(_YEAR_ENDS)
        weights = [(day, self._weight(day)) for day in range(self._first, self._last + 1)]
        return Fraction(sum(w for day, w in weights if day <= ends), sum(w for _, w in weights))

    def spread(self, group: Group, size: int, start: float) -> list[tuple[int, int]]:
        """Return on which days they come, and how many: spaced evenly by weight."""
        days = [day for day in self._days_for(group) if self._may_come(group, day)]
        totals = list(accumulate(self._weight(day) for day in days))
        counts: dict[int, int] = {}
        for number in range(size):
            at = int((number + start) * totals[-1] / size)
            day = days[min(bisect_left(totals, at + 1), len(days) - 1)]
            counts[day] = counts.get(day, 0) + 1
        return list(counts.items())

    def _days_for(self, group: Group) -> range:
        online = group.fate is Fate.ONLINE
        if group.in_2023:
            return range(self._first, day_number(_LAST_ONLINE if online else _LAST_AT_COUNTER) + 1)
        if group.fate is Fate.TURNED_AWAY:
            return range(self._first, self._last + 1)
        first = _LAST_AT_COUNTER if online else _YEAR_ENDS
        return range(day_number(first + timedelta(days=1)), self._last + 1)

    def _may_come(self, group: Group, day: int) -> bool:
        return group.fate is Fate.ONLINE or self._calendar.works_on(day)

    def _weight_of(self, day: int) -> int:
        on = date_of(day)
        of_day = (
            self._figures.weekdays[on.weekday()]
            if self._calendar.works_on(day)
            else self._figures.day_off
        )
        quiet = self._figures.tet.percent if day in self._quiet else 100
        lately = self._figures.lately
        much = lately.percent if day > self._last - lately.days else 100
        return self._figures.months[on.month] * of_day * quiet * much

    def _around_tet(self) -> frozenset[int]:
        tet = self._figures.tet
        around = tet.days_around
        return frozenset(
            day
            for first, last in zip(tet.from_, tet.to, strict=True)
            for day in range(day_number(first) - around, day_number(last) + around + 1)
        )
