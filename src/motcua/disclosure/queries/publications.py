"""Publications as the office, those named, and everybody read them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.disclosure.definitions import (
    Change,
    Correction,
    NothingToCorrect,
    corrected,
    name_of,
    row_of,
)
from motcua.disclosure.lifecycle import CorrectionState, PublicationState
from motcua.disclosure.models import (
    DisclosedDossier,
    DisclosedLine,
    LineKind,
    Publication,
    PublishedCorrection,
    Reply,
)
from motcua.dossiers.definitions import NOT_THE_OFFICERS
from motcua.kernel.clock import day_of
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate


class NoSuchPublication(Exception):
    """There is none, or it is not public."""


@dataclass(frozen=True, kw_only=True)
class LineSheet:
    """A line with the answers to it."""

    line: DisclosedLine
    replies: tuple[Reply, ...]


@dataclass(frozen=True, kw_only=True)
class Published:
    """What everybody reads of a month: the frozen content with its corrections over it."""

    publication: Publication
    view: dict[str, Any]
    corrections: tuple[Correction, ...]

    @property
    def corrected_on(self) -> date | None:
        """Return the day of the latest correction."""
        return self.corrections[-1].issued_on if self.corrections else None

    @property
    def is_unnamed(self) -> bool:
        """Return whether a name was taken away."""
        return any(each.change is Change.UNNAME for each in self.corrections)


def publications() -> list[Publication]:
    """Return all of them, drafts included, the latest month first."""
    return list(
        Publication.objects.defer("content", "figures")
        .select_related("drafted_by")
        .order_by("-month", "-pk")
    )


def publication_with(publication_id: int) -> Publication:
    """
    Return a publication in whatever state.

    :raises NoSuchPublication: if there is none
    """
    found = (
        Publication.objects.filter(pk=publication_id)
        .select_related(
            "drafted_by", "submitted_by", "first_approved_by", "second_approved_by", "published_by"
        )
        .first()
    )
    if found is None:
        raise NoSuchPublication(_("Không có bản công khai này."))
    return found


def lines_of(publication: Publication) -> list[LineSheet]:
    """Return the lines in order, each with its answers, in two statements."""
    lines = DisclosedLine.objects.filter(publication=publication).select_related(
        "naming_by", "changed_by"
    )
    return _with_replies(lines.order_by("pk"))


def line_with(publication_id: int, line_id: int) -> LineSheet:
    """
    Return one line with its answers.

    :raises NoSuchPublication: if the publication has none of that number
    """
    lines = DisclosedLine.objects.filter(publication_id=publication_id, pk=line_id)
    for sheet in _with_replies(lines.select_related("naming_by", "changed_by", "publication")):
        return sheet
    raise NoSuchPublication(_("Bản công khai không có dòng này."))


def dossiers_behind(line: DisclosedLine) -> list[DisclosedDossier]:
    """Return the evidence of a line, the longest late first."""
    found = DisclosedDossier.objects.filter(publication=line.publication_id, agency=line.agency_id)
    if line.kind != LineKind.AGENCY:
        found = found.filter(unit=line.unit_id)
    if line.kind == LineKind.OFFICER:
        found = found.filter(officer=line.officer_id)
    return list(found.exclude(cause__in=sorted(NOT_THE_OFFICERS)).order_by("-days_late", "code"))


def lines_concerning(mandate: Mandate) -> list[DisclosedLine]:
    """Return the lines that name the officer or an agency they head, the latest month first."""
    headed = [post.agency_id for post in mandate.posts if post.role == PostRole.LEADER]
    named = Q(kind=LineKind.OFFICER, officer=mandate.officer_id) | Q(agency__in=headed)
    shown = [PublicationState.REPLYING, PublicationState.APPROVING, PublicationState.PUBLISHED]
    return list(
        DisclosedLine.objects.filter(named, publication__state__in=shown)
        .select_related("publication")
        .defer("publication__content", "publication__figures")
        .order_by("-publication__month", "pk")
    )


def published_months() -> list[Publication]:
    """Return what anybody may read, the latest month first."""
    return list(
        Publication.objects.filter(state=PublicationState.PUBLISHED)
        .defer("figures")
        .order_by("-month")
    )


def published_of(month: date) -> Published:
    """
    Return what everybody reads of a month, made from the frozen bytes alone.

    :raises NoSuchPublication: if the month is not public
    """
    found = Publication.objects.filter(month=month, state=PublicationState.PUBLISHED).first()
    if found is None:
        raise NoSuchPublication(_("Tháng này chưa được công khai."))
    return published(found)


def published(publication: Publication) -> Published:
    """Return the sealed content of a publication with its corrections over it."""
    corrections = tuple(corrections_of(publication))
    with translation.override("vi"):  # the city's word, whoever reads
        view = corrected(content_of(publication), corrections)
    return Published(publication=publication, view=view, corrections=corrections)


def content_of(publication: Publication) -> dict[str, Any]:
    """Return the sealed content, as it was approved."""
    assert publication.content is not None  # sealed, or nobody asks
    content: dict[str, Any] = json.loads(bytes(publication.content))
    return content


def corrections_of(publication: Publication) -> list[Correction]:
    """Return the corrections that stand, in order."""
    rows = PublishedCorrection.objects.filter(
        publication=publication, state=CorrectionState.ISSUED
    ).order_by("number")
    return [
        Correction(
            number=row.number or 0,
            issued_on=day_of(_given(row.issued_at)),
            change=Change(row.change),
            target=row.target,
            field=row.field,
            former=row.former,
            new=row.new,
            reason=row.reason,
        )
        for row in rows
    ]


def corrections_proposed(publication: Publication) -> list[PublishedCorrection]:
    """Return what waits for approval, and what was turned down, the latest first."""
    return list(
        PublishedCorrection.objects.filter(publication=publication)
        .exclude(state=CorrectionState.ISSUED)
        .select_related("proposed_by", "first_approved_by", "rejected_by")
        .order_by("-pk")
    )


def name_in(view: Mapping[str, Any], target: str) -> str:
    """Return whom or what a row of the view is about; no text where there is no such row."""
    try:
        return name_of(row_of(view, target)[1])
    except NothingToCorrect:
        return ""


def _with_replies(lines: Iterable[DisclosedLine]) -> list[LineSheet]:
    found = list(lines)
    replies = _replies_to(found)
    return [LineSheet(line=line, replies=tuple(replies[line.pk])) for line in found]


def _replies_to(lines: Sequence[DisclosedLine]) -> dict[int, list[Reply]]:
    found: dict[int, list[Reply]] = defaultdict(list)
    rows = Reply.objects.filter(line__in=[line.pk for line in lines]).select_related("officer")
    for reply in rows.order_by("given_at", "pk"):
        found[reply.line_id].append(reply)
    return found


def _given(at: datetime | None) -> datetime:
    assert at is not None  # a constraint ties it to the number
    return at
