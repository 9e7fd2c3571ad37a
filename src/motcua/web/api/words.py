"""Texts of the OpenAPI document, which wait for the language of whoever reads it."""

from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext_lazy

# ninja's types know texts only; it passes them on untouched, and schema.py makes texts of them.
later = cast("Callable[[str], str]", gettext_lazy)
