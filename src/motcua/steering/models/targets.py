"""What agencies are to reach, set over time, and how they explain that they did not."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from motcua.kernel.constraints import filled_together
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer, Post


class Target(models.Model):
    """
    The share of dossiers that an agency is to receive online in a period.

    A row is never altered but to say that another took its place, so the history stays whole. The
    head who answers is whoever holds the post on the day that is asked about.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_on = models.DateField()
    last_on = models.DateField()
    tenths = models.PositiveSmallIntegerField()  # of a percent
    minimum_tenths = models.PositiveSmallIntegerField()  # what it had to be at least
    baseline_tenths = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    head = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.CharField(max_length=200)  # the document that sets it
    source_on = models.DateField()
    source_row = models.PositiveSmallIntegerField(null=True, blank=True)  # of the annex
    source_wording = models.CharField(max_length=200, blank=True)  # the name as printed there
    reason = models.CharField(max_length=1000, blank=True)
    set_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    set_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "target"
        constraints = [
            models.CheckConstraint(
                name="target_is_at_most_all_dossiers",
                condition=models.Q(tenths__gte=1, tenths__lte=1000),
            ),
            models.CheckConstraint(
                name="target_is_at_least_what_was_asked_for",
                condition=models.Q(tenths__gte=models.F("minimum_tenths")),
            ),
            models.CheckConstraint(
                name="target_baseline_is_a_share_of_a_year",
                condition=filled_together("baseline_tenths", "baseline_year")
                & (models.Q(baseline_tenths__isnull=True) | models.Q(baseline_tenths__lte=1000)),
            ),
            models.CheckConstraint(
                name="target_period_ends_no_earlier_than_it_begins",
                condition=models.Q(last_on__gte=models.F("first_on")),
            ),
            models.CheckConstraint(
                name="target_is_of_the_annex_or_set_by_somebody",
                condition=models.Q(source_row__isnull=False) | models.Q(set_by__isnull=False),
            ),
            models.CheckConstraint(
                name="target_takes_the_place_of_another_for_a_reason",
                condition=models.Q(replaces__isnull=True) | ~models.Q(reason=""),
            ),
            ExclusionConstraint(
                name="target_stands_once_for_an_agency_and_day",
                expressions=[
                    (
                        # A range of one number needs no extension of PostgreSQL.
                        models.Func(
                            models.F("agency"),
                            models.F("agency"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        models.Func(
                            "first_on", "last_on", models.Value("[]"), function="daterange"
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(replaced_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.first_on}: {self.tenths}"

    @property
    def subject(self) -> Subject:
        """Return how the ledger names the agency's targets, one history for all of them."""
        return Subject("steering.target", str(self.agency_id))

    def covers(self, day: date) -> bool:
        """Return whether the day lies in its period."""
        return self.first_on <= day <= self.last_on


class TargetExplanation(models.Model):
    """Why a target was missed or is about to be, in the head's words, and what the city says."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+", db_index=False)
    # What was known when it was written.
    until_on = models.DateField()
    online = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    forecast_tenths = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=4000)
    stated_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stated_at = models.DateTimeField()
    accepted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "target_explanation"
        indexes = [models.Index(name="target_explanation_order", fields=["target", "stated_at"])]
        constraints = [
            models.UniqueConstraint(
                name="target_explanation_waits_once_for_an_answer",
                fields=["target"],
                condition=models.Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="target_explanation_says_something",
                condition=~models.Q(words=""),
            ),
            models.CheckConstraint(
                name="target_explanation_is_answered_by_somebody_at_a_moment",
                condition=filled_together("accepted", "answered_by", "answered_at"),
            ),
            models.CheckConstraint(
                name="target_explanation_is_sent_back_with_words",
                condition=models.Q(accepted__isnull=True)
                | models.Q(accepted=True)
                | ~models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="target_explanation_counts_no_more_online_than_received",
                condition=models.Q(online__lte=models.F("received")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.stated_at}"
