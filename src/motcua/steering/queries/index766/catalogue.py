"""What the catalogue says of competence: which procedures an agency settles, and how published."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.db import connection

from motcua.procedures.definitions import Audience, OnlineLevel, Version
from motcua.procedures.queries import compiled, published
from motcua.steering.definitions.index766 import Competence

SERVICES = (OnlineLevel.FULL, OnlineLevel.PARTIAL)
_PAID = """
    SELECT DISTINCT procedure FROM steering_month
    WHERE month > %(after)s AND month <= %(last)s AND paid_online > 0
"""
_PAID_BY_THEN = """
    SELECT DISTINCT procedure FROM steering_cohort
    WHERE month > %(after)s AND month <= %(last)s AND "on" <= %(known)s AND paid_online > 0
"""


class PublishedPart(StrEnum):
    """What criterion 1.3 asks to be published of a procedure, as far as a version can say it."""

    NAME = "name"
    STEPS = "steps"
    METHOD = "method"
    TIME = "time"
    SUBJECT = "subject"
    AGENCY = "agency"


def competence_of(
    offices: frozenset[tuple[str, str]], *, on: date, payable: frozenset[str]
) -> Competence:
    """
    Return the procedures in the competence of offices, each a kind and a name, on a day.

    `payable` are the procedures whose fee can be paid online, as `payable_online` says.
    """
    return _competence_of(offices, payable, tuple(version.id for version in published(on)))


@lru_cache(maxsize=1000)
def _competence_of(
    offices: frozenset[tuple[str, str]], payable: frozenset[str], version_ids: tuple[int, ...]
) -> Competence:
    # A published version never changes, so the same ones say the same.
    found = _settled(offices, map(compiled, version_ids))
    with_fee = _codes(version for version in found if has_fee(version))
    return Competence(
        all=_codes(found),
        complete=_codes(version for version in found if is_complete(version)),
        services=_codes(version for version in found if version.level in SERVICES),
        with_fee=with_fee,
        payable=with_fee.intersection(payable),
        for_persons=_codes(version for version in found if is_for_persons(version)),
    )


def settled_versions(offices: frozenset[tuple[str, str]], *, on: date) -> list[Version]:
    """Return the procedures that offices, each a kind and a name, settle on a day."""
    return _settled(offices, published(on))


def payable_online(*, until: date, as_of: date | None) -> frozenset[str]:
    """
    Return the procedures through which something was paid online in the year up to a day.

    No register says which procedures are joined to the payment platform. That a payment came
    through is evidence; that none came in a year is taken for the opposite.
    """
    last = until.replace(day=1)
    days = {"after": last.replace(year=last.year - 1), "last": last, "known": as_of}
    with connection.cursor() as cursor:
        cursor.execute(_PAID if as_of is None else _PAID_BY_THEN, days)
        return frozenset(code for (code,) in cursor.fetchall())


def has_fee(version: Version) -> bool:
    """Return whether something is to be paid; an amount that the city sets is not known here."""
    return any(fee.amount_dong != 0 for case in version.cases.values() for fee in case.fees)


def is_for_persons(version: Version) -> bool:
    """Return whether it is asked for by persons, and not by organisations alone."""
    return Audience.PERSON.value in version.audience


def is_complete(version: Version) -> bool:
    """Return whether all is published that criterion 1.3 asks for."""
    return not missing_parts(version)


def missing_parts(version: Version) -> list[PublishedPart]:
    """
    Return what criterion 1.3 asks for and is not published.

    Papers are always listed, if there are any; for the number of sets a version has no place.
    """
    has_times = all(
        channel in case.limits for case in version.cases.values() for channel in version.channels
    )
    told = {
        PublishedPart.NAME: version.name,
        PublishedPart.STEPS: version.steps,
        PublishedPart.METHOD: version.channels,
        PublishedPart.TIME: has_times,
        PublishedPart.SUBJECT: version.audience and version.who,
        PublishedPart.AGENCY: version.settled_by or version.settling_agency,
    }
    return [part for part, is_told in told.items() if not is_told]


def _settled(offices: frozenset[tuple[str, str]], versions: Iterable[Version]) -> list[Version]:
    kinds = {kind for kind, _name in offices}
    names = {name for _kind, name in offices}
    return [version for version in versions if _settle(kinds, names, version)]


def _settle(kinds: set[str], names: set[str], version: Version) -> bool:
    if version.settling_agency:
        return version.settling_agency in names
    return not kinds.isdisjoint(version.settled_by)


def _codes(versions: Iterable[Version]) -> frozenset[str]:
    return frozenset(version.code for version in versions)
