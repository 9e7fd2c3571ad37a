"""The catalogue: what can be asked of the city, and each version of how."""

from django.db import models


class Field(models.Model):
    """A field of public administration (lĩnh vực)."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "procedure_field"

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure, by its national code."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=500)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "procedure"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """One published wording. Never changed: a dossier keeps the one it began with."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 over the canonical definition
    published_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "procedure_version"
        constraints = [
            models.UniqueConstraint(
                name="procedure_version_number_is_used_once", fields=["procedure", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"
