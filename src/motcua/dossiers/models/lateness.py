"""What time brought to a dossier: occasions met, officers told, causes, apologies, extensions."""

from django.db import models

from motcua.calendars.limits import LimitUnit
from motcua.dossiers.definitions import CauseClass, OccasionKind
from motcua.offices.models import Officer, Unit

from .dossiers import Dossier


class DossierOccasion(models.Model):
    """An occasion that was met. Its row is what makes it happen once."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=OccasionKind.choices)
    at = models.DateTimeField()
    met_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_occasion"
        constraints = [
            models.UniqueConstraint(
                name="an_occasion_is_met_once", fields=["dossier", "kind", "at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind} {self.at}"


class Notice(models.Model):
    """Something an officer should look at, until read and until the dossier has moved on."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=OccasionKind.choices)
    escalated = models.BooleanField()  # told to a head, and so for as long as the delay lasts
    due_at = models.DateTimeField()  # the end that is near, or has passed
    raised_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dossier_notice"
        constraints = [
            models.UniqueConstraint(
                name="an_officer_is_told_once_while_it_stands",
                fields=["dossier", "officer", "kind"],
                condition=models.Q(done_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="notice_standing_by_officer",
                fields=["officer", "-raised_at"],
                condition=models.Q(done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.kind} {self.dossier_id}"


class Delay(models.Model):
    """Where a dossier stood, and with whom, at the moment it became late: from its history."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    step_key = models.CharField(max_length=50)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "dossier_delay"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.due_at}"


class DelayCause(models.Model):
    """Whose doing the delay was, in the words of who stated it. Corrected, never overwritten."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=CauseClass.choices)
    words = models.TextField()
    correction = models.TextField(blank=True)  # why an earlier statement was wrong
    stated_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dossier_delay_cause"
        constraints = [
            models.UniqueConstraint(
                name="one_cause_of_a_delay_stands",
                fields=["dossier"],
                condition=models.Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(
                name="delay_cause_is_known", condition=models.Q(cause__in=CauseClass.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.cause}"


class Apology(models.Model):
    """The apology for a delay, with the one new date that the law lets an agency promise."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.ForeignKey(DelayCause, on_delete=models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()
    words = models.TextField()
    signed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_apology"
        constraints = [
            models.UniqueConstraint(name="a_new_date_is_promised_once", fields=["dossier"]),
            models.CheckConstraint(
                name="a_new_date_lies_ahead",
                condition=models.Q(promised_at__gt=models.F("signed_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.promised_at}"


class Extension(models.Model):
    """More time, where the version of the procedure knows of it, granted before the due moment."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    amount = models.CharField(max_length=20)  # a fraction as the version writes it: "5", "1/2"
    unit = models.CharField(max_length=12, choices=[(unit.value, unit.value) for unit in LimitUnit])
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    granted_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    granted_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_extension"
        constraints = [
            models.UniqueConstraint(
                name="extensions_of_a_dossier_are_counted", fields=["dossier", "number"]
            ),
            models.CheckConstraint(
                name="an_extension_is_granted_before_the_due_moment",
                condition=models.Q(granted_at__lt=models.F("due_before")),
            ),
            models.CheckConstraint(
                name="an_extension_gives_time",
                condition=models.Q(due_after__gt=models.F("due_before")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class WakingFailure(models.Model):
    """A dossier that could not be woken. The others did not wait for it; somebody should look."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveIntegerField()
    error = models.TextField()
    failed_at = models.DateTimeField()

    class Meta:
        db_table = "dossier_waking_failure"

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.error}"


class Heartbeat(models.Model):
    """That the waking ran, by the database's own clock. One row."""

    name = models.CharField(max_length=20, primary_key=True, default="waking")
    beat_at = models.DateTimeField()
    woken = models.PositiveIntegerField()  # in the last run

    class Meta:
        db_table = "dossier_heartbeat"

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at}"
