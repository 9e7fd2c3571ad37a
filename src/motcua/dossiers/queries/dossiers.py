"""One dossier, by whoever asks for it, and the parts it has."""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.crypto import salted_hmac

from motcua.calendars import queries as calendars
from motcua.calendars.limits import Limit
from motcua.documents.models import StoredFile
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE, Party
from motcua.dossiers.models import (
    Dossier,
    DossierComponent,
    DossierQuerySet,
    HandOver,
    LookupFailure,
    Result,
    SupplementRequest,
)
from motcua.kernel import numbers, text
from motcua.kernel.lifecycle import ClockEffect
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.definitions import Channel, Version

from .parts import due_if_accepted

# Guessing a secret: so many wrong pairs within so long, for one code or from one address.
LOOKUP_WINDOW = timedelta(minutes=15)
LOOKUP_FAILURES_PER_CODE = 5
LOOKUP_FAILURES_PER_ADDRESS = 20

_WAITING_FOR_APPLICANT = sorted(DOSSIER_LIFECYCLE.states_waiting_on(Party.APPLICANT))


class NoSuchDossier(Exception):
    """There is no such dossier, or none that this visitor may see."""


def dossiers_of(person: Person) -> QuerySet[Dossier]:
    """
    Return what the person filed, that which waits for the person first, then the newest.

    A linked dossier waits for the person when one of its parts does; the parts stand on its page.
    """
    waiting_part = Dossier.objects.filter(parent=OuterRef("pk"), state__in=_WAITING_FOR_APPLICANT)
    return (
        _of(person)
        .filed()
        .order_by(
            Case(
                When(state__in=_WAITING_FOR_APPLICANT, then=Value(0)),
                When(Exists(waiting_part), then=Value(0)),
                default=Value(1),
            ),
            "-submitted_at",
        )
    )


def _of(person: Person) -> DossierQuerySet:
    return Dossier.objects.filter(Q(owner=person) | Q(submitter=person)).select_related(
        "version__procedure", "settling_agency", "receiving_unit", "step_unit"
    )


def dossier_of(person: Person, code: str) -> Dossier:
    """
    Return one dossier of the person's own, or one part of it.

    :raises NoSuchDossier: also when it is somebody else's
    """
    dossier = _of(person).filter(code=text.clean(code)).first()
    if dossier is None:
        raise NoSuchDossier(code)
    return dossier


def dossier_with_id(dossier_id: UUID) -> Dossier:
    """
    Return the dossier for somebody who holds a link that the city signed.

    :raises NoSuchDossier: if there is none of that id
    """
    dossier = _for_lookup().filter(pk=dossier_id).first()
    if dossier is None:
        raise NoSuchDossier(str(dossier_id))
    return dossier


def _for_lookup() -> QuerySet[Dossier]:
    return Dossier.objects.select_related(
        "version__procedure", "settling_agency", "receiving_unit", "step_unit"
    )


def lookup_is_refused(code: str, address: str, *, at: datetime) -> bool:
    """Return whether there were too many wrong pairs for this code or from this address."""
    same_code = Q(code_mark=lookup_mark("code", code))
    same_address = Q(address_mark=lookup_mark("address", address))
    failures = LookupFailure.objects.filter(
        same_code | same_address, at__gt=at - LOOKUP_WINDOW
    ).aggregate(
        for_code=Count("pk", filter=same_code), from_address=Count("pk", filter=same_address)
    )
    return bool(
        failures["for_code"] >= LOOKUP_FAILURES_PER_CODE
        or failures["from_address"] >= LOOKUP_FAILURES_PER_ADDRESS
    )


def lookup_mark(kind: str, value: str) -> str:
    """Return the keyed hash under which a failed look-up remembers a code or an address."""
    plain = "".join(value.upper().split())
    return salted_hmac(f"dossiers.lookup.{kind}", plain, algorithm="sha256").hexdigest()


def dossier_by_secret(code: str, secret: str) -> Dossier:
    """
    Return the dossier for somebody who knows its code and its look-up secret.

    :raises NoSuchDossier: for a wrong pair, without telling which half is wrong
    """
    dossier = _for_lookup().filter(code=_as_typed(code)).first()
    kept = dossier.lookup_secret if dossier is not None else "--------"
    given = _secret_as_typed(secret)
    # Compared in constant time even when there is no dossier, so that time tells nothing.
    if not hmac.compare_digest(kept.encode(), given.encode()) or dossier is None:
        raise NoSuchDossier(code)
    return dossier


def _as_typed(code: str) -> str:
    try:
        return str(numbers.parse_dossier_code(code))
    except numbers.NotADossierCode:
        return ""


def _secret_as_typed(secret: str) -> str:
    try:
        return numbers.read_secret(secret)
    except numbers.NotASecret:
        return ""


def visible_to(mandate: Mandate) -> QuerySet[Dossier]:
    """
    Return the dossiers that the officer's posts give sight of.

    Whoever sees a linked dossier sees its parts; who settles a part sees no more than the part.
    """
    units = {post.unit_id for post in mandate.posts}
    agencies = {post.agency_id for post in mandate.posts}
    return Dossier.objects.filter(
        Q(receiving_unit_id__in=units)
        | Q(settling_agency_id__in=agencies)
        | Q(parent__receiving_unit_id__in=units)
        | Q(parent__settling_agency_id__in=agencies)
    )


def dossier_for(mandate: Mandate, code: str) -> Dossier:
    """
    Return one dossier that the officer may see, with what its pages show.

    :raises NoSuchDossier: also when it is beyond the officer's sight
    """
    dossier = (
        visible_to(mandate)
        .select_related(
            "version__procedure",
            "receiving_unit",
            "settling_agency",
            "step_unit",
            "holder",
            "owner",
            "submitter",
            "parent",
        )
        .filter(code=text.clean(code))
        .first()
    )
    if dossier is None:
        raise NoSuchDossier(code)
    return dossier


def promised_at(
    dossier: Dossier, version: Version, *, at: datetime, edition: int | None = None
) -> datetime:
    """
    Return for when the result is promised if the dossier is accepted at this moment.

    Counted by that edition of the calendar; by the newest if none is named.
    """
    if version.linked is not None:
        return due_if_accepted(dossier, version.linked, at=at, edition=edition)
    return clock.due_at(
        [ClockEvent(effect=ClockEffect.START, at=at)],
        limit=limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=calendars.city_calendar(dossier.settling_agency_id, edition),
    )


def limit_of(dossier: Dossier, version: Version) -> Limit:
    """Return how long the agency has for this case by this channel."""
    return version.cases[dossier.case_key].limits[Channel(dossier.channel)]


def papers_of(dossier: Dossier) -> list[DossierComponent]:
    """Return the files handed in, in the order of filing and supplement."""
    return list(
        DossierComponent.objects.filter(dossier=dossier)
        .select_related("file")
        .order_by("round", "pk")
    )


def file_of(dossier_id: UUID, file_id: UUID) -> StoredFile | None:
    """Return one of the dossier's papers or its result, or None if the file is not of it."""
    papers = DossierComponent.objects.filter(dossier_id=dossier_id).values("file_id")
    results = Result.objects.filter(dossier_id=dossier_id).values("file_id")
    return (
        StoredFile.objects.filter(pk=file_id).filter(Q(pk__in=papers) | Q(pk__in=results)).first()
    )


def open_request_of(dossier: Dossier) -> SupplementRequest | None:
    """Return the request for papers that waits for an answer, if there is one."""
    return SupplementRequest.objects.filter(dossier=dossier, answered_at=None).first()


def requests_of(dossier: Dossier) -> list[SupplementRequest]:
    """Return every request for papers, answered or not, in order."""
    return list(
        SupplementRequest.objects.filter(dossier=dossier)
        .select_related("requested_by")
        .order_by("round")
    )


def result_of(dossier: Dossier) -> Result | None:
    """Return how the dossier was decided, once it was."""
    return Result.objects.filter(dossier=dossier).select_related("file", "decided_by").first()


def hand_over_of(dossier: Dossier) -> HandOver | None:
    """Return who received the result, once somebody did."""
    return HandOver.objects.filter(dossier=dossier).first()


def counted_as(dossier_ids: Iterable[str]) -> Mapping[str, tuple[int, bool]]:
    """Return at which unit each dossier counts, and whether as a part, by the text of its id."""
    rows = Dossier.objects.filter(pk__in={UUID(i) for i in dossier_ids})
    return {
        str(pk): (unit, parent is not None)
        for pk, unit, parent in rows.values_list("pk", "receiving_unit_id", "parent_id")
    }
