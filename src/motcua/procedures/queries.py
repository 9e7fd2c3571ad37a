"""What is published, from when to when, compiled once per process."""

from datetime import date

from .definitions import Version


class UnknownProcedure(Exception):
    """No such procedure is in force on that day."""


def compiled(version_id: int) -> Version:
    """Return the version, compiled once per process. Published versions never change."""
    raise NotImplementedError


def version_in_force(code: str, on: date) -> Version:
    """
    Return the version of the procedure that is in force on that day.

    :raises UnknownProcedure: if there is none
    """
    raise NotImplementedError


def published(on: date) -> list[Version]:
    """Return every version in force on that day, by name."""
    raise NotImplementedError


def search(text: str, on: date) -> list[Version]:
    """Return the procedures in force that the words may mean, the likeliest first."""
    raise NotImplementedError
