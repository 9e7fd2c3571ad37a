"""What one owner owes of one task for one stretch of time, its proof, and who is reminded of it."""

from datetime import date

from django.db import models

from motcua.documents.models import StoredFile
from motcua.kernel.constraints import filled_exactly_while, filled_together, filled_while
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer
from motcua.plans.definitions import EvidenceForm, Occasion
from motcua.plans.lifecycle import DUTY_LIFECYCLE, OWED_STATES, DutyState

from .obstacles import Obstacle
from .plans import Task

_TOLD = frozenset(DutyState) - {DUTY_LIFECYCLE.initial}
_JUDGED = frozenset({DutyState.ACCEPTED, DutyState.SENT_BACK, DutyState.DONE})


class Duty(models.Model):
    """A task × an owner × a period. Time makes it, once."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outsider = models.CharField(max_length=300, blank=True)  # an owner outside the city's chart
    period_first = models.DateField()
    period_last = models.DateField()
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    percent = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(blank=True)  # of the owner, as last reported
    evidence_count = models.PositiveSmallIntegerField(default=0)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    judgement = models.TextField(blank=True)  # of the keeper, as last said
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "plan_duty"
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                name="duty_of_an_owner_and_a_period_is_opened_once",
                fields=["task", "agency", "outsider", "period_first"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="duty_has_one_owner_of_the_city_or_outside",
                condition=models.Q(agency__isnull=False, outsider="")
                | (models.Q(agency__isnull=True) & ~models.Q(outsider="")),
            ),
            models.CheckConstraint(
                name="duty_state_is_a_known_one", condition=models.Q(state__in=DutyState.values)
            ),
            models.CheckConstraint(
                name="duty_progress_is_a_percentage", condition=models.Q(percent__lte=100)
            ),
            models.CheckConstraint(
                name="duty_knows_who_reported_once_reported",
                condition=filled_while("reported_at", state_in=_TOLD)
                & filled_together("reported_at", "reported_by"),
            ),
            models.CheckConstraint(
                name="duty_knows_who_judged_once_judged",
                condition=filled_while("judged_at", state_in=_JUDGED)
                & filled_together("judged_at", "judged_by"),
            ),
            models.CheckConstraint(
                name="duty_is_judged_by_somebody_else",
                condition=models.Q(judged_by__isnull=True)
                | ~models.Q(state__in=sorted(_JUDGED))
                | ~models.Q(judged_by=models.F("reported_by")),
            ),
            models.CheckConstraint(
                name="duty_has_an_end_exactly_when_it_is_done",
                condition=filled_exactly_while("done_at", state_in=[DutyState.DONE]),
            ),
            models.CheckConstraint(
                name="duty_is_done_only_whole_and_with_proof",
                condition=~models.Q(state=DutyState.DONE)
                | models.Q(percent=100, evidence_count__gte=1),
            ),
        ]
        indexes = [
            models.Index(
                name="plan_duty_owed_by_day",
                fields=["due_on"],
                condition=models.Q(state__in=sorted(OWED_STATES)),
            ),
            models.Index(name="plan_duty_by_agency", fields=["agency", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.agency_id or self.outsider} {self.period_first}"

    @property
    def subject(self) -> Subject:
        return Subject("plans.duty", str(self.pk))

    @property
    def lifecycle_state(self) -> DutyState:
        return DutyState(self.state)

    def is_overdue(self, on: date) -> bool:
        """Return whether it is owed past its day: nobody stores that."""
        return self.state in OWED_STATES and self.due_on < on


class Evidence(models.Model):
    """A proof beside a duty: a file, a figure of this system, or an official document."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=EvidenceForm.choices)
    title = models.CharField(max_length=200)
    file = models.ForeignKey(
        StoredFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    path = models.CharField(max_length=300, blank=True)  # a page of this system
    as_of = models.DateField(null=True, blank=True)  # the day of the figure there
    document_number = models.CharField(max_length=100, blank=True)
    document_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "plan_evidence"
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_figure_or_a_document",
                condition=models.Q(
                    form=EvidenceForm.FILE,
                    file__isnull=False,
                    path="",
                    as_of__isnull=True,
                    document_number="",
                    document_on__isnull=True,
                )
                | (
                    models.Q(
                        form=EvidenceForm.LINK,
                        file__isnull=True,
                        as_of__isnull=False,
                        document_number="",
                        document_on__isnull=True,
                    )
                    & ~models.Q(path="")
                )
                | (
                    models.Q(
                        form=EvidenceForm.DOCUMENT,
                        file__isnull=True,
                        path="",
                        as_of__isnull=True,
                        document_on__isnull=False,
                    )
                    & ~models.Q(document_number="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """Something an agency should look at, until it is read and until it has been dealt with."""

    duty = models.ForeignKey(
        Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    obstacle = models.ForeignKey(
        Obstacle, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    due_on = models.DateField()
    raised_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "plan_reminder"
        constraints = [
            # With the day: a new deadline is an occasion of its own.
            models.UniqueConstraint(
                name="agency_is_reminded_once_of_each_occasion",
                fields=["agency", "duty", "obstacle", "occasion", "due_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="reminder_is_of_a_duty_or_of_an_obstacle",
                condition=models.Q(duty__isnull=False, obstacle__isnull=True)
                | models.Q(duty__isnull=True, obstacle__isnull=False),
            ),
            models.CheckConstraint(
                name="reminder_knows_who_read_it",
                condition=filled_together("read_at", "read_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.occasion} {self.due_on}"
