"""Files that a form sends, taken one by one, so that a bad one costs none of the others."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.documents.definitions import JPEG, PDF, PNG, SUFFIXES
from motcua.documents.services import FileRefused
from motcua.kernel import text
from motcua.procedures.definitions import Component, Problem

_WORDS = {PDF: "PDF", JPEG: "JPG", PNG: "PNG"}
_LONGEST_NAME_SHOWN = 60


def take(
    files: Iterable[UploadedFile], keep: Callable[[bytes, str], Any], *, key: str
) -> tuple[int, list[Problem]]:
    """Hand each file to `keep`; return how many were kept, and why the others were not."""
    kept = 0
    problems = []
    for file in files:
        name = file.name or ""
        try:
            # One byte more than is accepted is enough to know that it is too much.
            keep(file.read(settings.UPLOAD_BYTES_MAX + 1), name)
            kept += 1
        except FileRefused as refusal:
            problems.append(
                Problem(
                    key=key,
                    message=_("Tệp “%(name)s”: %(why)s")
                    % {"name": _shortened(name), "why": _small_first(str(refusal))},
                )
            )
    return kept, problems


def accepted_words(component: Component) -> str:
    """Return what a paper may come as: "PDF, JPG, PNG, mỗi tệp không quá 10 MB"."""
    kinds = ", ".join(word for kind, word in _WORDS.items() if kind in component.accepts)
    return _("%(kinds)s, mỗi tệp không quá %(limit)s MB, tối đa %(count)s tệp") % {
        "kinds": kinds,
        "limit": settings.UPLOAD_BYTES_MAX // 1_000_000,
        "count": component.max_files,
    }


def accept_attribute(component: Component) -> str:
    """Return the `accept` of a file box."""
    return ",".join(
        suffix
        for kind, suffixes in SUFFIXES.items()
        if kind in component.accepts
        for suffix in suffixes
    )


def _shortened(name: str) -> str:
    name = text.clean(name)
    return name if len(name) <= _LONGEST_NAME_SHOWN else f"{name[:_LONGEST_NAME_SHOWN]}…"


def _small_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
