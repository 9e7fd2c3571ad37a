"""
What share the year will end with: seasonal volume, the rate of late, and how far that may miss.

How much is still to come follows from the months of the year before: what came until now, over the
part of the year that those months were. How it will be filed follows from the last three months.
How far that may miss follows from how far the same rule missed the months that are over. All of it
is exact fractions, so that a forecast asked for again is the same; docs/forecast.md tells it in
words, with its errors.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import isqrt

from motcua.kernel.months import months_between

from .shares import FEW, Share

RECENT_MONTHS = 3
# Four of five: the outermost fifth of a normal curve lies beyond 1.28 of its deviations.
DEVIATIONS = Fraction(128, 100)
_ROOT_SCALE = 10**6

Months = Mapping[date, Share]  # by the first day of the month


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What a period is expected to end with. `low` and `high` hold four times of five."""

    so_far: Share
    to_come: int  # dossiers still to be received, expected
    rate: Fraction  # of those, the share filed online, expected
    share: Fraction
    low: Fraction
    high: Fraction

    @property
    def received(self) -> int:
        """Return how many dossiers the whole period is expected to have."""
        return self.so_far.received + self.to_come

    def still_to_file(self, target: Fraction) -> int:
        """Return how many of those to come must be filed online to reach the target; 0: none."""
        wanted = target * self.received
        return max(0, -(-wanted.numerator // wanted.denominator) - self.so_far.online)


def forecast(
    months: Months, *, until: date, last: date, city: Months | None = None
) -> Forecast | None:
    """
    Return what a year's share will be on its `last` day, as seen at the end of the day `until`.

    `months` are the agency's own of this year and the last, the running one as far as it is known.
    Where an agency had few dossiers last year, the seasons are those of the `city`. None if
    nothing was received yet, so that there is nothing to go by.
    """
    first = date(last.year, 1, 1)
    so_far = sum((months.get(month, Share()) for month in months_between(first, until)), Share())
    if not so_far.received:
        return None
    if until >= last:
        ratio = Fraction(so_far.online, so_far.received)
        return Forecast(so_far=so_far, to_come=0, rate=ratio, share=ratio, low=ratio, high=ratio)
    passed = passed_part(months, city, until=until, last=last)
    to_come = _rounded(so_far.received * (1 - passed) / passed)
    rate = rate_of_late(months, until)
    received = so_far.received + to_come
    expected = (so_far.online + rate * to_come) / received
    reach = DEVIATIONS * miss_of_late(months, until) * Fraction(to_come, received)
    return Forecast(
        so_far=so_far,
        to_come=to_come,
        rate=rate,
        share=expected,
        low=max(expected - reach, Fraction(so_far.online, received)),
        high=min(expected + reach, Fraction(so_far.online + to_come, received)),
    )


def passed_part(months: Months, city: Months | None, *, until: date, last: date) -> Fraction:
    """
    Return which part of the period's dossiers come until that day, by the seasons of last year.

    The agency's own seasons if it had enough dossiers in every month, else the city's, else each
    day weighs the same.
    """
    for told in (months, city or {}):
        weights = {
            month: told.get(_year_before(month), Share()).received
            for month in months_between(date(last.year, 1, 1), last)
        }
        if sum(weights.values()) >= FEW and all(weights.values()):
            break
    else:
        weights = {month: _days_in(month) for month in months_between(date(last.year, 1, 1), last)}
    running = until.replace(day=1)
    passed = sum(
        (Fraction(weight) for month, weight in weights.items() if month < running), Fraction()
    )
    passed += Fraction(weights[running] * until.day, _days_in(until))
    return passed / sum(weights.values())


def rate_of_late(months: Months, until: date) -> Fraction:
    """Return the share of the last three months, or of more where those had few dossiers."""
    pooled = Share()
    for number, month in enumerate(_months_back(until)):
        if number >= RECENT_MONTHS and not pooled.is_of_few:
            break
        pooled += months.get(month, Share())
    return pooled.ratio or Fraction()


def miss_of_late(months: Months, until: date) -> Fraction:
    """
    Return how far the rate of late misses the month that follows, typically.

    Taken from the twelve months before: each is foretold from those before it, and the misses,
    squared, weigh as many dossiers as the month had. Few dossiers scatter by themselves, so it is
    never less than chance alone would bring to as many as a month has.
    """
    squares = received = Fraction()
    counted = 0
    for number, month in enumerate(_months_back(until)):
        share = months.get(month, Share())
        before = month - timedelta(days=1)
        if number >= 12 or not share.received:
            continue
        if not any(months.get(each, Share()).received for each in _months_back(before)):
            continue
        assert share.ratio is not None
        squares += share.received * (share.ratio - rate_of_late(months, before)) ** 2
        received += share.received
        counted += 1
    rate = rate_of_late(months, until)
    pooled = sum((months.get(month, Share()) for month in list(_months_back(until))[:12]), Share())
    busy = sum(1 for month in list(_months_back(until))[:12] if months.get(month, Share()).received)
    chance = rate * (1 - rate) * busy / pooled.received if pooled.received else Fraction(1, 4)
    return _root(max(squares / received if counted else Fraction(), chance))


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A forecast made as of a past day, beside what came of it."""

    until: date
    expected: Fraction
    low: Fraction
    high: Fraction
    came: Fraction

    @property
    def miss(self) -> Fraction:
        """Return how far it was off, as a share of one."""
        return abs(self.expected - self.came)

    @property
    def held(self) -> bool:
        """Return whether what came lay between its bounds."""
        return self.low <= self.came <= self.high


def back_test(months: Months, *, year: int, last: date, city: Months | None = None) -> list[Tried]:
    """
    Return what would have been forecast at the end of each month for that day, and what came.

    `last` is the year's last day, or the last day of the last month that is known whole.
    """
    known = sum(
        (months.get(month, Share()) for month in months_between(date(year, 1, 1), last)), Share()
    )
    if known.ratio is None:
        return []
    tried = []
    for month in months_between(date(year, 1, 1), last):
        until = month.replace(day=_days_in(month))
        if until >= last:
            break
        told = {each: share for each, share in months.items() if each <= month}
        made = forecast(told, until=until, last=last, city=city)
        if made is not None:
            tried.append(
                Tried(
                    until=until,
                    expected=made.share,
                    low=made.low,
                    high=made.high,
                    came=known.ratio,
                )
            )
    return tried


def _months_back(last: date) -> Iterator[date]:
    """Yield the month of that day and those before, down to January of the year before."""
    month = last.replace(day=1)
    while month >= date(last.year - 1, 1, 1):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _year_before(month: date) -> date:
    return date(month.year - 1, month.month, 1)


def _days_in(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _rounded(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def _root(number: Fraction) -> Fraction:
    # To a millionth, downwards: floats would differ from machine to machine.
    return Fraction(isqrt(number.numerator * _ROOT_SCALE**2 // number.denominator), _ROOT_SCALE)
