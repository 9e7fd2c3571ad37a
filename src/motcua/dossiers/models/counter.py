"""What a counter writes down when it takes a dossier in, and at the end of a shift."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Officer, Unit
from motcua.procedures.definitions import FeeKind

from .dossiers import Dossier


class Relation(models.TextChoices):
    """By what right the submitter hands in the owner's dossier."""

    SELF = "self", _("Chính chủ hồ sơ")
    RELATIVE = "relative", _("Người thân: cha, mẹ, con, vợ, chồng, anh, chị, em ruột")
    GUARDIAN = "guardian", _("Người giám hộ, người đại diện theo pháp luật")
    REPRESENTATIVE = "representative", _("Người được ủy quyền")


class ShiftHandOver(models.Model):
    """A shift at a counter, closed: what the notes say was collected, and what lay there."""

    # The form's own key: handed over twice, it is one hand-over.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    handed_at = models.DateTimeField()
    noted_dong = models.BigIntegerField()
    counted_dong = models.BigIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "shift_hand_over"
        constraints = [
            models.CheckConstraint(
                name="shift_difference_is_explained",
                condition=models.Q(counted_dong=models.F("noted_dong")) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="shift_counts_no_less_than_nothing",
                condition=models.Q(counted_dong__gte=0, noted_dong__gte=0),
            ),
            models.CheckConstraint(
                name="shift_ends_no_earlier_than_it_begins",
                condition=models.Q(handed_at__gte=models.F("begun_at")),
            ),
        ]
        indexes = [
            models.Index(name="shift_by_officer", fields=["officer", "unit", "-handed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} @ {self.unit_id} {self.handed_at}"

    @property
    def subject(self) -> Subject:
        return Subject("dossiers.shift", str(self.pk))


class CounterIntake(models.Model):
    """How an officer took a dossier in, at a counter or from the post: who came, by what right."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField()
    relation = models.CharField(max_length=16, choices=Relation.choices)
    authority = models.CharField(max_length=300, blank=True)  # the paper that authorises
    # What was said today and differs from what is known of them: field → as it was said.
    owner_said = models.JSONField(default=dict)
    submitter_said = models.JSONField(default=dict)
    payer_name = models.CharField(max_length=150, blank=True)  # empty: the submitter pays
    identity_checked = models.BooleanField()  # the card itself was held beside the face
    post_item = models.CharField(max_length=50, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    passed_to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    shift = models.ForeignKey(
        ShiftHandOver, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "dossier_counter_intake"
        constraints = [
            models.CheckConstraint(
                name="intake_relation_is_one_we_know",
                condition=models.Q(relation__in=Relation.values),
            ),
            models.CheckConstraint(
                name="who_is_authorised_shows_by_what",
                condition=~models.Q(relation=Relation.REPRESENTATIVE) | ~models.Q(authority=""),
            ),
            models.CheckConstraint(
                name="what_came_by_post_has_a_number_and_a_day",
                condition=models.Q(post_item="", arrived_on__isnull=True)
                | (~models.Q(post_item="") & models.Q(arrived_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="who_came_in_person_was_looked_at",
                condition=models.Q(identity_checked=True) | ~models.Q(post_item=""),
            ),
        ]
        indexes = [
            # The counter ranks its procedures by what it took in lately, and lists its day.
            models.Index(name="intake_by_unit", fields=["unit", "taken_at"]),
            models.Index(
                name="intake_not_yet_handed_over",
                fields=["taken_by", "unit"],
                condition=models.Q(shift__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} @ {self.unit_id}"


class PresentedPaper(models.Model):
    """One paper of the dossier as it was laid on the counter: how many, and of which kind."""

    # The unique constraint's index begins with it.
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=50)
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "dossier_presented_paper"
        constraints = [
            models.UniqueConstraint(
                name="presented_paper_is_counted_once", fields=["dossier", "key"]
            ),
            models.CheckConstraint(
                name="presented_paper_was_really_there",
                condition=models.Q(originals__gt=0)
                | models.Q(certified__gt=0)
                | models.Q(copies__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.key}"


class FeeNoteLine(models.Model):
    """
    One amount that was due when the dossier came in, and what the officer says was collected.

    A note, and no payment: it moves no money and proves none.
    """

    # The unique constraint's index begins with it.
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=50)
    kind = models.CharField(max_length=10)  # procedures.definitions.FeeKind
    quantity = models.PositiveIntegerField()
    amount_dong = models.BigIntegerField(null=True, blank=True)  # in all; null: not known here
    collected_dong = models.BigIntegerField(default=0)  # 0: to be paid later
    receipt_number = models.CharField(max_length=50, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "dossier_fee_note_line"
        constraints = [
            models.UniqueConstraint(name="fee_is_noted_once_a_dossier", fields=["dossier", "key"]),
            models.CheckConstraint(
                name="fee_kind_is_one_we_know",
                condition=models.Q(kind__in=[kind.value for kind in FeeKind]),
            ),
            models.CheckConstraint(
                name="fee_is_never_less_than_nothing",
                condition=models.Q(collected_dong__gte=0)
                & (models.Q(amount_dong__isnull=True) | models.Q(amount_dong__gte=0)),
            ),
            models.CheckConstraint(
                name="fee_collected_has_a_receipt",
                condition=models.Q(collected_dong=0) | ~models.Q(receipt_number=""),
            ),
            models.CheckConstraint(
                name="fee_collected_otherwise_says_why",
                condition=models.Q(collected_dong=0)
                | models.Q(amount_dong__isnull=False, collected_dong=models.F("amount_dong"))
                | ~models.Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.key}"
