"""The six-month report: a draft that people rewrite, and the signed one that nobody can."""

from django.db import models

from motcua.documents.models import StoredFile
from motcua.kernel.constraints import filled_exactly_while, filled_while
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Officer
from motcua.plans.definitions import ReportFormat
from motcua.plans.lifecycle import ReportState

from .plans import Plan

_ASKED = [ReportState.SUBMITTED, ReportState.FROZEN]


class PlanReport(models.Model):
    """Drawn from what was known at a moment. A trigger keeps it as it was signed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    period_first = models.DateField()
    period_last = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    as_of = models.DateTimeField()  # the moment that the figures are of
    content = models.JSONField()  # definitions.reports.Content
    rewritten = models.JSONField(default=dict)  # a person's words, by the paragraph's key
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    returned_for = models.TextField(blank=True)  # why the leader wanted it otherwise
    number = models.CharField(max_length=50, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "plan_report"
        constraints = [
            models.UniqueConstraint(
                name="report_of_a_period_is_made_once", fields=["plan", "period_first"]
            ),
            models.UniqueConstraint(
                name="report_number_is_given_once",
                fields=["plan", "number"],
                condition=~models.Q(number=""),
            ),
            models.CheckConstraint(
                name="report_state_is_a_known_one",
                condition=models.Q(state__in=ReportState.values),
            ),
            models.CheckConstraint(
                name="report_knows_who_asked_for_the_signature",
                condition=filled_while("submitted_at", state_in=_ASKED)
                & filled_while("submitted_by", state_in=_ASKED),
            ),
            models.CheckConstraint(
                name="report_is_signed_exactly_when_frozen",
                condition=filled_exactly_while("signed_at", state_in=[ReportState.FROZEN])
                & filled_exactly_while("signed_by", state_in=[ReportState.FROZEN]),
            ),
            models.CheckConstraint(
                name="report_has_a_number_exactly_when_frozen",
                condition=(models.Q(state=ReportState.FROZEN) & ~models.Q(number=""))
                | (~models.Q(state=ReportState.FROZEN) & models.Q(number="")),
            ),
            models.CheckConstraint(
                name="report_is_signed_by_a_second_person",
                condition=models.Q(signed_by__isnull=True)
                | (
                    ~models.Q(signed_by=models.F("submitted_by"))
                    & ~models.Q(signed_by=models.F("drafted_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.period_first}"

    @property
    def subject(self) -> Subject:
        return Subject("plans.report", str(self.pk))

    @property
    def lifecycle_state(self) -> ReportState:
        return ReportState(self.state)


class ReportFile(models.Model):
    """One file of a signed report: its bytes lie under their hash."""

    report = models.ForeignKey(
        PlanReport, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    format = models.CharField(max_length=4, choices=ReportFormat.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)  # SHA-256

    class Meta:
        db_table = "plan_report_file"
        constraints = [
            models.UniqueConstraint(
                name="report_has_one_file_of_each_format", fields=["report", "format"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.format}"
