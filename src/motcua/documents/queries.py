"""Where the bytes of a file lie, and whether they are still what was handed in."""

import hashlib
from pathlib import Path

from django.conf import settings

from .models import StoredFile


class FileWasAltered(Exception):
    """The bytes on disk are not those that were handed in."""


def path_of(digest: str) -> Path:
    """Return the place of the bytes with this SHA-256."""
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest


def content_of(file: StoredFile) -> bytes:
    """
    Return the bytes, after checking that they are the ones handed in.

    :raises FileWasAltered: if the disk holds something else, or nothing
    """
    try:
        content = path_of(file.digest).read_bytes()
    except FileNotFoundError as error:
        raise FileWasAltered(file.digest) from error
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise FileWasAltered(file.digest)
    return content
