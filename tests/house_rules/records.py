"""Rules about tables, read from Django rather than from files."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from .house import House

_TECHNICAL = re.compile(r"(^|_)(chk|check|ck|constraint|fk|idx|pk|uniq|unique|uq)(_|$)")


def every_foreign_key_protects(house: House) -> Iterator[str]:
    """Write `on_delete=models.PROTECT`: records of public acts are not cascaded away."""
    for model in _ours():
        for field in model._meta.local_fields:
            is_key = isinstance(field, models.ForeignKey)
            if is_key and field.remote_field.on_delete is not models.PROTECT:
                yield f"{model.__name__}.{field.name}"


def every_foreign_key_says_how_it_is_read_back(house: House) -> Iterator[str]:
    """Write `related_name="+"`: a lower room must not read the rooms above it by accident."""
    for model in _ours():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.remote_field.related_name is None:
                yield f"{model.__name__}.{field.name}"


def every_table_is_named(house: House) -> Iterator[str]:
    """Write `db_table` in Meta: people read the database too, and rooms may move."""
    for model in _ours():
        if "db_table" not in model._meta.original_attrs:
            yield model.__name__


def every_constraint_tells_a_truth(house: House) -> Iterator[str]:
    """Name it as the sentence it keeps true: `dossier_code_is_never_reused`."""
    for model in _ours():
        for constraint in model._meta.constraints:
            if len(constraint.name.split("_")) < 4 or _TECHNICAL.search(constraint.name):
                yield f"{model.__name__}: {constraint.name}"


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("motcua.")]


RULES = (
    every_foreign_key_protects,
    every_foreign_key_says_how_it_is_read_back,
    every_table_is_named,
    every_constraint_tells_a_truth,
)
