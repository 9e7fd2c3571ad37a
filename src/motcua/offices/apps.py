"""Tells Django of this room."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """The room as Django lists it."""

    name = "motcua.offices"
    label = "offices"
