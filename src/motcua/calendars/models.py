"""The days on which the city itself says whether people work."""

from django.db import models

from .seeds import DayKind


class CalendarDay(models.Model):
    """What the city says of a day, on what basis. It wins over the calendar that is shipped."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DayKind])
    name = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)

    class Meta:
        db_table = "calendar_day"
        constraints = [
            models.CheckConstraint(
                name="calendar_day_is_of_a_known_kind",
                condition=models.Q(kind__in=[kind.value for kind in DayKind]),
            ),
            models.CheckConstraint(
                name="calendar_day_has_name_and_basis",
                condition=~models.Q(name="") & ~models.Q(basis=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.kind}"
