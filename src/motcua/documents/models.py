"""Files handed in, and papers of the city: each kept once under the hash of its content."""

import uuid

from django.db import models

from motcua.accounts.models import Account


class StoredFile(models.Model):
    """One file somebody handed in, or the city made. Its bytes are never rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    # Empty: the city itself made it.
    stored_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "stored_file"
        indexes = [models.Index(name="stored_file_by_digest", fields=["digest"])]

    def __str__(self) -> str:
        return self.name
