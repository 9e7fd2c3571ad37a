"""The catalogue: what can be asked of the city, each version of how, and how it was announced."""

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from motcua.kernel.constraints import filled_together
from motcua.kernel.ledger.models import Subject
from motcua.offices.models import Agency, Officer

# Procedures are announced by decision since Decree 63/2010/NĐ-CP was signed.
FIRST_ANNOUNCED, LAST_ANNOUNCED = date(2010, 6, 8), date(2100, 12, 31)


class Field(models.Model):
    """A field of public administration (lĩnh vực)."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "procedure_field"

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure, by its national code. The name is that of its last version."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=500)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "procedure"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """
    One published wording. Never changed: a dossier keeps the one it began with.

    A trigger keeps it so: the only write after publication is `valid_to`, once, when the next
    version takes over. A version replaced on its first day ends on the day before, and so is
    in force on no day.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 over the canonical definition
    published_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last day
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "procedure_version"
        constraints = [
            models.UniqueConstraint(
                name="procedure_version_number_is_used_once", fields=["procedure", "number"]
            ),
            models.UniqueConstraint(
                name="procedure_has_one_last_version",
                fields=["procedure"],
                condition=Q(valid_to__isnull=True),
            ),
            models.UniqueConstraint(
                name="procedure_version_starts_once_a_day",
                fields=["procedure", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="procedure_version_after_the_first_supersedes_one",
                condition=Q(number=1, supersedes__isnull=True)
                | Q(number__gt=1, supersedes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class NationalState(models.TextChoices):
    """Where an imported record stands."""

    PUBLISHED = "published", "published"  # shown, as information
    PENDING = "pending", "pending"  # says something else than the published one: to review
    SUPERSEDED = "superseded", "superseded"
    DISMISSED = "dismissed", "dismissed"


class NationalRecord(models.Model):
    """
    One wording of a procedure on the national portal, as it was crawled.

    A trigger keeps the original; only its state and how it was read may change.
    """

    code = models.CharField(max_length=30)
    name = models.TextField()
    state = models.CharField(max_length=10, choices=NationalState)
    original = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 over the canonical original
    reading = models.JSONField()  # definitions.NationalProcedure.reading()
    reading_digest = models.CharField(max_length=64)
    gaps = ArrayField(models.CharField(max_length=20), default=list)  # fields not wholly read
    read_at = models.DateTimeField()
    imported_at = models.DateTimeField()
    source_line = models.PositiveIntegerField()
    reviewed_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "procedure_national_record"
        constraints = [
            models.UniqueConstraint(
                name="national_record_is_published_once",
                fields=["code"],
                condition=Q(state="published"),
            ),
            models.UniqueConstraint(
                name="national_record_has_one_difference_to_review",
                fields=["code"],
                condition=Q(state="pending"),
            ),
            models.CheckConstraint(
                name="national_record_state_is_known", condition=Q(state__in=NationalState.values)
            ),
            models.CheckConstraint(
                name="national_record_is_reviewed_by_somebody_at_some_time",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="national_record_is_dismissed_by_somebody",
                condition=~Q(state="dismissed") | Q(reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="national_record_to_review_was_not_reviewed",
                condition=~Q(state="pending") | Q(reviewed_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="national_record_by_code", fields=["code", "state"])]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


def _an_officer(**more: Any) -> Any:
    return models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", db_index=False, **more
    )


class _Recorded(models.Model):
    """
    Recorded once and never altered: what is wrong is struck, and recorded anew.

    So what was known at the end of a past day can be told for ever.
    """

    recorded_by = _an_officer()
    recorded_at = models.DateTimeField()
    struck_by = _an_officer(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    strike_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        abstract = True


def _struck_for_a_reason() -> Q:
    return filled_together("struck_by", "struck_at") & (
        Q(struck_at__isnull=True, strike_reason="")
        | (Q(struck_at__isnull=False) & ~Q(strike_reason=""))
    )


class Announcement(_Recorded):
    """A decision of the city that announces procedures (quyết định công bố)."""

    number = models.CharField(max_length=30)
    signed_on = models.DateField()
    basis = models.CharField(max_length=300)  # the legal text that sets the procedures
    effective_on = models.DateField()  # of the basis
    agency = models.ForeignKey(  # that proposed it
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        db_table = "announcement"
        indexes = [models.Index(name="announcement_signed", fields=["-signed_on", "-id"])]
        constraints = [
            models.UniqueConstraint(
                "number",
                ExtractYear("signed_on"),
                name="announcement_number_is_used_once_a_year",
                condition=Q(struck_at__isnull=True),
            ),
            models.CheckConstraint(
                name="announcement_has_a_number_and_a_basis",
                condition=~Q(number="") & ~Q(basis=""),
            ),
            models.CheckConstraint(
                name="announcement_is_of_days_that_can_be",
                condition=Q(signed_on__range=(FIRST_ANNOUNCED, LAST_ANNOUNCED))
                & Q(effective_on__range=(FIRST_ANNOUNCED, LAST_ANNOUNCED)),
            ),
            models.CheckConstraint(
                name="announcement_is_struck_by_somebody_for_a_reason",
                condition=_struck_for_a_reason(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.signed_on}"

    @property
    def subject(self) -> Subject:
        """Return how the ledger names the decision."""
        return Subject("procedures.announcement", str(self.pk))


class AnnouncedKind(models.TextChoices):
    """What a decision does to a procedure (Decree 63/2010/NĐ-CP, Circular 02/2017/TT-VPCP [K])."""

    NEW = "new", _("Mới ban hành")
    AMENDED = "amended", _("Sửa đổi, bổ sung hoặc thay thế")
    ABOLISHED = "abolished", _("Bãi bỏ hoặc hủy bỏ")


class AnnouncedProcedure(models.Model):
    """A procedure that a decision announces. The code need not be in the catalogue yet."""

    # The unique constraint's index begins with it.
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, related_name="procedures", db_index=False
    )
    code = models.CharField(max_length=30)
    # Empty: recorded before kinds were kept.
    kind = models.CharField(max_length=10, choices=AnnouncedKind, blank=True)

    class Meta:
        db_table = "announced_procedure"
        constraints = [
            models.CheckConstraint(
                name="announced_procedure_kind_is_known",
                condition=Q(kind__in=[*AnnouncedKind.values, ""]),
            ),
            models.UniqueConstraint(
                name="announcement_names_a_procedure_once", fields=["announcement", "code"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.code}"


class PortalPublication(_Recorded):
    """The day on which an announced procedure was published on the national database."""

    announced = models.ForeignKey(
        AnnouncedProcedure, on_delete=models.PROTECT, related_name="publications"
    )
    published_on = models.DateField()

    class Meta:
        db_table = "portal_publication"
        constraints = [
            models.UniqueConstraint(
                name="announced_procedure_is_published_on_one_day",
                fields=["announced"],
                condition=Q(struck_at__isnull=True),
            ),
            models.CheckConstraint(
                name="portal_publication_is_struck_by_somebody_for_a_reason",
                condition=_struck_for_a_reason(),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announced_id} {self.published_on}"
