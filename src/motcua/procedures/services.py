"""Publishing: the only writes to the catalogue."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from .definitions import Version


def publish_version(*, definition: Mapping[str, Any], at: datetime) -> Version:
    """Publish the definition as the next version of its procedure."""
    raise NotImplementedError


def import_catalogue(*, folder: Path, at: datetime) -> list[Version]:
    """Publish what the folder's files say and the catalogue does not say yet."""
    raise NotImplementedError
