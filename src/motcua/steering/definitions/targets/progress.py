"""Where an agency stands against its target: gap, trend, forecast, what is still to be filed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from .forecasts import RECENT_MONTHS, Forecast, Months, forecast
from .shares import Share, tenths_of

PROCEDURES_SHOWN = 3


class Outlook(StrEnum):
    """How a target looks from a day."""

    NO_TARGET = "no_target"
    NO_DOSSIERS = "no_dossiers"
    MET = "met"  # the period is over
    MISSED = "missed"
    SAFE = "safe"  # whatever comes, it is reached
    LIKELY = "likely"
    DOUBTFUL = "doubtful"  # forecast to be missed
    IMPOSSIBLE = "impossible"  # even if all that is expected comes online


FALLING_SHORT = frozenset({Outlook.MISSED, Outlook.DOUBTFUL, Outlook.IMPOSSIBLE})


@dataclass(frozen=True, kw_only=True)
class Payoff:
    """A procedure that can be filed online, and what it would bring if all of it were."""

    procedure: str
    not_online: int  # over the counter or by post, in the period so far
    gain: Fraction  # of the agency's share, so far


@dataclass(frozen=True, kw_only=True)
class Progress:
    """All that is said of one target on a day. Shares are exact; what is shown is rounded."""

    baseline_tenths: int | None
    target_tenths: int | None
    actual: Share
    months: tuple[tuple[date, Share], ...]  # of the year so far
    trend: Fraction | None  # the last three months against the three before
    forecast: Forecast | None
    payoffs: tuple[Payoff, ...]
    is_over: bool

    @property
    def target(self) -> Fraction | None:
        """Return the target as a share of one."""
        return None if self.target_tenths is None else Fraction(self.target_tenths, 1000)

    @property
    def gap_tenths(self) -> int | None:
        """Return the share as it is shown less the target, in tenths of a point."""
        if self.target_tenths is None or self.actual.tenths is None:
            return None
        return self.actual.tenths - self.target_tenths

    @property
    def forecast_tenths(self) -> int | None:
        """Return what is forecast, in tenths of a percent."""
        return None if self.forecast is None else tenths_of(self.forecast.share)

    @cached_property
    def still_to_file(self) -> int | None:
        """Return how many more dossiers must be filed online."""
        if self.forecast is None or self.target is None:
            return None
        return self.forecast.still_to_file(self.target)

    @cached_property
    def outlook(self) -> Outlook:
        """Return how it looks. What is reached is judged exactly, not as it is rounded."""
        if self.target is None:
            return Outlook.NO_TARGET
        if self.forecast is None or self.still_to_file is None or self.actual.ratio is None:
            return Outlook.NO_DOSSIERS
        if self.is_over:
            return Outlook.MET if self.actual.ratio >= self.target else Outlook.MISSED
        if self.still_to_file == 0:
            return Outlook.SAFE
        if self.still_to_file > self.forecast.to_come:
            return Outlook.IMPOSSIBLE
        return Outlook.LIKELY if self.forecast.share >= self.target else Outlook.DOUBTFUL


def progress_of(
    *,
    months: Months,
    until: date,
    last: date,
    baseline_tenths: int | None,
    target_tenths: int | None,
    city: Months | None = None,
    payoffs: tuple[Payoff, ...] = (),
) -> Progress:
    """Return where an agency stands at the end of the day `until`, in the year up to `last`."""
    of_year = tuple(
        (month, share)
        for month, share in sorted(months.items())
        if date(last.year, 1, 1) <= month <= until
    )
    return Progress(
        baseline_tenths=baseline_tenths,
        target_tenths=target_tenths,
        actual=sum((share for _month, share in of_year), Share()),
        months=of_year,
        trend=trend_of(months, until),
        forecast=forecast(months, until=until, last=last, city=city),
        payoffs=payoffs,
        is_over=until >= last,
    )


def trend_of(months: Months, until: date) -> Fraction | None:
    """Return the share of the last three months less that of the three before; None if of none."""
    told = [share for month, share in sorted(months.items(), reverse=True) if month <= until]
    late = sum(told[:RECENT_MONTHS], Share()).ratio
    before = sum(told[RECENT_MONTHS : 2 * RECENT_MONTHS], Share()).ratio
    return None if late is None or before is None else late - before


def payoffs_of(
    procedures: Mapping[str, Share],
    *,
    can_be_filed_online: Collection[str],
    shown: int = PROCEDURES_SHOWN,
) -> tuple[Payoff, ...]:
    """Return the procedures with most dossiers that came otherwise although they need not."""
    received = sum(share.received for share in procedures.values())
    ranked = sorted(
        (
            (share.received - share.online, code)
            for code, share in procedures.items()
            if code in can_be_filed_online and share.received > share.online
        ),
        key=lambda each: (-each[0], each[1]),
    )
    return tuple(
        Payoff(procedure=code, not_online=count, gain=Fraction(count, received))
        for count, code in ranked[:shown]
    )


def moved_online(progress: Progress, part: Fraction) -> Fraction | None:
    """
    Return what the year would end with if that part of what would not come online did.

    Only what is still to come can be moved; what was received stays as it was filed.
    """
    made = progress.forecast
    if made is None:
        return None
    rate = made.rate + part * (1 - made.rate)
    return (made.so_far.online + rate * made.to_come) / made.received
