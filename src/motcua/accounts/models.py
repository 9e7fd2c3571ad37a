"""Who may sign in: people, officers and systems all act through an account."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    """A name to sign in with. What it may do comes from the officer or the person behind it."""

    username = models.CharField(max_length=80, unique=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()

    USERNAME_FIELD = "username"

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.username


class AccessToken(models.Model):
    """A bearer token of an account. Only its digest is kept, so a leaked table opens no door."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "account_access_token"

    def __str__(self) -> str:
        return f"{self.account_id}: {self.name}"
