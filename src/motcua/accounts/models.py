"""Who may sign in: people, officers and systems all act through an account."""

import re
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

# What a person can type the same way on every keyboard; long enough for an e-mail address.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,79}")


def normalised(username: str) -> str:
    """Return the one spelling under which the name is kept: phones like to capitalise."""
    return username.strip().lower()


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its name as people type it."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """
        Return the account of that name, however it was capitalised.

        :raises Account.DoesNotExist: if nobody has it, or nobody could
        """
        name = normalised(username or "")
        if not USERNAME.fullmatch(name):
            raise self.model.DoesNotExist(name)
        return self.get(username=name)


class Account(AbstractBaseUser):
    """A name to sign in with. What it may do comes from the officer or the person behind it."""

    username = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"

    class Meta:
        db_table = "account"
        constraints = [
            models.UniqueConstraint(name="account_username_is_taken_once", fields=["username"]),
            models.CheckConstraint(
                name="account_username_is_in_its_one_spelling",
                condition=models.Q(username__regex=f"^{USERNAME.pattern}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.username


class AccessToken(models.Model):
    """A bearer token of an account. Only its digest is kept, so a leaked table opens no door."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "account_access_token"
        constraints = [
            models.UniqueConstraint(name="access_token_digest_is_its_own", fields=["digest"]),
            models.CheckConstraint(
                name="access_token_expires_after_it_is_issued",
                condition=models.Q(expires_at__isnull=True)
                | models.Q(expires_at__gt=models.F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.name}"

    def opens(self, *, at: datetime) -> bool:
        """Return whether the token is good at that moment, its account aside."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
