"""What an administrator looks at: national records, and the changes that wait for a word."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.procedures.models import NationalRecord, NationalState

from .national import national_differences

_WAITS = Exists(NationalRecord.objects.filter(code=OuterRef("code"), state=NationalState.PENDING))


class NationalFilter(StrEnum):
    """The groups of the list of national records."""

    PENDING = "pending"
    DIFFERS = "differs"
    GAPS = "gaps"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Review:
    """A code as it is published, and the change that waits, if one does."""

    published: NationalRecord
    pending: NationalRecord | None


class NoSuchRecord(Exception):
    """No national record of that code was ever published."""


def national_records(
    only: NationalFilter, on: date, *, words: str = ""
) -> QuerySet[NationalRecord]:
    """Return the published records of a group, without their texts; `is_pending` says the rest."""
    records = (
        NationalRecord.objects.filter(state=NationalState.PUBLISHED)
        .annotate(is_pending=_WAITS)
        .defer("original", "reading")
        .order_by("code")
    )
    if words:
        records = records.filter(Q(code__startswith=words) | Q(name__icontains=words))
    return _narrowed(records, only, on)


def national_counts(on: date) -> dict[NationalFilter, int]:
    """Return how many records each group has."""
    return {only: national_records(only, on).count() for only in NationalFilter}


def review_of(code: str) -> Review:
    """
    Return what is published of the code, and what waits.

    :raises NoSuchRecord: if nothing is published
    """
    states = (NationalState.PUBLISHED, NationalState.PENDING)
    rows = {row.state: row for row in NationalRecord.objects.filter(code=code, state__in=states)}
    if NationalState.PUBLISHED not in rows:
        raise NoSuchRecord(code)
    return Review(published=rows[NationalState.PUBLISHED], pending=rows.get(NationalState.PENDING))


def _narrowed(
    records: QuerySet[NationalRecord], only: NationalFilter, on: date
) -> QuerySet[NationalRecord]:
    if only is NationalFilter.PENDING:
        return records.filter(_WAITS)
    if only is NationalFilter.GAPS:
        return records.exclude(gaps=[])
    if only is NationalFilter.DIFFERS:
        found = national_differences(on)
        return records.filter(code__in=[code for code, each in found.items() if each])
    return records
