"""Reads for screens: work lists, one dossier, and its history in words."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from motcua.calendars import seeds
from motcua.calendars.limits import Limit
from motcua.documents.models import StoredFile
from motcua.kernel import numbers, text
from motcua.kernel.ledger.models import LedgerEvent, LedgerEventQuerySet
from motcua.kernel.lifecycle import ClockEffect
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.definitions import Channel, Version

from . import clock
from .clock import ClockEvent
from .lifecycle import DOSSIER_LIFECYCLE, OPEN_STATES, DossierState, Party
from .models import (
    Dossier,
    DossierComponent,
    HandOver,
    LookupFailure,
    Result,
    SupplementRequest,
)

S = DossierState

# How long before the due moment a dossier is shown as near it.
NEAR_DUE = timedelta(days=1)
# Guessing a secret: so many wrong pairs within so long, for one code or from one address.
LOOKUP_WINDOW = timedelta(minutes=15)
LOOKUP_FAILURES_PER_CODE = 5
LOOKUP_FAILURES_PER_ADDRESS = 20

_WAITING_FOR_APPLICANT = sorted(DOSSIER_LIFECYCLE.states_waiting_on(Party.APPLICANT))


class NoSuchDossier(Exception):
    """There is no such dossier, or none that this visitor may see."""


class Tab(StrEnum):
    """The tabs of a work list."""

    INTAKE = "intake"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    TO_DECIDE = "to_decide"
    WAITING = "waiting"
    NEAR = "near"
    OVERDUE = "overdue"
    TO_RETURN = "to_return"
    CLOSED = "closed"


def dossiers_of(person: Person) -> QuerySet[Dossier]:
    """Return the person's dossiers, those that wait for the person first, then the newest."""
    return (
        Dossier.objects.filter(Q(owner=person) | Q(submitter=person))
        .select_related("version__procedure", "settling_agency", "receiving_unit", "step_unit")
        .order_by(
            Case(When(state__in=_WAITING_FOR_APPLICANT, then=Value(0)), default=Value(1)),
            "-submitted_at",
        )
    )


def dossier_of(person: Person, code: str) -> Dossier:
    """
    Return one dossier of the person's own.

    :raises NoSuchDossier: also when it is somebody else's
    """
    dossier = dossiers_of(person).filter(code=code).first()
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
    """Return the dossiers that the officer's posts give sight of."""
    return Dossier.objects.filter(
        Q(receiving_unit_id__in={post.unit_id for post in mandate.posts})
        | Q(settling_agency_id__in={post.agency_id for post in mandate.posts})
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
        )
        .filter(code=code)
        .first()
    )
    if dossier is None:
        raise NoSuchDossier(code)
    return dossier


class DossierSheet(NamedTuple):
    """All that programs read of one dossier, in the order of the statement's columns."""

    id: UUID
    code: str
    lookup_secret: str
    version_id: int
    case_key: str
    channel: str
    state: str
    owner_id: UUID
    submitter_id: UUID
    owner_name: str
    receiving_unit: str
    settling_agency: str
    step_key: str | None
    step_unit: str | None
    step_due_at: datetime | None
    holder: str | None
    submitted_at: datetime
    intake_due_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    paused_at: datetime | None
    completed_at: datetime | None
    returned_at: datetime | None
    answers: str  # JSON as the database wrote it, and so are these three
    papers: str
    open_request: str | None
    result: str | None


_SEEN = """
    d.code = %s AND (
        d.owner_id = %s OR d.submitter_id = %s
        OR d.receiving_unit_id = ANY(%s::bigint[]) OR d.settling_agency_id = ANY(%s::bigint[])
    )
"""
_SHEET = f"""
    SELECT d.id, d.code, d.lookup_secret, d.version_id, d.case_key, d.channel, d.state,
        d.owner_id, d.submitter_id, d.owner_name, receiving.name, agency.name,
        d.step_key, step_unit.name, d.step_due_at, officer.full_name,
        d.submitted_at, d.intake_due_at, d.accepted_at, d.due_at, d.paused_at, d.completed_at,
        d.returned_at, d.answers::text,
        (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id, 'key', c.key, 'name', f.name, 'media_type', f.media_type,
            'size_bytes', f.size_bytes, 'round', c.round, 'added_at', c.added_at
            ) ORDER BY c.round, c.id), '[]')::text
         FROM dossier_component AS c JOIN stored_file AS f ON f.id = c.file_id
         WHERE c.dossier_id = d.id),
        (SELECT jsonb_build_object(
            'round', s.round, 'reason', s.reason, 'items', s.items, 'requested_at', s.requested_at
            )::text
         FROM supplement_request AS s WHERE s.dossier_id = d.id AND s.answered_at IS NULL),
        (SELECT jsonb_build_object(
            'outcome', r.outcome, 'number', r.number, 'summary', r.summary, 'file', r.file_id,
            'decided_at', r.decided_at
            )::text
         FROM dossier_result AS r WHERE r.dossier_id = d.id)
    FROM dossier AS d
    JOIN unit AS receiving ON receiving.id = d.receiving_unit_id
    JOIN agency ON agency.id = d.settling_agency_id
    LEFT JOIN unit AS step_unit ON step_unit.id = d.step_unit_id
    LEFT JOIN officer ON officer.id = d.holder_id
    WHERE {_SEEN}
"""  # noqa: S608  # no part of it comes from outside


def sheet_of(code: str, *, person: Person | None, mandate: Mandate | None) -> DossierSheet:
    """
    Return everything about one dossier in one statement: the person's own, or in office.

    :raises NoSuchDossier: also when it is there and beyond their sight
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHEET, _eyes(code, person, mandate))
        row = cursor.fetchone()
    if row is None:
        raise NoSuchDossier(code)
    return DossierSheet._make(row)


def id_in_sight(code: str, *, person: Person | None, mandate: Mandate | None) -> UUID:
    """
    Return the dossier's id, if the person owns it or the officer may see it.

    :raises NoSuchDossier: also when it is there and beyond their sight
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id FROM dossier AS d WHERE {_SEEN}",  # noqa: S608
            _eyes(code, person, mandate),
        )
        row = cursor.fetchone()
    if row is None:
        raise NoSuchDossier(code)
    dossier_id: UUID = row[0]
    return dossier_id


def dossier_in_sight(code: str, *, person: Person | None, mandate: Mandate | None) -> Dossier:
    """
    Return one dossier of the person's own, or one that the officer may see.

    :raises NoSuchDossier: also when it is there and beyond their sight
    """
    if mandate is not None:
        try:
            return dossier_for(mandate, code)
        except NoSuchDossier:
            if person is None:
                raise
    if person is None:
        raise NoSuchDossier(code)
    return dossier_of(person, code)


def _eyes(code: str, person: Person | None, mandate: Mandate | None) -> list[Any]:
    person_id = person.pk if person else None
    return [
        code,
        person_id,
        person_id,
        list(mandate.unit_ids()) if mandate else [],
        list(mandate.agency_ids) if mandate else [],
    ]


def work_list(mandate: Mandate, tab: Tab, *, at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers under one tab, the most urgent first."""
    order = {
        Tab.INTAKE: ["intake_due_at", "submitted_at"],
        Tab.CLOSED: ["-completed_at"],
        Tab.TO_RETURN: ["completed_at"],
    }.get(tab, ["due_at", "submitted_at"])
    return (
        visible_to(mandate)
        .filter(_under(tab, mandate, at))
        .select_related("version__procedure", "holder", "step_unit")
        .order_by(*order, "code")
    )


def tab_counts(mandate: Mandate, *, at: datetime) -> Mapping[Tab, int]:
    """Return how many dossiers stand under each tab, counted in one statement."""
    counts = visible_to(mandate).aggregate(
        **{
            tab.value: Count("pk", filter=_under(tab, mandate, at))
            for tab in Tab
            if tab is not Tab.CLOSED
        }
    )
    return {Tab(name): count for name, count in counts.items()}


def tabs_for(mandate: Mandate) -> list[Tab]:
    """Return the tabs that the officer's roles have work under."""
    roles = {post.role for post in mandate.posts}
    tabs: list[Tab] = []
    if PostRole.RECEIVER in roles:
        tabs += [Tab.INTAKE, Tab.TO_RETURN]
    if PostRole.LEADER in roles:
        tabs += [Tab.TO_DECIDE]
    if PostRole.PROCESSOR in roles:
        tabs += [Tab.MINE]
    if roles & {PostRole.PROCESSOR, PostRole.LEADER}:
        tabs += [Tab.UNASSIGNED, Tab.NEAR, Tab.OVERDUE]
    return [*tabs, Tab.WAITING, Tab.CLOSED]


def found_by(mandate: Mandate, words: str) -> QuerySet[Dossier]:
    """Return the visible dossiers whose code or owner matches the words, accents or not."""
    if not text.fold(words):
        return Dossier.objects.none()
    return (
        visible_to(mandate)
        .filter(_matching(words))
        .select_related("version__procedure", "holder", "step_unit")
        .order_by("-submitted_at", "code")
    )


def narrowed(
    dossiers: QuerySet[Dossier], *, procedure: str = "", words: str = ""
) -> QuerySet[Dossier]:
    """Return those of one procedure, and those whose code or owner matches the words."""
    if procedure:
        dossiers = dossiers.filter(version__procedure__code=procedure)
    if words.strip():
        dossiers = dossiers.filter(_matching(words))
    return dossiers


def next_for(mandate: Mandate, tab: Tab, *, after: Dossier, at: datetime) -> Dossier | None:
    """Return the most urgent dossier under the tab but this one, for whoever has just acted."""
    return work_list(mandate, tab, at=at).exclude(pk=after.pk).first()


def open_work_of(officer_ids: Iterable[int]) -> Mapping[int, int]:
    """Return how many open dossiers each officer holds; who holds none is left out."""
    rows = (
        Dossier.objects.filter(holder_id__in=set(officer_ids), state__in=sorted(OPEN_STATES))
        .values_list("holder_id")
        .annotate(count=Count("pk"))
    )
    return {holder_id: count for holder_id, count in rows if holder_id is not None}


def promised_at(dossier: Dossier, version: Version, *, at: datetime) -> datetime:
    """Return for when the result is promised if the dossier is accepted at this moment."""
    return clock.due_at(
        [ClockEvent(effect=ClockEffect.START, at=at)],
        limit=limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=seeds.city_calendar(),
    )


def limit_of(dossier: Dossier, version: Version) -> Limit:
    """Return how long the agency has for this case by this channel."""
    return version.cases[dossier.case_key].limits[Channel(dossier.channel)]


def history_of(dossier: Dossier) -> LedgerEventQuerySet:
    """Return everything that happened to the dossier, in order."""
    return LedgerEvent.objects.about(dossier.subject)


def clock_events_of(dossier: Dossier) -> list[ClockEvent]:
    """Return the starts, pauses and resumes of the statutory clock, in order."""
    return clock_events_in(history_of(dossier))


def clock_events_in(history: Iterable[LedgerEvent]) -> list[ClockEvent]:
    """Return the clock's part of a history."""
    events = []
    for event in history:
        verb = event.data.get("verb")  # the first event opens the dossier and moves nothing
        effect = DOSSIER_LIFECYCLE.transition(verb).clock if verb else None
        if effect is not None:
            events.append(ClockEvent(effect=effect, at=event.occurred_at))
    return events


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


def receiving_units_of(dossier_ids: Iterable[str]) -> Mapping[str, int]:
    """Return the receiving unit of each dossier, by the text of its id."""
    rows = Dossier.objects.filter(pk__in={UUID(i) for i in dossier_ids})
    return {str(pk): unit for pk, unit in rows.values_list("pk", "receiving_unit_id")}


def proposal_of(dossier: Dossier) -> LedgerEvent | None:
    """Return the last proposal made to the leader, if there is one."""
    return proposal_in(history_of(dossier).filter(kind="dossiers.outcome-proposed"))


def proposal_in(history: Iterable[LedgerEvent]) -> LedgerEvent | None:
    """Return the last proposal in a history, if there is one."""
    return next((e for e in reversed(list(history)) if e.kind == "dossiers.outcome-proposed"), None)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a dossier's history, in words."""

    at: datetime
    title: str
    detail: str
    actor: str  # "officer:7", "person:…": whom to name is for the page to decide
    kind: str


_TITLES = {
    "dossiers.opened": _("Đã nộp hồ sơ"),
    "dossiers.accepted": _("Đã tiếp nhận, bắt đầu tính thời hạn"),
    "dossiers.refused": _("Không tiếp nhận hồ sơ"),
    "dossiers.supplement-requested": _("Yêu cầu bổ sung giấy tờ"),
    "dossiers.supplemented": _("Đã nộp bổ sung"),
    "dossiers.withdrawn": _("Người nộp rút hồ sơ"),
    "dossiers.taken-up": _("Cán bộ nhận xử lý"),
    "dossiers.assigned": _("Phân công cán bộ xử lý"),
    "dossiers.outcome-proposed": _("Thẩm tra xong, trình ký"),
    "dossiers.sent-back": _("Lãnh đạo yêu cầu xử lý lại"),
    "dossiers.obligation-imposed": _("Thông báo nghĩa vụ tài chính"),
    "dossiers.obligation-discharged": _("Đã thực hiện nghĩa vụ tài chính"),
    "dossiers.decided": _("Đã có kết quả"),
    "dossiers.stopped": _("Đã dừng xử lý hồ sơ"),
    "dossiers.result-returned": _("Đã trả kết quả"),
}
# What is said inside the office is not the applicant's to read.
_INSIDE = {"dossiers.outcome-proposed", "dossiers.sent-back"}


def timeline_of(dossier: Dossier, *, inside: bool) -> list[Entry]:
    """Return the history in words; `inside` adds what officers told each other."""
    return timeline_in(history_of(dossier), inside=inside)


def timeline_in(history: Iterable[LedgerEvent], *, inside: bool) -> list[Entry]:
    """Return a history in words; `inside` adds what officers told each other."""
    return [
        Entry(
            at=event.occurred_at,
            title=str(_TITLES[event.kind]),
            detail=_detail(event, inside=inside),
            actor=event.actor,
            kind=event.kind,
        )
        for event in history
    ]


def _detail(event: LedgerEvent, *, inside: bool) -> str:
    if event.kind in _INSIDE and not inside:
        return ""
    told = event.data
    return str(told.get("reason") or told.get("opinion") or told.get("notice") or "")


def _matching(words: str) -> Q:
    code = Q(code__icontains=words.strip())
    folded = text.fold(words)
    return code | Q(owner_name_folded__contains=folded) if folded else code


def _under(tab: Tab, mandate: Mandate, at: datetime) -> Q:
    receiving = {p.unit_id for p in mandate.posts if p.role == PostRole.RECEIVER}
    working = {p.unit_id for p in mandate.posts if p.role in (PostRole.PROCESSOR, PostRole.LEADER)}
    leading = {p.unit_id for p in mandate.posts if p.role == PostRole.LEADER}
    settling = [S.ACCEPTED.value, S.IN_PROGRESS.value]
    is_open = Q(state__in=sorted(OPEN_STATES))
    match tab:
        case Tab.INTAKE:
            return Q(state=S.SUBMITTED, receiving_unit_id__in=receiving)
        case Tab.TO_RETURN:
            return Q(state=S.DECIDED, receiving_unit_id__in=receiving)
        case Tab.MINE:
            return Q(holder_id=mandate.officer_id) & is_open
        case Tab.UNASSIGNED:
            return Q(state__in=settling, holder=None, step_unit_id__in=working - leading) | Q(
                state=S.ACCEPTED, holder=None, settling_agency_id__in=_agencies_led(mandate)
            )
        case Tab.TO_DECIDE:
            return Q(state=S.IN_PROGRESS, step_unit_id__in=leading)
        case Tab.WAITING:
            return Q(state__in=[S.INTAKE_SUPPLEMENT, S.AWAITING_SUPPLEMENT, S.AWAITING_OBLIGATION])
        case Tab.NEAR:
            return Q(state__in=settling, due_at__gte=at, due_at__lt=at + NEAR_DUE)
        case Tab.OVERDUE:
            return Q(state__in=settling, due_at__lt=at)
        case Tab.CLOSED:
            return ~is_open


def _agencies_led(mandate: Mandate) -> set[int]:
    return {p.agency_id for p in mandate.posts if p.role == PostRole.LEADER}
