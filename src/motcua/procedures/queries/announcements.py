"""The register of decisions that announce procedures, as it stands and as it once was known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.kernel.statements import Statement
from motcua.procedures.models import (
    AnnouncedProcedure,
    Announcement,
    NationalRecord,
    NationalState,
    PortalPublication,
    Procedure,
)

# What stands in the written statement for what each question gives.
_SINCE, _UNTIL = date(1900, 1, 1), date(1900, 1, 2)
_KNOWN_BEFORE = datetime(1900, 1, 1, tzinfo=UTC)


class NoSuchAnnouncement(Exception):
    """The register has no such decision."""


class Announced(NamedTuple):
    """A procedure in a decision, and when it was published, as far as that was known."""

    code: str
    agency_id: int  # that proposed the decision
    announcement_id: int
    number: str
    signed_on: date
    effective_on: date  # of the legal basis
    published_on: date | None


@dataclass(frozen=True, kw_only=True)
class AnnouncementSheet:
    """A decision with its procedures in the order of their codes; struck days are left out."""

    announcement: Announcement
    procedures: tuple[Announced, ...]
    kinds: Mapping[str, str]  # AnnouncedKind by code; empty where none was kept
    published_by: Mapping[str, PortalPublication]  # by code


def announcements(*, year: int | None = None) -> QuerySet[Announcement]:
    """Return the register, the last signed first, with what was struck out of it."""
    found = Announcement.objects.select_related("agency").order_by("-signed_on", "-pk")
    return found if year is None else found.filter(signed_on__year=year)


def announcement_years() -> list[int]:
    """Return the years in which a recorded decision was signed, the last first."""
    days = Announcement.objects.dates("signed_on", "year", order="DESC")
    return [day.year for day in days]


def announcement_sheet(announcement_id: int) -> AnnouncementSheet:
    """
    Return the decision with its procedures.

    :raises NoSuchAnnouncement: if there is none
    """
    found = announcements().select_related("recorded_by", "struck_by")
    announcement = found.filter(pk=announcement_id).first()
    if announcement is None:
        raise NoSuchAnnouncement(_("Sổ không có quyết định công bố này."))
    standing = PortalPublication.objects.filter(
        announced__announcement=announcement, struck_at__isnull=True
    ).select_related("announced", "recorded_by")
    return AnnouncementSheet(
        announcement=announcement,
        procedures=tuple(procedures_of([announcement.pk])[announcement.pk]),
        kinds=dict(announcement.procedures.values_list("code", "kind")),
        published_by={each.announced.code: each for each in standing},
    )


def procedures_of(announcement_ids: Collection[int]) -> dict[int, list[Announced]]:
    """Return what decisions announce, with the days of publication as they stand now."""
    rows = _announced(Q(announcement__in=announcement_ids), Q(publications__struck_at__isnull=True))
    found: dict[int, list[Announced]] = {each: [] for each in announcement_ids}
    for row in map(Announced._make, rows):
        found[row.announcement_id].append(row)
    return found


def announced(*, since: date, until: date, known_before: datetime) -> list[Announced]:
    """
    Return what the decisions signed between two days announce, as was known before a moment.

    What was recorded later, or struck by then, is left out; what was struck later is there.
    """
    given = {_SINCE: since, _UNTIL: until, _KNOWN_BEFORE: known_before}
    return list(map(Announced._make, _reading_announced().rows(given)))


def knows_announcements(*, before: datetime) -> bool:
    """Return whether any decision was recorded before a moment."""
    return Announcement.objects.filter(recorded_at__lt=before).exists()


def names_of_procedures(codes: Collection[str]) -> dict[str, str]:
    """Return what procedures are called here or in the national list, as far as either has them."""
    national = NationalRecord.objects.filter(code__in=codes, state=NationalState.PUBLISHED)
    names = dict(national.values_list("code", "name"))
    return names | dict(Procedure.objects.filter(code__in=codes).values_list("code", "name"))


@cache
def _reading_announced() -> Statement:
    return Statement(
        _announced(
            Q(announcement__signed_on__range=(_SINCE, _UNTIL))
            & _stood(_KNOWN_BEFORE, "announcement__"),
            _stood(_KNOWN_BEFORE, "publications__"),
        )
    )


def _announced(which: Q, published: Q) -> QuerySet[AnnouncedProcedure, tuple[Any, ...]]:
    return (
        AnnouncedProcedure.objects.filter(which)
        .annotate(publication=FilteredRelation("publications", condition=published))
        .order_by("code", "announcement__signed_on", "announcement")
        .values_list(
            "code",
            "announcement__agency_id",
            "announcement_id",
            "announcement__number",
            "announcement__signed_on",
            "announcement__effective_on",
            "publication__published_on",
        )
    )


def _stood(before: datetime, where: str) -> Q:
    """Return the condition that a row stood in the register just before a moment."""
    return Q(**{f"{where}recorded_at__lt": before}) & (
        Q(**{f"{where}struck_at__isnull": True}) | Q(**{f"{where}struck_at__gte": before})
    )
