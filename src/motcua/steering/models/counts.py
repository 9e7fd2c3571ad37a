"""
Dossiers counted beforehand: by the day, the month, the year, and the day on which it became known.

Each is the sum of what every `Fact` adds to it (`definitions/lives.py: marks_of`), no more. What a
fact adds to a day that is over never changes again, so a figure of the past is found as it was.

Beside every count stands its total, which is the same of all procedures together. A city has
procedures by the hundred, and few figures tell them apart.

A new measure is a new column of the tables beside these, too, where many hands lay aside what they
are to add up (`services/_sums.py`).
"""

from typing import Any, ClassVar

from django.db import models

from motcua.steering.definitions import EVENTS, LEARNED, STOCKS, Measure


def _columns(measures: tuple[Measure, ...]) -> dict[str, Any]:
    # A sum of steps up and down: of a day, a stock may go down.
    return {measure.value: models.IntegerField(default=0) for measure in measures}


def _paid_online(name: str, *days: str) -> models.Index:
    # Few of the rows of a year; the index asks every time for which procedures there are any.
    return models.Index(
        name=name, fields=[*days, "procedure"], condition=models.Q(paid_online__gt=0)
    )


class _Day(models.Model):
    """What happened on a day, and by how much each stock changed. Days to come: what falls due."""

    on = models.DateField()
    measures: ClassVar = (*EVENTS, *STOCKS)
    locals().update(_columns(measures))

    class Meta:
        abstract = True


class _LongerThanADay(models.Model):
    """Days together, and what was learned of what was received in them."""

    measures: ClassVar = (*EVENTS, *STOCKS, *LEARNED)
    locals().update(_columns(measures))

    class Meta:
        abstract = True


class _Month(_LongerThanADay):
    month = models.DateField()  # its first day

    class Meta:
        abstract = True


class _Year(_LongerThanADay):
    """The months of a year, so that a long history costs no more than a short one."""

    year = models.DateField()  # its first day

    class Meta:
        abstract = True


class _Cohort(models.Model):
    """What was learned on a day of what was received in a month."""

    month = models.DateField()
    on = models.DateField()
    measures: ClassVar = LEARNED
    locals().update(_columns(measures))

    class Meta:
        abstract = True


class _Total(models.Model):
    agency_id = models.BigIntegerField()  # that settles
    channel = models.CharField(max_length=10)
    is_part = models.BooleanField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"


class _Count(_Total):
    procedure = models.CharField(max_length=50)

    class Meta:
        abstract = True


class DayTotal(_Day, _Total):
    """A day of all procedures together."""

    pk = models.CompositePrimaryKey("on", "agency_id", "channel", "is_part")

    class Meta:
        db_table = "steering_day_total"


class MonthTotal(_Month, _Total):
    """A month of all procedures together."""

    pk = models.CompositePrimaryKey("month", "agency_id", "channel", "is_part")

    class Meta:
        db_table = "steering_month_total"


class YearTotal(_Year, _Total):
    """A year of all procedures together."""

    pk = models.CompositePrimaryKey("year", "agency_id", "channel", "is_part")

    class Meta:
        db_table = "steering_year_total"


class CohortTotal(_Cohort, _Total):
    """A cohort of all procedures together."""

    pk = models.CompositePrimaryKey("month", "on", "agency_id", "channel", "is_part")

    class Meta:
        db_table = "steering_cohort_total"


class DayCount(_Day, _Count):
    """A day of a procedure."""

    pk = models.CompositePrimaryKey("on", "agency_id", "unit_id", "procedure", "channel", "is_part")
    unit_id = models.BigIntegerField()  # that received

    class Meta:
        db_table = "steering_day"


class MonthCount(_Month, _Count):
    """A month of a procedure."""

    pk = models.CompositePrimaryKey("month", "agency_id", "procedure", "channel", "is_part")

    class Meta:
        db_table = "steering_month"
        indexes = [_paid_online("steering_month_paid", "month")]


class YearCount(_Year, _Count):
    """A year of a procedure."""

    pk = models.CompositePrimaryKey("year", "agency_id", "procedure", "channel", "is_part")

    class Meta:
        db_table = "steering_year"


class CohortCount(_Cohort, _Count):
    """A cohort of a procedure."""

    pk = models.CompositePrimaryKey("month", "on", "agency_id", "procedure", "channel", "is_part")

    class Meta:
        db_table = "steering_cohort"
        indexes = [_paid_online("steering_cohort_paid", "month", "on")]


AnyCount = type[
    DayCount
    | MonthCount
    | YearCount
    | CohortCount
    | DayTotal
    | MonthTotal
    | YearTotal
    | CohortTotal
]
# The longest first, and their totals in the same order.
COUNTS: tuple[AnyCount, ...] = (DayCount, CohortCount, MonthCount, YearCount)
TOTALS: tuple[AnyCount, ...] = (DayTotal, CohortTotal, MonthTotal, YearTotal)
