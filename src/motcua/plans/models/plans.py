"""A plan of the city, its tasks, and every wording that a task has had."""

from collections.abc import Collection

from django.db import models

from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency
from motcua.plans.definitions import Rhythm


class Plan(models.Model):
    """A plan as its file says it: who keeps it, from when to when, and its headings."""

    number = models.CharField(max_length=50)
    issued_on = models.DateField()
    title = models.CharField(max_length=300)
    first_day = models.DateField()
    last_day = models.DateField()
    keeper = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    overseer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    parts = models.JSONField()  # [key, title], in the plan's order
    known_as = models.JSONField(default=dict)  # of an agency's name, the plan's own word for it
    monthly_days = models.PositiveSmallIntegerField()  # after a month, until it is accounted for
    half_yearly_days = models.PositiveSmallIntegerField()
    remind_days_before = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # of the file, as it was loaded last
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "plan"
        constraints = [
            models.UniqueConstraint(
                name="plan_number_of_a_day_is_given_once", fields=["number", "issued_on"]
            ),
            models.CheckConstraint(
                name="plan_ends_no_earlier_than_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Subject:
        return Subject("plans.plan", str(self.pk))

    def is_overseen_by(self, agency_ids: Collection[int]) -> bool:
        """Return whether who acts for these agencies sees what every agency does for the plan."""
        return self.keeper_id in agency_ids or self.overseer_id in agency_ids

    def days_after(self, rhythm: str) -> int:
        """Return how many days after the end of a period it is accounted for."""
        return self.monthly_days if rhythm == Rhythm.MONTHLY else self.half_yearly_days

    def called(self, agency_name: str) -> str:
        """Return what the plan calls an agency."""
        called: str = self.known_as.get(agency_name, agency_name)
        return called


class Task(models.Model):
    """A clause of the plan that orders something."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    clause = models.CharField(max_length=20)  # II.1.a
    part = models.CharField(max_length=20)  # II.1
    position = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)  # it stands in the file no more

    class Meta:
        db_table = "plan_task"
        constraints = [
            models.UniqueConstraint(name="plan_clause_is_one_task", fields=["plan", "clause"]),
        ]

    def __str__(self) -> str:
        return self.clause

    @property
    def subject(self) -> Subject:
        return Subject("plans.task", str(self.pk))


class TaskVersion(models.Model):
    """What a task said from one load of the file to another."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    wording = models.TextField()
    evidence = models.TextField()  # what would prove it
    agencies = models.JSONField(default=list)  # owners by name
    kinds = models.JSONField(default=list)  # owners by kind: every agency of it
    outside = models.JSONField(default=list)  # owners that are no agencies of the city
    coordinators = models.JSONField(default=list)
    rhythm = models.CharField(max_length=12, choices=[(r.value, r.name) for r in Rhythm])
    due_on = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=30, blank=True)  # of steering, where figures tell of it
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "plan_task_version"
        constraints = [
            models.UniqueConstraint(
                name="task_versions_are_counted_one_by_one", fields=["task", "number"]
            ),
            models.UniqueConstraint(
                name="task_has_one_wording_at_a_time",
                fields=["task"],
                condition=models.Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="task_has_a_day_exactly_when_it_is_done_once",
                condition=models.Q(rhythm=Rhythm.ONCE, due_on__isnull=False)
                | (~models.Q(rhythm=Rhythm.ONCE) & models.Q(due_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} v{self.number}"
