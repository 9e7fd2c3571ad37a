"""The people whom the city serves."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import Account


class Sex(models.TextChoices):
    """As civil status papers record it."""

    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Person(models.Model):
    """A natural person. The personal id is text: it starts with zeros and has no check digit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )
    full_name = models.CharField(max_length=150)
    # Keys made by kernel.text, compared byte by byte; in sort_key the given name comes first.
    folded_name = models.TextField(db_collation="C", editable=False)
    sort_key = models.TextField(db_collation="C", editable=False)
    personal_id = models.CharField(max_length=12, null=True, blank=True)
    born_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # 0xxxxxxxxx
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "person"
        constraints = [
            models.UniqueConstraint(name="person_personal_id_is_their_own", fields=["personal_id"]),
            models.CheckConstraint(
                name="person_personal_id_has_twelve_digits",
                condition=models.Q(personal_id__isnull=True)
                | models.Q(personal_id__regex="^[0-9]{12}$"),
            ),
            models.CheckConstraint(name="person_has_a_name", condition=~models.Q(full_name="")),
        ]
        indexes = [models.Index(name="person_list_order", fields=["sort_key"])]

    def __str__(self) -> str:
        return self.full_name
