"""The plans that agencies issue for themselves (III.1), and which tasks of the city they serve."""

from django.db import models

from motcua.documents.models import StoredFile
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer

from .plans import Plan, Task


class AgencyPlan(models.Model):
    """A document with number and day; a later one takes its place and leaves it to be read."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "agency_plan"
        constraints = [
            models.UniqueConstraint(
                name="agency_has_one_plan_of_its_own_at_a_time",
                fields=["plan", "agency"],
                condition=models.Q(superseded_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="agency_plan_number_is_registered_once",
                fields=["plan", "agency", "number", "issued_on"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Subject:
        return Subject("plans.agency-plan", str(self.pk))


class AgencyTask(models.Model):
    """A task that an agency set itself."""

    agency_plan = models.ForeignKey(AgencyPlan, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "agency_plan_task"

    def __str__(self) -> str:
        return self.words[:80]


class AgencyTaskLink(models.Model):
    """The task of the city that an agency's own task serves."""

    agency_task = models.ForeignKey(AgencyTask, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "agency_plan_task_link"
        constraints = [
            models.UniqueConstraint(
                name="agency_task_serves_a_task_once", fields=["agency_task", "task"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_task_id} -> {self.task_id}"
