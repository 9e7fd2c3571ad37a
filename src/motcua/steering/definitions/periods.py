"""Stretches of days by which figures are told: months, quarters, halves, years, or any other."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from motcua.kernel.months import months_between


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DAYS = "days"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class NotAPeriod(ValueError):
    """Not written like any period: 2024-09, 2024-Q3, 2024-H1, 2024."""


@dataclass(frozen=True, order=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NotAPeriod(_("Kỳ báo cáo kết thúc trước khi bắt đầu."))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a month."""
        return cls._of(PeriodKind.MONTH, year, month)

    @classmethod
    def quarter(cls, year: int, number: int) -> "Period":
        """Return a quarter, counted from 1."""
        return cls._of(PeriodKind.QUARTER, year, number * 3 - 2)

    @classmethod
    def half(cls, year: int, number: int) -> "Period":
        """Return a half year, counted from 1."""
        return cls._of(PeriodKind.HALF, year, number * 6 - 5)

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return a year."""
        return cls._of(PeriodKind.YEAR, year, 1)

    @classmethod
    def _of(cls, kind: PeriodKind, year: int, month: int) -> "Period":
        last = month + _MONTHS[kind] - 1
        return cls(date(year, month, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def kind(self) -> PeriodKind:
        """Return what it is called by: the kind that has just these days, or days."""
        if self.first.day == 1 and self.first.year == self.last.year:
            for kind, length in _MONTHS.items():
                fits = (self.first.month - 1) % length == 0
                if fits and self == Period._of(kind, self.first.year, self.first.month):
                    return kind
        return PeriodKind.DAYS

    @property
    def key(self) -> str:
        """Return it as `parse_period` reads it; other stretches as first..last."""
        year, month = self.first.year, self.first.month
        return {
            PeriodKind.MONTH: f"{year}-{month:02}",
            PeriodKind.QUARTER: f"{year}-Q{(month + 2) // 3}",
            PeriodKind.HALF: f"{year}-H{(month + 5) // 6}",
            PeriodKind.YEAR: f"{year}",
            PeriodKind.DAYS: f"{self.first}..{self.last}",
        }[self.kind]

    @property
    def name(self) -> str:
        """Return it in words: "tháng 9/2024"."""
        year, month = self.first.year, self.first.month
        return {
            PeriodKind.MONTH: _("tháng %(m)d/%(y)d") % {"m": month, "y": year},
            PeriodKind.QUARTER: _("quý %(q)d/%(y)d") % {"q": (month + 2) // 3, "y": year},
            PeriodKind.HALF: _("6 tháng đầu năm %(y)d") % {"y": year}
            if month == 1
            else _("6 tháng cuối năm %(y)d") % {"y": year},
            PeriodKind.YEAR: _("năm %(y)d") % {"y": year},
            PeriodKind.DAYS: _("từ %(first)s đến %(last)s")
            % {"first": f"{self.first:%d/%m/%Y}", "last": f"{self.last:%d/%m/%Y}"},
        }[self.kind]

    @property
    def before(self) -> "Period":
        """Return the period of the same kind that ended the day before this one began."""
        last = self.first - timedelta(days=1)
        kind = self.kind
        if kind is PeriodKind.DAYS:
            return Period(last - (self.last - self.first), last)
        return Period._of(kind, last.year, last.month - _MONTHS[kind] + 1)

    def months(self) -> list[date]:
        """Return the first day of every month that lies in it, or in part."""
        return list(months_between(self.first, self.last))

    def until(self, day: date) -> "Period | None":
        """Return what of it there was on that day; None if it had not begun."""
        return Period(self.first, min(self.last, day)) if day >= self.first else None


def parse_period(text: str) -> Period:
    """
    Read 2024-09, 2024-Q3, 2024-H1 or 2024.

    :raises NotAPeriod: if it is none of these
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise NotAPeriod(
            _("“%(text)s” không phải là kỳ: 2024-09, 2024-Q3, 2024-H1, 2024.") % {"text": text}
        )
    year, month, quarter, half = found.groups()
    try:
        if month:
            return Period.month(int(year), int(month))
        if quarter:
            return Period.quarter(int(year), int(quarter))
        if half:
            return Period.half(int(year), int(half))
        return Period.year(int(year))
    except ValueError as error:
        raise NotAPeriod(str(error)) from error
