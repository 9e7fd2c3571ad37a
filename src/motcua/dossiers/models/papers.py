"""The statutory papers that were put out: what each said, for ever."""

import uuid

from django.db import models

from motcua.documents.models import StoredFile
from motcua.dossiers.lifecycle import Paper
from motcua.kernel.constraints import filled_together
from motcua.offices.models import Agency, Officer

from .dossiers import Dossier


class PaperCounter(models.Model):
    """The last number that an agency gave a paper of a kind in a year. There are no gaps."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    paper = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "paper_counter"
        constraints = [
            models.UniqueConstraint(
                name="papers_are_counted_once_per_agency_kind_and_year",
                fields=["agency", "paper", "year"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.paper} {self.year}: {self.last}"


class IssuedPaper(models.Model):
    """
    One statutory paper, as it was issued: its form, its number, and all that it says.

    Nothing of it ever changes (a trigger sees to that). Its bytes are made at the first reading,
    from what stands here, and kept: what is printed again is the same to the byte.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    paper = models.CharField(max_length=20, choices=Paper.choices)
    circular = models.CharField(max_length=20)  # dossiers.definitions.Form
    template = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    issued_at = models.DateTimeField()
    # Empty: the system itself, when time alone ends a dossier.
    issued_by = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    file = models.ForeignKey(
        StoredFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    digest = models.CharField(max_length=64, null=True, blank=True)  # SHA-256 of the bytes

    class Meta:
        db_table = "issued_paper"
        constraints = [
            models.UniqueConstraint(
                name="paper_number_is_given_once",
                fields=["agency", "paper", "year", "number"],
            ),
            models.UniqueConstraint(
                name="apology_is_made_once_a_dossier",
                fields=["dossier"],
                condition=models.Q(paper=Paper.APOLOGY),
            ),
            models.CheckConstraint(
                name="issued_paper_is_one_we_know",
                condition=models.Q(paper__in=Paper.values),
            ),
            models.CheckConstraint(
                name="issued_paper_has_its_bytes_and_their_digest_together",
                condition=filled_together("file", "digest"),
            ),
        ]
        indexes = [
            models.Index(name="issued_paper_by_dossier", fields=["dossier", "issued_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.number}/{self.year} of {self.agency_id}"
