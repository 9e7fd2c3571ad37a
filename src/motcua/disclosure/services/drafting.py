"""Drawing a month up from the data, and giving a draft up."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.disclosure.definitions import (
    Excused,
    Figures,
    LineKind,
    Tally,
    days_late,
    excused_of,
    is_a_persons,
    masked_code,
    tallies_of,
    told_figures,
)
from motcua.disclosure.events import PublicationDrafted, PublicationWithdrawn, RepliesOpened
from motcua.disclosure.lifecycle import LIVE_STATES
from motcua.disclosure.models import DisclosedDossier, DisclosedLine, Publication
from motcua.disclosure.policies import (
    AlreadyDrafted,
    check_month_has_ended,
    check_state_allows,
    check_works_for_city,
    required_reason,
)
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.models import Agency, AgencyKind, Appointment
from motcua.offices.queries import Mandate, officer_names, unit_names
from motcua.steering.definitions import Period
from motcua.steering.queries import LateDossier, late_dossiers

from ._acts import locked, move, unseal

# The nation's own branches are not the city's to judge; the city's committee settles nothing.
_OURS = (AgencyKind.DEPARTMENT, AgencyKind.BOARD, AgencyKind.DISTRICT, AgencyKind.COMMUNE)
_ROWS_AT_ONCE = 1000


@transaction.atomic
def draft_publication(
    *, month: date, mandate: Mandate, figures: Figures, at: datetime
) -> Publication:
    """
    Draw up the publication of a month, its results handed in, its late ones read as known now.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises MonthHasNotEnded: if the month is still running or lies ahead
    :raises AlreadyDrafted: if the month has a publication, or a draft of one
    """
    check_works_for_city(mandate)
    month = month.replace(day=1)
    check_month_has_ended(month, at=at)
    _lock(month)
    if Publication.objects.filter(month=month, state__in=LIVE_STATES).exists():
        raise AlreadyDrafted(
            _("Tháng %(month)s đã có bản công khai hoặc dự thảo.") % {"month": f"{month:%m/%Y}"}
        )
    publication = Publication.objects.create(
        month=month,
        figures=told_figures(figures),
        drafted_by_id=mandate.officer_id,
        drafted_at=at,
    )
    period = Period.month(month.year, month.month)
    agencies = {agency.pk: agency for agency in Agency.objects.filter(kind__in=_OURS)}
    found = list(late_dossiers(period, known_at=at, agency_ids=agencies.keys()))
    _keep_evidence(publication, found, last=period.last)
    tallies = tallies_of(found, last=period.last)
    excused = excused_of(found, last=period.last)
    _keep_lines(publication, tallies, agencies, on=period.last)
    ledger.record(
        _drafted(publication, tallies, excused),
        subject=publication.subject,
        actor=mandate.actor,
        at=at,
    )
    return publication


@transaction.atomic
def open_replies(*, publication_id: int, mandate: Mandate, at: datetime) -> Publication:
    """
    Let those named answer, until an office closes so many working days later.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it is no draft any more
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_state_allows("open_replies", publication)
    publication.replies_due_at = _replies_due_at(at)
    move(
        publication,
        "open_replies",
        tell=RepliesOpened,
        actor=mandate.actor,
        at=at,
        replies_due_at=publication.replies_due_at.isoformat(),
    )
    return publication


@transaction.atomic
def withdraw_publication(
    *, publication_id: int, mandate: Mandate, reason: str, at: datetime
) -> Publication:
    """
    Give a draft up, so that the month may be drawn up anew.

    :raises NotTheCitysOffice: if the officer holds no post there
    :raises TheStateForbidsIt: if it is public, or was given up before
    :raises NeedsAReason: if none is given
    """
    publication = locked(publication_id)
    check_works_for_city(mandate)
    check_state_allows("withdraw", publication)
    publication.withdrawal_reason = required_reason(reason, _("Hãy ghi lý do hủy dự thảo."))
    publication.withdrawn_at = at
    unseal(publication)
    move(
        publication,
        "withdraw",
        tell=PublicationWithdrawn,
        actor=mandate.actor,
        at=at,
        reason=publication.withdrawal_reason,
    )
    return publication


def _lock(month: date) -> None:
    with connection.cursor() as cursor:
        # A month that has no row yet cannot be locked as one.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"disclosure {month}"]
        )


def _replies_due_at(at: datetime) -> datetime:
    calendar = calendars.city_calendar()
    on = day_of(at)
    for _day in range(settings.REPLY_WORKING_DAYS):
        on = calendar.next_working_day(on)
    return calendar.closing(on)


def _keep_evidence(publication: Publication, found: Iterable[LateDossier], *, last: date) -> None:
    DisclosedDossier.objects.bulk_create(
        (
            DisclosedDossier(
                publication=publication,
                dossier_id=late.dossier_id,
                agency_id=late.agency_id,
                unit_id=late.unit_id,
                officer_id=late.officer_id if is_a_persons(late) else None,
                code=masked_code(late.code),
                due_on=late.due_on,
                ended_on=late.ended_on,
                days_late=days_late(late, last=last),
                cause=late.cause,
                promised_on=late.promised_on,
            )
            for late in found
        ),
        batch_size=_ROWS_AT_ONCE,
    )


def _keep_lines(
    publication: Publication, tallies: Sequence[Tally], agencies: dict[int, Agency], *, on: date
) -> None:
    units = unit_names({each.unit_id for each in tallies if each.unit_id is not None})
    people = {each.officer_id for each in tallies if each.officer_id is not None}
    names, posts = officer_names(people), _posts_of(people, on)
    DisclosedLine.objects.bulk_create(
        (
            DisclosedLine(
                publication=publication,
                kind=each.kind,
                agency_id=each.agency_id,
                unit_id=each.unit_id,
                officer_id=each.officer_id,
                agency_code=agencies[each.agency_id].code,
                agency_name=agencies[each.agency_id].name,
                unit_name=units[each.unit_id][0] if each.unit_id is not None else "",
                officer_name=names[each.officer_id] if each.officer_id is not None else "",
                post=posts.get((each.officer_id, each.unit_id), ""),
                late=each.late,
                ended=each.ended,
                unexplained=each.unexplained,
                apologised=each.apologised,
                worst_days=each.worst_days,
                median_days=each.median_days,
            )
            for each in tallies
        ),
        batch_size=_ROWS_AT_ONCE,
    )


def _posts_of(officers: Iterable[int], on: date) -> dict[tuple[int | None, int | None], str]:
    """Return the title that each held in each unit at the end of the month, or before it."""
    rows = Appointment.objects.filter(officer__in=list(officers), valid_from__lte=on).order_by(
        "valid_from", "pk"
    )
    found: dict[tuple[int | None, int | None], str] = {}
    for officer, unit, title in rows.values_list("officer", "post__unit", "post__title"):
        found[officer, unit] = title
    return found


def _drafted(
    publication: Publication, tallies: Sequence[Tally], excused: Iterable[Excused]
) -> PublicationDrafted:
    return PublicationDrafted(
        month=publication.key,
        lines=len(tallies),
        late=sum(each.late for each in tallies if each.kind == LineKind.AGENCY),
        excused=sum(each.dossiers for each in excused),
    )
