"""The catalogue as data: what can be asked of the city, and what it takes."""

from dataclasses import asdict
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from motcua.kernel import clock
from motcua.procedures import queries
from motcua.procedures.definitions import Case, Page, Version
from motcua.procedures.queries import Hit, Online
from motcua.web.elsewhere import on_national_portal

from .answers import cached, public
from .problems import answer
from .shapes import NationalFull, ProcedureFull, ProcedureList
from .words import later as _

router = Router(tags=["catalogue"])


ON_A_PAGE = 50
ON_A_PAGE_MAX = 200


@router.get(
    "/procedures",
    auth=None,
    operation_id="listProcedures",
    summary=_("Danh mục thủ tục đang có hiệu lực"),
    description=_(
        "Có q thì tìm như người dân tìm: không dấu, viết tắt, lời thường ngày; không có q thì trả "
        "tất cả, thủ tục hay dùng trước."
    ),
    response=ProcedureList,
)
def index(
    request: HttpRequest,
    q: str = "",
    audience: Literal["", "person", "organisation"] = "",
    authority: Literal["", "ministry", "province", "district", "commune"] = "",
    field: str = Query("", description="Khóa hoặc tên lĩnh vực: ho-tich, Hộ tịch."),
    event: str = Query("", description="Khóa của việc trong đời, như trong /su-kien/birth/."),
    start: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(ON_A_PAGE, ge=1, le=ON_A_PAGE_MAX),
) -> HttpResponse:
    """Return the procedures in force that the words may mean, or all of them."""
    found = queries.find(
        q, clock.today(), audience=audience, level=authority, field=field, event=event,
        start=start, limit=limit,
    )  # fmt: skip
    last = start + len(found.hits)
    return public(
        {
            "items": [_found(hit) for hit in found.hits],
            "total": found.total,
            "next_start": last if found.hits and last < found.total else None,
            "explanation": str(found.explanation),
        }
    )


@router.get(
    "/procedures/{code}",
    auth=None,
    operation_id="getProcedure",
    summary=_("Một thủ tục: trường hợp, giấy tờ, phí, thời hạn, biểu mẫu, các bước"),
    description=_(
        "kind cho biết thủ tục nộp được tại đây (authored) hay chỉ là thông tin đọc từ Cổng "
        "Dịch vụ công quốc gia (national); với loại sau, marks nói trường nào đã đọc được."
    ),
    response=ProcedureFull | NationalFull,
)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Return the version in force today, or else what the national portal says."""
    try:
        version = queries.version_in_force(code, clock.today())
    except queries.UnknownProcedure:
        return _national(request, code)
    return cached(("procedure", version.id), lambda: _full(version))


def _national(request: HttpRequest, code: str) -> HttpResponse:
    try:
        procedure = queries.national_procedure(code)
    except queries.UnknownProcedure:
        return answer(request, "not-found")
    marks = {field: str(mark) for field, mark in procedure.marks.items()}
    told = {"kind": "national", "elsewhere": on_national_portal(code), **asdict(procedure)}
    return public({**told, "marks": marks})


def _found(hit: Hit) -> dict[str, Any]:
    is_elsewhere = hit.online == Online.ELSEWHERE
    address = (hit.elsewhere or on_national_portal(hit.code)) if is_elsewhere else None
    return {**asdict(hit), "elsewhere": address}


def _brief(version: Version) -> dict[str, Any]:
    return {
        "kind": "authored",
        "code": version.code,
        "name": version.name,
        "field": version.field_name,
        "level": version.level,
        "summary": version.summary,
    }


def _full(version: Version) -> dict[str, Any]:
    return {
        **_brief(version),
        "version": version.number,
        "elsewhere": version.elsewhere.url if version.elsewhere else None,
        "valid_from": version.valid_from,
        "audience": version.audience,
        "who": version.who,
        "where": version.where,
        "channels": sorted(version.channels),
        "result": version.result_name,
        "legal_bases": [{"number": b.number, "name": b.name} for b in version.legal_bases],
        "cases": [_case(case) for case in version.cases.values()],
        "form": {
            "answers_schema": _answers_schema(version),
            "pages": [_page(page) for page in version.form.pages],
            "settling_question": version.settling_question,
        },
        "steps": [
            {
                "key": step.key,
                "name": step.name,
                "unit_role": step.unit_role,
                "actor_role": step.actor_role,
                "act": step.act,
                "next": step.next,
            }
            for step in version.steps.values()
        ],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "key": case.key,
        "name": case.name,
        "hint": case.hint,
        "limits": [
            {
                "channel": channel,
                "amount": float(limit.amount),  # halves and quarters at most: exact
                "unit": limit.unit,
                "same_day_until": limit.same_day_until and f"{limit.same_day_until:%H:%M}",
            }
            for channel, limit in case.limits.items()
        ],
        "components": [
            {
                "key": c.key,
                "name": c.name,
                "hint": c.hint,
                "required": c.required,
                "conditional": c.when is not None,
                "accepts": sorted(c.accepts),
                "max_files": c.max_files,
                "paper_form": c.paper_form,
            }
            for c in case.components
        ],
        "fees": [
            {
                "key": fee.key,
                "name": fee.name,
                "kind": fee.kind,
                "amount_dong": fee.amount_dong,
                "per": fee.per,
                "channels": sorted(fee.channels),
                "conditional": fee.when is not None,
                "basis": fee.basis,
            }
            for fee in case.fees
        ],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "key": page.key,
        "title": page.title,
        "section": page.section,
        "conditional": page.when is not None,
        "questions": [
            {
                "key": q.key,
                "label": q.label,
                "hint": q.hint,
                "widget": q.widget,
                "required": q.required,
                "conditional": q.when is not None or page.when is not None,
                "prefill": q.prefill,
                "options": [{"value": o.value, "label": o.label} for o in q.options],
            }
            for q in page.questions
        ],
    }


def _answers_schema(version: Version) -> dict[str, Any]:
    # What is required only under a condition cannot be said here without repeating the
    # conditions; the submission says it, answer by answer.
    always = [
        q.key
        for page in version.form.pages
        if page.when is None
        for q in page.questions
        if q.required and q.when is None and q.prefill is None
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            key: {"title": question.label, **question.schema}
            for key, question in version.form.questions.items()
        },
        "required": always,
        "additionalProperties": False,
    }
