"""Whose processes and files the embedded PostgreSQL has: it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NobodyToRunAs(Exception):
    """Invoked by root on a machine without the user `nobody`."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """A user of the machine. Becoming one takes root; without root it is always ourselves."""

    name: str
    uid: int
    gid: int

    @property
    def is_somebody_else(self) -> bool:
        return self.uid != os.geteuid()

    def becoming(self) -> dict[str, Any]:
        """Return what subprocess needs to start a program as this user."""
        if not self.is_somebody_else:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Answer whether this user can reach what is inside the folder."""
        # Asked of the system, since mode bits alone do not tell (access lists, mounts).
        return self._succeeds("test", "-x", str(folder))

    def can_run(self, program: Path) -> bool:
        """Answer whether the program starts for this user, with the libraries beside it."""
        return self._succeeds(str(program), "--version")

    def take(self, path: Path, *, mode: int) -> None:
        """Make this user the owner of the path."""
        if self.is_somebody_else:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def _succeeds(self, *command: str) -> bool:
        try:
            done = subprocess.run(
                command, cwd="/", capture_output=True, check=False, **self.becoming()
            )
        except OSError:
            return False
        return done.returncode == 0


def ourselves() -> Owner:
    """Return the invoking user as the owner of the server."""
    return _known(os.geteuid(), os.getegid())


def of(path: Path) -> Owner:
    """Return the owner of what is on disk."""
    status = path.stat()
    return _known(status.st_uid, status.st_gid)


def for_new_cluster() -> Owner:
    """
    Return who shall own a new cluster: we ourselves, or `nobody` when we are root.

    :raises NobodyToRunAs: if that user does not exist
    """
    if os.geteuid() != 0:
        return ourselves()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise NobodyToRunAs from error
    return Owner(name=nobody.pw_name, uid=nobody.pw_uid, gid=nobody.pw_gid)


def _known(uid: int, gid: int) -> Owner:
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return Owner(name=name, uid=uid, gid=gid)
