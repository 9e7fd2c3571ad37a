"""The register of a one-stop unit: what it accepted in a period, as a page and as files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.documents.definitions import typeset
from motcua.dossiers import queries, services
from motcua.dossiers.definitions import form_on, page_of
from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.queries import Period, Register, RegisterRow
from motcua.kernel import clock
from motcua.kernel.numbers import mask_phone
from motcua.offices.models import Unit
from motcua.procedures.queries import compiled, published
from motcua.web import papers, spreadsheets
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.pages import page_asked
from motcua.web.words import day

PAGE_ROWS = 50
# A book of paper that nobody could carry: beyond this, a shorter period or a spreadsheet.
PRINTED_ROWS_MAX = 1000
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    unit: Unit
    period: Period
    procedure: str
    open_only: bool
    problem: str

    @property
    def register(self) -> Register:
        return queries.register_of(
            self.unit, self.period, procedure=self.procedure, open_only=self.open_only
        )

    @property
    def query(self) -> str:
        told = {
            "unit": self.unit.pk,
            "since": day(self.period.since),
            "until": day(self.period.until),
            "procedure": self.procedure,
            "open": "1" if self.open_only else "",
        }
        return urlencode({key: value for key, value in told.items() if value}) + "&"


@officer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the register of a unit and a period; as a file with `?format=pdf` or `xlsx`."""
    units = queries.registers_of(request.mandate)
    if not units:
        raise Http404
    today = clock.today()
    asked = _asked(request, units, today)
    wanted = request.GET.get("format", "")
    if wanted in {"pdf", "xlsx"} and not asked.problem:
        return _file(request, asked, wanted)
    return _page(request, asked, units, today)


def _page(request: OfficerRequest, asked: _Asked, units: list[Unit], today: date) -> HttpResponse:
    register = asked.register
    page = Paginator(range(register.count()), PAGE_ROWS).get_page(page_asked(request))
    start = page.start_index() - 1 if page.paginator.count else 0
    rows = register.page(start, start + len(page.object_list))
    return render(
        request,
        "desk/register.html",
        {
            "asked": asked,
            "units": units,
            "procedures": published(today),
            "page": page,
            "rows": [(row, compiled(row.dossier.version_id).name) for row in rows],
            "form": form_on(Paper.REGISTER, today),
            "since": day(asked.period.since),
            "until": day(asked.period.until),
            "may_be_printed": page.paginator.count <= PRINTED_ROWS_MAX,
            "now": clock.now(),
        },
        status=422 if asked.problem else 200,
    )


def _asked(request: OfficerRequest, units: list[Unit], today: date) -> _Asked:
    chosen = request.GET.get("unit", "")
    own = request.mandate.unit_ids()
    usual = next((unit for unit in units if unit.pk in own), units[0])
    unit = next((each for each in units if str(each.pk) == chosen), usual)
    since = _read_day(request.GET.get("since", ""), today.replace(day=1))
    until = _read_day(request.GET.get("until", ""), today)
    problem = ""
    if since is None or until is None:
        problem = _("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/10/2024.")
    elif until < since:
        problem = _("Ngày cuối của kỳ phải từ ngày đầu trở đi.")
    elif until > today:
        problem = _("Kỳ báo cáo không được kết thúc sau ngày hôm nay.")
    if problem or since is None or until is None:
        since, until = today.replace(day=1), today
    return _Asked(
        unit=unit,
        period=Period(since=since, until=until),
        procedure=request.GET.get("procedure", "")[:50],
        open_only=request.GET.get("open") == "1",
        problem=problem,
    )


def _read_day(words: str, usual: date) -> date | None:
    if not words.strip():
        return usual
    found = _DAY.fullmatch(words.strip())
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _file(request: OfficerRequest, asked: _Asked, wanted: str) -> HttpResponse:
    now = clock.now()
    register = asked.register
    if wanted == "pdf" and register.count() > PRINTED_ROWS_MAX:
        raise Http404
    # Whoever takes names out of the system leaves a trace.
    services.record_export(
        mandate=request.mandate, tab="register", procedure=asked.procedure, narrowed=False, at=now
    )
    name = f"so-theo-doi-{asked.period.since:%Y%m%d}-{asked.period.until:%Y%m%d}"
    if wanted == "xlsx":
        return spreadsheets.xlsx_response(name, _heading(), _rows(register))
    # Official papers are in Vietnamese, whatever language the officer reads.
    with translation.override("vi"):
        content = _pdf(asked, register, now)
    return papers.pdf_response(content, f"{name}.pdf", as_attachment=False)


def _pdf(asked: _Asked, register: Register, now: datetime) -> bytes:
    form = form_on(Paper.REGISTER, clock.day_of(now))
    agency = asked.unit.agency
    facts = {
        "agency": agency.name,
        "unit": asked.unit.name,
        "place": queries.place_of_issue(agency),
        "since_on": asked.period.since,
        "until_on": asked.period.until,
        "rows": [
            {
                "serial": row.serial,
                "code": row.dossier.code,
                "procedure": compiled(row.dossier.version_id).name,
                "papers": row.papers,
                "owner": row.dossier.owner_name,
                "contact": _contact(row),
                "agency": row.dossier.settling_agency.name,
                "accepted_at": row.dossier.accepted_at,
                "due_at": row.dossier.due_at,
                "passed_at": row.passed_at,
                "completed_at": row.dossier.completed_at,
                "returned_at": row.dossier.returned_at,
                "method": row.method,
                "note": "",
            }
            for row in register.rows()
        ],
    }
    return typeset(form.path, page_of(form, facts, at=now), at=now)


def _contact(row: RegisterRow) -> str:
    phone = row.dossier.owner.phone
    return ", ".join(part for part in (row.contact, mask_phone(phone) if phone else "") if part)


def _heading() -> list[str]:
    return [
        _("TT"),
        _("Mã hồ sơ"),
        _("Tên thủ tục hành chính"),
        _("Số giấy tờ"),
        _("Tên tổ chức, cá nhân"),
        _("Địa chỉ, số điện thoại"),
        _("Cơ quan giải quyết"),
        _("Nhận hồ sơ"),
        _("Hẹn trả kết quả"),
        _("Chuyển đến cơ quan giải quyết"),
        _("Nhận kết quả từ cơ quan giải quyết"),
        _("Trả kết quả"),
        _("Phương thức nhận kết quả"),
        _("Ký nhận, ghi chú"),
    ]


def _rows(register: Register) -> Iterator[list[Any]]:
    for row in register.rows():
        yield [
            row.serial,
            row.dossier.code,
            compiled(row.dossier.version_id).name,
            row.papers,
            row.dossier.owner_name,
            _contact(row),
            row.dossier.settling_agency.name,
            row.dossier.accepted_at,
            row.dossier.due_at,
            row.passed_at,
            row.dossier.completed_at,
            row.dossier.returned_at,
            row.method,
            "",
        ]
