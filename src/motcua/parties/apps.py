"""Tells Django of this room."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """The room as Django lists it."""

    name = "motcua.parties"
    label = "parties"
