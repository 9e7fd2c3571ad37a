"""Everything that adds a file."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from motcua.accounts.models import Account
from motcua.kernel import text

from .definitions import (
    SUFFIXES,
    FileIsDamaged,
    FileIsEmpty,
    FileIsPasswordProtected,
    FileIsTooBig,
    FileRefused,
    FileTypeIsNotAccepted,
    check_content,
)
from .models import StoredFile
from .queries import path_of

NAME_CHARACTERS_MAX = 200

__all__ = [
    "FileIsDamaged",
    "FileIsEmpty",
    "FileIsPasswordProtected",
    "FileIsTooBig",
    "FileRefused",
    "FileTypeIsNotAccepted",
    "keep_file",
    "store_file",
]


@transaction.atomic
def store_file(
    *, content: bytes, name: str, accepts: frozenset[str], by: Account, at: datetime
) -> StoredFile:
    """
    Check the content, keep it under its hash, and put it on the list of files.

    The name comes to end as its content does: a picture is never handed out as a program.

    :raises FileRefused: one of its kinds, with a message for the owner
    """
    media_type = check_content(content, accepts=accepts, bytes_max=settings.UPLOAD_BYTES_MAX)
    digest = hashlib.sha256(content).hexdigest()
    # The bytes come first: a row without a file would be a paper the city says it has.
    _write_once(path_of(digest), content)
    return StoredFile.objects.create(
        name=_name_that_fits(_plain_name(name), media_type),
        media_type=media_type,
        size_bytes=len(content),
        digest=digest,
        stored_by=by,
        stored_at=at,
    )


@transaction.atomic
def keep_file(*, content: bytes, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep a file that the city made itself, under its hash, and put it on the list of files."""
    digest = hashlib.sha256(content).hexdigest()
    _write_once(path_of(digest), content)
    return StoredFile.objects.create(
        name=_plain_name(name),
        media_type=media_type,
        size_bytes=len(content),
        digest=digest,
        stored_by=None,
        stored_at=at,
    )


def _plain_name(name: str) -> str:
    printable = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable())
    plain = text.clean(printable)[-NAME_CHARACTERS_MAX:].strip()
    return plain if plain.strip(".") else "giay-to"


def _name_that_fits(name: str, media_type: str) -> str:
    suffixes = SUFFIXES[media_type]
    if name.lower().endswith(suffixes):
        return name
    return f"{name}{suffixes[0]}"[-NAME_CHARACTERS_MAX:].strip()


def _write_once(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    # A reader sees the whole file or none, however the machine dies.
    os.replace(part.name, path)
