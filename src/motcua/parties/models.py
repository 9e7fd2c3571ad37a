"""The people whom the city serves."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import Account


class Sex(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Person(models.Model):
    """A natural person. The personal id is text: it starts with zeros and has no check digit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    full_name = models.CharField(max_length=150)
    personal_id = models.CharField(max_length=12, null=True, blank=True, unique=True)  # noqa: DJ001
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.full_name
