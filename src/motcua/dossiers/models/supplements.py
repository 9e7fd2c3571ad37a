"""What the applicant is asked to add, what was checked before, and what the head was asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.kernel.constraints import filled_together
from motcua.offices.models import Officer, Unit

from .dossiers import Dossier


class Phase(models.TextChoices):
    """When papers are asked for: the law counts the rounds of each by themselves."""

    INTAKE = "intake", _("Kiểm tra khi tiếp nhận")
    EXAMINATION = "examination", _("Thẩm tra sau khi tiếp nhận")


class Verdict(models.TextChoices):
    """What an officer found of one paper."""

    FINE = "fine", _("Đạt")
    NEEDED = "needed", _("Cần bổ sung")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")


class SupplementRequest(models.Model):
    """What the applicant was asked to add (form 02), and whether the answer came."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=12, choices=Phase.choices)
    round = models.PositiveSmallIntegerField()
    reason = models.TextField()
    items = models.JSONField()  # component key → what is needed
    requested_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        db_table = "supplement_request"
        constraints = [
            models.UniqueConstraint(
                name="supplement_rounds_are_counted", fields=["dossier", "round"]
            ),
            models.UniqueConstraint(
                name="one_supplement_request_is_open_at_a_time",
                fields=["dossier"],
                condition=models.Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="supplement_phase_is_known", condition=models.Q(phase__in=Phase.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.round}"


class ComponentReview(models.Model):
    """What was found of one paper before a round; it may change until the request is sent."""

    # The unique constraint's index begins with it.
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    phase = models.CharField(max_length=12, choices=Phase.choices)
    round = models.PositiveSmallIntegerField()  # of the request that it leads to
    key = models.CharField(max_length=50)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    needed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    example = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)  # how often it was put down
    reviewed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        db_table = "component_review"
        constraints = [
            models.UniqueConstraint(
                name="component_is_reviewed_once_a_round",
                fields=["dossier", "phase", "round", "key"],
            ),
            models.CheckConstraint(
                name="review_phase_is_known", condition=models.Q(phase__in=Phase.values)
            ),
            models.CheckConstraint(
                name="review_verdict_is_known", condition=models.Q(verdict__in=Verdict.values)
            ),
            models.CheckConstraint(
                name="review_says_what_and_why_exactly_where_something_is_needed",
                condition=(
                    models.Q(verdict=Verdict.NEEDED) & ~models.Q(needed="") & ~models.Q(why="")
                )
                | (~models.Q(verdict=Verdict.NEEDED) & models.Q(needed="", why="", example="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.round} {self.key}: {self.verdict}"


class PleaKind(models.TextChoices):
    """What a leader is asked to allow."""

    WITHDRAWAL = "withdrawal", _("Xin rút hồ sơ")
    FURTHER_ROUND = "further_round", _("Đề nghị yêu cầu bổ sung thêm")


class PleaAnswer(models.TextChoices):
    """What came of it; it lapses when the dossier moves on without an answer."""

    GRANTED = "granted", _("Đồng ý")
    DECLINED = "declined", _("Không đồng ý")
    LAPSED = "lapsed", _("Không còn cần trả lời")


class Plea(models.Model):
    """Something that only a leader may allow, who asked for it and why, and the leader's word."""

    # The constraint on open pleas serves only those.
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PleaKind.choices)
    phase = models.CharField(max_length=12, choices=Phase.choices)
    round = models.PositiveSmallIntegerField()  # of the supplement request that it is about, or 0
    reason = models.TextField()
    asked_by = models.CharField(max_length=60)  # as the ledger names people: "officer:7"
    asked_at = models.DateTimeField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # whose work it is
    outcome = models.CharField(max_length=10, choices=PleaAnswer.choices, null=True, blank=True)
    answered_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        db_table = "plea"
        constraints = [
            models.CheckConstraint(
                name="plea_kind_is_known", condition=models.Q(kind__in=PleaKind.values)
            ),
            models.CheckConstraint(
                name="plea_phase_is_known", condition=models.Q(phase__in=Phase.values)
            ),
            models.CheckConstraint(
                name="plea_outcome_is_known",
                condition=models.Q(outcome__isnull=True) | models.Q(outcome__in=PleaAnswer.values),
            ),
            models.CheckConstraint(
                name="plea_is_answered_with_an_outcome_and_a_moment",
                condition=filled_together("outcome", "answered_at"),
            ),
            models.CheckConstraint(
                name="plea_is_answered_by_somebody_exactly_unless_it_lapsed",
                condition=(
                    models.Q(outcome__in=[PleaAnswer.GRANTED, PleaAnswer.DECLINED])
                    & models.Q(answered_by__isnull=False)
                )
                | (
                    (models.Q(outcome__isnull=True) | models.Q(outcome=PleaAnswer.LAPSED))
                    & models.Q(answered_by__isnull=True)
                ),
            ),
            models.UniqueConstraint(
                name="one_plea_of_a_kind_is_open_at_a_time",
                fields=["dossier", "kind"],
                condition=models.Q(answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind} {self.round}"
