"""What a citizen has begun to fill in, and the promise that one submission is one dossier."""

import uuid

from django.db import models

from motcua.accounts.models import Account
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.parties.models import Person
from motcua.procedures.models import ProcedureVersion


class Draft(models.Model):
    """A filing in the making. Its id is the intent: submitted twice, it is one dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    case_key = models.CharField(max_length=50)
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    dossier = models.OneToOneField(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "filing_draft"
        constraints = [
            models.CheckConstraint(
                name="draft_names_its_dossier_exactly_when_submitted",
                condition=models.Q(submitted_at__isnull=True, dossier__isnull=True)
                | models.Q(submitted_at__isnull=False, dossier__isnull=False),
            ),
        ]
        indexes = [models.Index(name="draft_by_person", fields=["person", "-updated_at"])]

    def __str__(self) -> str:
        return str(self.pk)


class DraftFile(models.Model):
    """A file attached to a draft for one of its papers."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=50)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "filing_draft_file"

    def __str__(self) -> str:
        return f"{self.draft_id} {self.key}"


class SupplementFile(models.Model):
    """A file laid ready to answer a request for papers, until the answer is handed in."""

    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=50)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "filing_supplement_file"

    def __str__(self) -> str:
        return f"{self.request_id} {self.key}"


class Submission(models.Model):
    """One submission, by the key its sender chose. The same key again is the same dossier."""

    # The unique constraint's index begins with it.
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)  # SHA-256 of what was sent
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "filing_submission"
        constraints = [
            models.UniqueConstraint(
                name="submission_key_stands_for_one_dossier", fields=["account", "key"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.key}"
