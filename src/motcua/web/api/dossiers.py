"""Dossiers: submitted, read and listed."""

import hashlib
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from motcua.dossiers import policies, queries
from motcua.dossiers.clock import Explanation
from motcua.dossiers.lifecycle import NATIONAL_STATUS, DossierState
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import DossierSheet, Listing, Tab
from motcua.filings.services import Paper, submit_filing
from motcua.kernel import clock
from motcua.offices.models import PostRole
from motcua.offices.queries import officers_holding
from motcua.procedures.definitions import Version
from motcua.procedures.queries import compiled, version_in_force

from . import pages
from .acts import RESOURCE_OF
from .answers import private
from .principals import mandate, person, principal
from .problems import Refused
from .sent import Filing
from .shapes import Acts, ClockShown, DossierList, DossierShown, History, OfficerList, Receipt
from .words import later as _

router = Router(tags=["dossiers"])

KEY_LONGEST = 100
KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": (
        "Mã do bên gửi tự chọn cho mỗi hồ sơ. Gửi lại cùng mã, cùng nội dung thì nhận lại đúng câu "
        "trả lời cũ, kèm Idempotency-Replayed: true; cùng mã, khác nội dung thì 409."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LONGEST, "pattern": "^[ -~]+$"},
}


@router.post(
    "/dossiers",
    operation_id="createDossier",
    summary=_("Nộp một hồ sơ"),
    response={201: Receipt},
    openapi_extra={"parameters": [KEY_PARAMETER]},
)
def create(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Submit a whole filing; the same key and content again is answered the same."""
    citizen = person(request)
    key = _idempotency_key(request)
    at = clock.now()
    version = version_in_force(filing.procedure, clock.day_of(at))
    sent = filing.model_dump(mode="json")
    dossier = submit_filing(
        account=principal(request).account,
        person=citizen,
        version=version,
        case_key=filing.case,
        answers=filing.answers,
        papers=[Paper(key=paper.key, file_id=paper.file) for paper in filing.papers],
        key=key,
        digest=hashlib.sha256(msgspec.json.encode(sent, order="deterministic")).hexdigest(),
        at=at,
    )
    response = private(_receipt(dossier), status=201)
    response.headers["Location"] = f"/api/v1/dossiers/{dossier.code}"
    if dossier.submitted_at != at:
        response.headers["Idempotency-Replayed"] = "true"
    return response


@router.get(
    "/dossiers",
    operation_id="listDossiers",
    summary=_("Hồ sơ của tôi, hoặc danh sách việc của công chức theo tab"),
    description=_("Mỗi trang 50 hồ sơ; gửi next_cursor của trang trước làm cursor."),
    response=DossierList,
)
def index(
    request: HttpRequest,
    tab: Tab | None = None,
    cursor: str = Query("", max_length=200),
) -> HttpResponse:
    """Return one page of one's own dossiers, or of an officer's work under a tab."""
    if tab is None:
        order = pages.OWN
        found = Listing((queries.dossiers_of(person(request)),), (order,))
    else:
        order = pages.ORDER_OF.get(tab, pages.MOST_URGENT)
        found = queries.work_list(mandate(request), tab, at=clock.now())
    listed, following = pages.page_of(found, order=order, cursor=cursor)
    return private({"items": [_line(each) for each in listed], "next_cursor": following})


@router.get(
    "/dossiers/{code}",
    operation_id="getDossier",
    summary=_("Một hồ sơ: của mình, hoặc thuộc phạm vi của công chức"),
    response=DossierShown,
)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Return everything about one dossier, in one statement."""
    who = principal(request)
    return private(_shown(queries.sheet_of(code, person=who.person, mandate=who.mandate), request))


@router.get(
    "/dossiers/{code}/history",
    operation_id="getDossierHistory",
    summary=_("Những gì đã diễn ra với hồ sơ, theo thứ tự"),
    response=History,
)
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Return the history in words; what officers told each other is theirs to read."""
    dossier = _dossier(request, code)
    inside = _sees_inside(request, dossier)
    entries = [
        {
            "at": entry.at,
            "kind": entry.kind,
            "title": entry.title,
            "detail": entry.detail,
            # The office speaks to the applicant with one voice.
            "by": entry.actor if inside else entry.actor.partition(":")[0],
        }
        for entry in queries.timeline_of(dossier, inside=inside)
    ]
    return private({"items": entries})


@router.get(
    "/dossiers/{code}/clock",
    operation_id="getDossierClock",
    summary=_("Thời hạn như một phép tính: từng khoảng được tính hay không, và vì sao"),
    response=ClockShown,
)
def explain(request: HttpRequest, code: str) -> HttpResponse:
    """Return the clock as it stands now, every interval counted or skipped and why."""
    dossier = _dossier(request, code)
    version = compiled(dossier.version_id)
    explanation = queries.explanation_of(
        dossier, version, queries.history_of(dossier), at=clock.now()
    )
    return private(_clock(explanation, version))


@router.get(
    "/dossiers/{code}/acts",
    operation_id="listDossierActs",
    summary=_("Việc nào làm được với hồ sơ lúc này, việc nào không và vì sao"),
    response=Acts,
)
def acts(request: HttpRequest, code: str) -> HttpResponse:
    """Return every act of the principal's roles, each allowed or with the reason why not."""
    dossier = _dossier(request, code)
    who = principal(request)
    standings = []
    if who.mandate is not None:
        standings += policies.standings_of(who.mandate, dossier, compiled(dossier.version_id))
    if who.person is not None and who.person.pk in (dossier.owner_id, dossier.submitter_id):
        standings += policies.applicant_standings_of(who.person, dossier)
    return private(
        {
            "items": [
                {
                    "act": standing.verb,
                    "name": standing.name,
                    "resource": RESOURCE_OF[standing.verb],
                    "allowed": standing.allowed,
                    "why_not": standing.why_not,
                }
                for standing in standings
            ]
        }
    )


@router.get(
    "/dossiers/{code}/assignable-officers",
    operation_id="listAssignableOfficers",
    summary=_("Công chức có thể được phân công xử lý hồ sơ"),
    response=OfficerList,
)
def assignable_officers(request: HttpRequest, code: str) -> HttpResponse:
    """Return who processes dossiers in the unit where this one stands."""
    mandate(request)
    dossier = _dossier(request, code)
    on = clock.today()
    officers = (
        officers_holding(
            PostRole.PROCESSOR, dossier.settling_agency_id, on, unit_id=dossier.step_unit_id
        )
        if dossier.step_unit_id is not None
        else []
    )
    return private({"items": [{"id": o.pk, "full_name": o.full_name} for o in officers]})


def _idempotency_key(request: HttpRequest) -> str:
    key: str = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if not (0 < len(key) <= KEY_LONGEST and key.isascii() and key.isprintable()):
        raise Refused("idempotency-key-required")
    return key


def _dossier(request: HttpRequest, code: str) -> Dossier:
    who = principal(request)
    return queries.dossier_in_sight(code, person=who.person, mandate=who.mandate)


def _sees_inside(request: HttpRequest, dossier: Dossier) -> bool:
    held = principal(request).mandate
    return held is not None and policies.may_see(held, dossier)


def _receipt(dossier: Dossier) -> dict[str, Any]:
    # Only what never changes: a repetition a month later is answered the same.
    version = compiled(dossier.version_id)
    return {
        "code": dossier.code,
        "lookup_secret": dossier.lookup_secret,
        "procedure": version.code,
        "case": dossier.case_key,
        "state": DossierState.SUBMITTED.value,
        "submitted_at": dossier.submitted_at,
    }


def _named(version: Version) -> dict[str, Any]:
    return {"code": version.code, "name": version.name, "version": version.number}


def _line(dossier: Dossier) -> dict[str, Any]:
    return {
        "code": dossier.code,
        "procedure": _named(compiled(dossier.version_id)),
        "state": dossier.state,
        "state_name": str(DossierState(dossier.state).label),
        "owner_name": dossier.owner_name,
        "submitted_at": dossier.submitted_at,
        "due_at": dossier.due_at,
        "completed_at": dossier.completed_at,
    }


def _clock(told: Explanation | None, version: Version) -> dict[str, Any]:
    intervals = told.intervals if told else ()
    return {
        "state": told and told.state.value,
        "overdue": told is not None and told.overdue,
        "received_at": told and told.received_at,
        "due_at": told and told.due_at,
        "due_if_answered_now": told and told.due_if_answered_now,
        "used_seconds": int(told.used.total_seconds()) if told else 0,
        "left_seconds": int(told.left.total_seconds()) if told else 0,
        "intervals": [
            {
                "begins": interval.begins,
                "ends": interval.ends,
                "counted": interval.skip is None,
                "reason": interval.skip and interval.skip.value,
                "name": interval.name,
            }
            for interval in intervals
        ],
        "text": told.text if told else "",
        "legal_bases": [{"number": b.number, "name": b.name} for b in version.legal_bases],
    }


def _shown(sheet: DossierSheet, request: HttpRequest) -> dict[str, Any]:
    who = principal(request)
    version = compiled(sheet.version_id)
    state = DossierState(sheet.state)
    is_own = who.person is not None and who.person.pk in (sheet.owner_id, sheet.submitter_id)
    step = version.steps[sheet.step_key] if sheet.step_key else None
    return {
        "code": sheet.code,
        "state": sheet.state,
        "state_name": str(state.label),
        "national_status": NATIONAL_STATUS[state],
        "step": step
        and {
            "key": step.key,
            "name": step.name,
            "unit": sheet.step_unit,
            "due_at": sheet.step_due_at,
        },
        "accepted_at": sheet.accepted_at,
        "due_at": sheet.due_at,
        "paused_at": sheet.paused_at,
        "waits_for": sheet.waits_for,
        "answer_due_at": sheet.answer_due_at,
        "completed_at": sheet.completed_at,
        "returned_at": sheet.returned_at,
        "procedure": _named(version),
        "case": {"key": sheet.case_key, "name": version.cases[sheet.case_key].name},
        "channel": sheet.channel,
        "owner_name": sheet.owner_name,
        "receiving_unit": sheet.receiving_unit,
        "settling_agency": sheet.settling_agency,
        "submitted_at": sheet.submitted_at,
        "intake_due_at": sheet.intake_due_at,
        # The database wrote these as JSON; they are passed on as they are.
        "answers": msgspec.Raw(sheet.answers.encode()),
        "papers": msgspec.Raw(sheet.papers.encode()),
        "supplement_request": msgspec.Raw((sheet.open_request or "null").encode()),
        "result": msgspec.Raw((sheet.result or "null").encode()),
        "part_of": sheet.whole and {"code": sheet.whole, "part": sheet.part},
        "parts": msgspec.Raw(sheet.parts.encode()),
        "holder": None if is_own else sheet.holder,
        "lookup_secret": sheet.lookup_secret if is_own else None,
    }
