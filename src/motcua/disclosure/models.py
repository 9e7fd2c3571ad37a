"""A month's publication: its lines, the evidence behind them, replies, decisions, corrections."""

from typing import Any

from django.db import models

from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.models import Dossier
from motcua.kernel.constraints import (
    filled_exactly_while,
    filled_only_while,
    filled_together,
    filled_while,
)
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer, Unit

from .definitions import Change, LineKind, Naming
from .lifecycle import LIVE_STATES, SEALED_STATES, CorrectionState, PublicationState

__all__ = [
    "CorrectionState",
    "DisclosedDossier",
    "DisclosedLine",
    "LineKind",
    "Naming",
    "Publication",
    "PublicationState",
    "PublishedCorrection",
    "Reply",
]

_P, _C = PublicationState, CorrectionState


def _an_officer(**more: Any) -> Any:
    return models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False, **more
    )


def _maybe_an_officer() -> Any:
    return _an_officer(null=True, blank=True)


def _two_others(author: str) -> models.Q:
    """Nobody approves what is their own, and nobody twice. What is empty breaks no rule."""
    first, second = models.F("first_approved_by"), models.F("second_approved_by")
    unknown = models.Q(first_approved_by__isnull=True)
    apart = unknown | ~models.Q(first_approved_by=models.F(author))
    unknown_second = models.Q(second_approved_by__isnull=True)
    apart_again = unknown_second | (
        ~models.Q(second_approved_by=models.F(author)) & ~models.Q(second_approved_by=first)
    )
    return apart & apart_again & (unknown_second | ~models.Q(first_approved_by=second))


_APPROVED_IN_TURN = (
    filled_together("first_approved_by", "first_approved_at")
    & filled_together("second_approved_by", "second_approved_at")
    & (models.Q(second_approved_by__isnull=True) | models.Q(first_approved_by__isnull=False))
)


class Publication(models.Model):
    """
    What the city publishes of one month. Published, nothing of it changes (triggers see to that).

    `content` is canonical JSON, sealed when it goes to the approvers: what two agreed to is what
    everybody reads.
    """

    month = models.DateField()  # its first day
    state = models.CharField(
        max_length=12, choices=PublicationState.choices, default=PublicationState.DRAFT
    )
    figures = models.JSONField()  # definitions.told_figures
    drafted_by = _an_officer()
    drafted_at = models.DateTimeField()  # the data are as they were known then
    replies_due_at = models.DateTimeField(null=True, blank=True)
    submitted_by = _maybe_an_officer()
    submitted_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, null=True, blank=True)  # SHA-256 of the content
    first_approved_by = _maybe_an_officer()
    first_approved_at = models.DateTimeField(null=True, blank=True)
    second_approved_by = _maybe_an_officer()
    second_approved_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    published_by = _maybe_an_officer()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        db_table = "publication"
        constraints = [
            models.UniqueConstraint(
                name="one_publication_of_a_month_lives",
                fields=["month"],
                condition=models.Q(state__in=sorted(state.value for state in LIVE_STATES)),
            ),
            models.CheckConstraint(
                name="publication_is_of_a_whole_month", condition=models.Q(month__day=1)
            ),
            models.CheckConstraint(
                name="publication_state_is_a_known_one",
                condition=models.Q(state__in=PublicationState.values),
            ),
            models.CheckConstraint(
                name="publication_takes_replies_until_a_moment_once_opened",
                condition=filled_while("replies_due_at", state_in=SEALED_STATES | {_P.REPLYING})
                & filled_only_while("replies_due_at", state_in=frozenset(_P) - {_P.DRAFT}),
            ),
            models.CheckConstraint(
                name="publication_content_is_there_exactly_while_sealed",
                condition=filled_exactly_while("content", state_in=SEALED_STATES)
                & filled_together("content", "digest", "submitted_by", "submitted_at"),
            ),
            models.CheckConstraint(
                name="publication_digest_is_of_its_content",
                condition=models.Q(digest__isnull=True)
                | models.Q(
                    digest=models.Func(
                        models.Func(models.F("content"), function="sha256"),
                        models.Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
            ),
            models.CheckConstraint(
                name="publication_is_approved_by_two_who_did_not_draft_it",
                condition=_two_others("drafted_by"),
            ),
            models.CheckConstraint(
                name="publication_is_approved_one_after_the_other_while_sealed",
                condition=_APPROVED_IN_TURN
                & filled_only_while("first_approved_by", state_in=SEALED_STATES),
            ),
            models.CheckConstraint(
                name="publication_is_public_only_after_two_approvals",
                condition=filled_while("second_approved_by", state_in=[_P.PUBLISHED])
                & filled_exactly_while("published_at", state_in=[_P.PUBLISHED])
                & filled_together("published_at", "published_by"),
            ),
            models.CheckConstraint(
                name="publication_is_withdrawn_at_a_moment_for_a_reason",
                condition=filled_exactly_while("withdrawn_at", state_in=[_P.WITHDRAWN])
                & (models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.state})"

    @property
    def subject(self) -> Subject:
        return Subject("disclosure.publication", str(self.pk))

    @property
    def key(self) -> str:
        return f"{self.month:%Y-%m}"


class DisclosedLine(models.Model):
    """Who was late, with the names of that time; what they said of it, what the city decided."""

    # The unique constraint's index begins with it.
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    officer = _maybe_an_officer()
    agency_code = models.CharField(max_length=20)
    agency_name = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=200, blank=True)
    officer_name = models.CharField(max_length=150, blank=True)
    post = models.CharField(max_length=150, blank=True)
    late = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    unexplained = models.PositiveIntegerField()
    apologised = models.PositiveIntegerField()
    worst_days = models.PositiveIntegerField()
    median_days = models.PositiveIntegerField()
    naming = models.CharField(max_length=10, choices=Naming.choices, null=True, blank=True)
    naming_reason = models.TextField(blank=True)
    naming_by = _maybe_an_officer()
    naming_at = models.DateTimeField(null=True, blank=True)
    is_struck = models.BooleanField(default=False)
    amended = models.PositiveIntegerField(null=True, blank=True)  # the number that stands instead
    change_reason = models.TextField(blank=True)
    changed_by = _maybe_an_officer()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "disclosed_line"
        constraints = [
            models.UniqueConstraint(
                name="publication_lists_whom_it_names_once",
                fields=["publication", "kind", "agency", "unit", "officer"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="disclosed_line_names_what_its_kind_says",
                condition=models.Q(kind="agency", unit__isnull=True, officer__isnull=True)
                | models.Q(kind="unit", unit__isnull=False, officer__isnull=True)
                | models.Q(kind="officer", unit__isnull=False, officer__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosed_line_has_somebody_late",
                condition=models.Q(late__gt=0, ended__lte=models.F("late")),
            ),
            models.CheckConstraint(
                name="only_of_persons_is_decided_whether_to_name_them",
                condition=models.Q(naming__isnull=True)
                | models.Q(kind="officer", naming__in=Naming.values),
            ),
            models.CheckConstraint(
                name="naming_is_decided_by_somebody_for_a_reason",
                condition=filled_together("naming", "naming_by", "naming_at")
                & (models.Q(naming__isnull=True) | ~models.Q(naming_reason="")),
            ),
            models.CheckConstraint(
                name="disclosed_line_is_changed_by_somebody_for_a_reason",
                condition=filled_together("changed_by", "changed_at")
                & (
                    models.Q(changed_at__isnull=True, is_struck=False, amended__isnull=True)
                    | (models.Q(changed_at__isnull=False) & ~models.Q(change_reason=""))
                ),
            ),
            models.CheckConstraint(
                name="disclosed_line_is_amended_to_less",
                condition=models.Q(amended__isnull=True)
                | models.Q(amended__lt=models.F("late"), amended__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.kind} {self.late}"


class DisclosedDossier(models.Model):
    """A late dossier behind the lines. Its code is masked; its owner stays where they are known."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    officer = _maybe_an_officer()  # only where the delay counts against a person
    code = models.CharField(max_length=40)  # masked
    due_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    days_late = models.PositiveIntegerField()
    cause = models.CharField(max_length=20, choices=CauseClass.choices, null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "disclosed_dossier"
        constraints = [
            models.UniqueConstraint(
                name="publication_counts_a_dossier_once", fields=["publication", "dossier"]
            ),
            models.CheckConstraint(
                name="disclosed_dossier_blames_persons_for_their_own_only",
                condition=models.Q(officer__isnull=True) | models.Q(cause=CauseClass.OWN_UNIT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.code}"


class Reply(models.Model):
    """What somebody who is named says of it. It stands beside the line."""

    # The unique constraint's index begins with it.
    line = models.ForeignKey(
        DisclosedLine, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    officer = _an_officer()
    words = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        db_table = "disclosure_reply"
        constraints = [
            models.UniqueConstraint(
                name="somebody_replies_to_a_line_once", fields=["line", "officer"]
            ),
            models.CheckConstraint(
                name="disclosure_reply_says_something", condition=~models.Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.officer_id}"


class PublishedCorrection(models.Model):
    """A correction of what was published: proposed by one, approved by two others, numbered."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(
        max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED
    )
    change = models.CharField(max_length=10, choices=Change.choices)
    target = models.CharField(max_length=20)  # the key of a row of the content
    field = models.CharField(max_length=20, blank=True)
    former = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField()
    proposed_by = _an_officer()
    proposed_at = models.DateTimeField()
    first_approved_by = _maybe_an_officer()
    first_approved_at = models.DateTimeField(null=True, blank=True)
    second_approved_by = _maybe_an_officer()
    second_approved_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    rejected_by = _maybe_an_officer()
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejection_reason = models.TextField(blank=True)

    class Meta:
        db_table = "publication_correction"
        constraints = [
            models.UniqueConstraint(
                name="corrections_of_a_publication_are_counted", fields=["publication", "number"]
            ),
            models.UniqueConstraint(
                name="one_correction_of_a_row_is_proposed_at_a_time",
                fields=["publication", "target"],
                condition=models.Q(state=CorrectionState.PROPOSED),
            ),
            models.CheckConstraint(
                name="publication_correction_has_its_reason", condition=~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="publication_correction_is_a_known_one",
                condition=models.Q(change__in=Change.values, state__in=CorrectionState.values),
            ),
            models.CheckConstraint(
                name="correction_is_approved_by_two_who_did_not_propose_it",
                condition=_two_others("proposed_by"),
            ),
            models.CheckConstraint(
                name="correction_is_issued_only_after_two_approvals",
                condition=_APPROVED_IN_TURN
                & filled_exactly_while("number", state_in=[_C.ISSUED])
                & filled_exactly_while("second_approved_by", state_in=[_C.ISSUED])
                & filled_together("number", "issued_at"),
            ),
            models.CheckConstraint(
                name="correction_is_rejected_by_somebody_for_a_reason",
                condition=filled_exactly_while("rejected_by", state_in=[_C.REJECTED])
                & filled_together("rejected_by", "rejected_at")
                & (models.Q(rejected_at__isnull=True) | ~models.Q(rejection_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.change} {self.target}"

    @property
    def subject(self) -> Subject:
        return Subject("disclosure.publication", str(self.publication_id))
