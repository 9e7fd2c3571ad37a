"""Where the bytes of a file lie, and whether they are still what was handed in."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings

from motcua.accounts.models import Account

from .models import StoredFile


class FileWasAltered(Exception):
    """The bytes on disk are not those that were handed in."""


def files_stored_by(account: Account, file_ids: Iterable[UUID]) -> Mapping[UUID, StoredFile]:
    """Return those of the files that this account handed in; others do not exist for it."""
    files = StoredFile.objects.raw(
        "SELECT * FROM stored_file WHERE stored_by_id = %s AND id = ANY(%s::uuid[])",
        [account.pk, list(file_ids)],
    )
    return {file.pk: file for file in files}


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
