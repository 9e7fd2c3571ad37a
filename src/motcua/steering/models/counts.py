"""
Dossiers counted beforehand: by the day, by the month, and by the day on which it became known.

Each is the sum of what every `Fact` adds to it (`definitions/lives.py: marks_of`), no more. What a
fact adds to a day that is over never changes again, so a figure of the past is found as it was.
"""

from typing import Any, ClassVar

from django.db import models

from motcua.steering.definitions import EVENTS, LEARNED, STOCKS, Measure


def _columns(*families: tuple[Measure, ...]) -> dict[str, Any]:
    # A sum of steps up and down: of a day, a stock may go down.
    return {measure.value: models.IntegerField(default=0) for each in families for measure in each}


def _paid_online(name: str, *days: str) -> models.Index:
    # Few of the rows of a year; the index asks every time for which procedures there are any.
    return models.Index(
        name=name, fields=[*days, "procedure"], condition=models.Q(paid_online__gt=0)
    )


class _Key(models.Model):
    agency_id = models.BigIntegerField()  # that settles
    procedure = models.CharField(max_length=50)
    channel = models.CharField(max_length=10)
    is_part = models.BooleanField()

    class Meta:
        abstract = True


class DayCount(_Key):
    """What happened on a day, and by how much each stock changed. Days to come: what falls due."""

    pk = models.CompositePrimaryKey("on", "agency_id", "unit_id", "procedure", "channel", "is_part")
    on = models.DateField()
    unit_id = models.BigIntegerField()  # that received
    locals().update(_columns(EVENTS, STOCKS))
    measures: ClassVar = (*EVENTS, *STOCKS)

    class Meta:
        db_table = "steering_day"

    def __str__(self) -> str:
        return f"{self.on} {self.agency_id} {self.procedure}"


class MonthCount(_Key):
    """The days of a month together, and what was learned of the dossiers received in it."""

    pk = models.CompositePrimaryKey("month", "agency_id", "procedure", "channel", "is_part")
    month = models.DateField()  # its first day
    locals().update(_columns(EVENTS, STOCKS, LEARNED))
    measures: ClassVar = (*EVENTS, *STOCKS, *LEARNED)

    class Meta:
        db_table = "steering_month"
        indexes = [_paid_online("steering_month_paid", "month")]

    def __str__(self) -> str:
        return f"{self.month} {self.agency_id} {self.procedure}"


class YearCount(_Key):
    """The stocks of a year together, so that a long history costs no more than a short one."""

    pk = models.CompositePrimaryKey("year", "agency_id", "procedure", "channel", "is_part")
    year = models.DateField()  # its first day
    locals().update(_columns(STOCKS))
    measures: ClassVar = STOCKS

    class Meta:
        db_table = "steering_year"

    def __str__(self) -> str:
        return f"{self.year} {self.agency_id} {self.procedure}"


class CohortCount(_Key):
    """What was learned on a day of the dossiers received in a month."""

    pk = models.CompositePrimaryKey("month", "on", "agency_id", "procedure", "channel", "is_part")
    month = models.DateField()
    on = models.DateField()
    locals().update(_columns(LEARNED))
    measures: ClassVar = LEARNED

    class Meta:
        db_table = "steering_cohort"
        indexes = [_paid_online("steering_cohort_paid", "month", "on")]

    def __str__(self) -> str:
        return f"{self.month} {self.on} {self.agency_id} {self.procedure}"
