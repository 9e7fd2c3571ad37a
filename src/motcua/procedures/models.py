"""The catalogue: what can be asked of the city, and each version of how."""

from django.db import models
from django.db.models import F, Q


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
