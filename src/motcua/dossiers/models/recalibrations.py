"""How far the counting anew of open dossiers has come, after a change of the calendar."""

from django.db import models

from motcua.calendars.models import CalendarChange


class Recalibration(models.Model):
    """
    The walk through the open dossiers for one edition.

    The place is saved with the dossiers that it has passed, so that whoever was interrupted goes
    on where the last transaction ended.
    """

    change = models.OneToOneField(CalendarChange, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    reason = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    to_look_at = models.PositiveIntegerField()  # how many were open when it was asked for
    looked_at = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    passed = models.UUIDField(null=True, blank=True)  # the last dossier of the walk so far
    left_over = models.JSONField(default=list)  # whom somebody else held at that moment
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dossier_recalibration"
        constraints = [
            models.CheckConstraint(
                name="recalibration_is_finished_when_nobody_is_left_over",
                condition=models.Q(finished_at__isnull=True) | models.Q(left_over=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.looked_at}/{self.to_look_at}"

    @property
    def percent(self) -> int:
        """How much of it is done, as far as one can tell beforehand."""
        if self.finished_at is not None or not self.to_look_at:
            return 100
        return min(99, 100 * self.looked_at // self.to_look_at)
