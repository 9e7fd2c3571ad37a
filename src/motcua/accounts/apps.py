"""Tells Django of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room as Django lists it."""

    name = "motcua.accounts"
    label = "accounts"
