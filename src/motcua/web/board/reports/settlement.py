"""Report II.06a on screen, as a spreadsheet and on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import motcua.steering
from motcua.documents.definitions import envelope, typeset
from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.queries import place_of_issue
from motcua.kernel import clock
from motcua.kernel.clock import day_of
from motcua.kernel.money import grouped
from motcua.kernel.sheets import Columns, Letterhead, OfficialBook
from motcua.offices.models import Agency
from motcua.offices.queries import agencies
from motcua.steering.definitions import NotAPeriod, Period
from motcua.steering.queries import TheFutureIsNotKnown, causes_told, check_has_come, late_causes
from motcua.steering.queries.settlement import By, Report, settlement_report
from motcua.web import papers, spreadsheets
from motcua.web.access import OfficerRequest
from motcua.web.board.access import overseer_required, seen_ids
from motcua.web.words import Words

from .columns import COLUMNS, GROUPS, values

TEMPLATE = Path(motcua.steering.__path__[0]) / "data" / "forms" / "report.typ"
# Nothing was received here before; a year of two digits is a slip.
FIRST_DAY = date(2000, 1, 1)
_BY_WORDS = {By.AGENCY: gettext_lazy("Cơ quan"), By.PROCEDURE: gettext_lazy("Thủ tục")}
NOT_SAID = gettext_lazy("Chưa ghi nguyên nhân")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The period asked for. One that cannot be is told, and this year so far is shown."""

    period: Period
    by: By
    problem: str
    first: str  # as typed
    last: str

    @property
    def query(self) -> str:
        """Return the address's tail that asks for the same."""
        return urlencode({"tu": self.period.first, "den": self.period.last, "theo": self.by.value})


@overseer_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show the report of a period, by agency or by procedure."""
    now = clock.now()
    asked = _asked_of(request, now)
    report = _report(request, asked, now)
    return render(
        request,
        "board/reports/settlement.html",
        {
            "asked": asked,
            "report": report,
            "today": day_of(now),
            "groups": [{"label": g.label, "span": len(g.columns)} for g in GROUPS],
            "columns": COLUMNS,
            "by_words": _BY_WORDS[asked.by],
            "kinds": [
                {"key": by.value, "label": label, "is_chosen": by is asked.by}
                for by, label in _BY_WORDS.items()
            ],
            "rows": [(line.code, line.name, _cells(values(line.figures))) for line in report.lines],
            "whole": _cells(values(report.whole)),
            "causes": _causes(request, asked),
            "problems": [{"key": "tu", "message": asked.problem}] if asked.problem else [],
        },
        status=422 if asked.problem else 200,
    )


@overseer_required
@require_safe
def export(request: OfficerRequest) -> HttpResponse:
    """Send the report as a spreadsheet, or with `?format=pdf` on paper, in Vietnamese."""
    now = clock.now()
    asked = _asked_of(request, now)
    if asked.problem:
        # The screen says what is wrong with the address: no file is of another period.
        return redirect(f"{reverse('board:settlement')}?{request.GET.urlencode()}")
    with translation.override("vi"):
        report = _report(request, asked, now)
        agency = request.mandate.posts[0].agency_name
        name = f"bieu-ii06a-{asked.period.first:%Y%m%d}-{asked.period.last:%Y%m%d}"
        if request.GET.get("format") == "pdf":
            agency_id = request.mandate.posts[0].agency_id
            content = _paper(report, agency, agency_id, now)
            return papers.pdf_response(content, f"{name}.pdf", as_attachment=False)
        return spreadsheets.official_response(
            name, Letterhead(agency=agency), lambda book: _fill(book, report)
        )


def _report(request: OfficerRequest, asked: Asked, now: datetime) -> Report:
    seen = seen_ids(request.mandate)
    return settlement_report(asked.period, by=asked.by, at=now, agency_ids=seen)


def _causes(request: OfficerRequest, asked: Asked) -> list[tuple[Words, str, str]]:
    """Return report II.07: how many were late for each cause, as known when the period ended."""
    seen = seen_ids(request.mandate)
    ids = [agency.pk for agency in agencies(asked.period.last)] if seen is None else seen
    told = causes_told(late_causes(asked.period, agency_ids=ids))
    names = {cause.value: cause.label for cause in CauseClass} | {"": NOT_SAID}
    return [
        (names[cause], grouped(ended), grouped(open_))
        for cause, (ended, open_) in told.items()
        if ended or open_
    ]


def _asked_of(request: HttpRequest, now: datetime) -> Asked:
    get, today = request.GET, day_of(now)
    first, last = get.get("tu", "").strip()[:20], get.get("den", "").strip()[:20]
    by = get.get("theo", "")
    period, problem = Period(date(today.year, 1, 1), today), ""
    if first or last:
        try:
            asked = Period(date.fromisoformat(first), date.fromisoformat(last))
            check_has_come(asked, at=now)
        except (NotAPeriod, TheFutureIsNotKnown) as error:
            problem = str(error)
        except ValueError:
            problem = _("Hãy chọn đủ ngày bắt đầu và ngày kết thúc.")
        else:
            if asked.first < FIRST_DAY:
                problem = _("Chưa có số liệu trước năm %(year)d.") % {"year": FIRST_DAY.year}
            else:
                period = asked
    return Asked(
        period=period,
        by=By(by) if by in set(By) else By.AGENCY,
        problem=problem,
        first=first or period.first.isoformat(),
        last=last or period.last.isoformat(),
    )


def _cells(numbers: list[int]) -> list[str]:
    return [grouped(number) for number in numbers]


def _title() -> str:
    return _("Tình hình, kết quả giải quyết thủ tục hành chính")


def _subtitle(report: Report) -> str:
    return _("Biểu số II.06a/VPCP/KSTT, kỳ báo cáo: %(period)s") % {"period": report.period.name}


def _notes() -> list[str]:
    return [
        _(
            "Đúng hạn tính theo ngày: kết thúc trong ngày hẹn trả là đúng hạn. Hồ sơ rút sau khi "
            "tiếp nhận tính là giải quyết đúng hạn; hồ sơ chờ bổ sung hoặc tạm dừng tính là đang "
            "giải quyết trong hạn."
        ),
        _(
            "Dòng tổng không đếm hồ sơ thành phần của hồ sơ liên thông, vì người dân chỉ nộp một "
            "lần; từng cơ quan thì có."
        ),
    ]


def _paper(report: Report, agency: str, agency_id: int, now: datetime) -> bytes:
    facts = {
        "agency": agency,
        "place": place_of_issue(Agency.objects.get(pk=agency_id)),
        "title": _title(),
        "subtitle": _subtitle(report),
        "first": str(_BY_WORDS[report.by]),
        "groups": [{"name": str(g.label), "span": len(g.columns)} for g in GROUPS],
        "columns": [str(column.label) for column in COLUMNS],
        "rows": [
            [str(place), line.name, *_cells(values(line.figures))]
            for place, line in enumerate(report.lines, start=1)
        ],
        "whole": ["", _("Tổng số"), *_cells(values(report.whole))],
        "notes": _notes(),
    }
    return typeset(TEMPLATE, envelope(facts, at=now, size="a4-landscape"), at=now)


def _fill(book: OfficialBook, report: Report) -> None:
    sheet = book.sheet("II.06a", widths=[5, 46, *(12 for _each in COLUMNS)], left=4, landscape=True)
    sheet.title(_title().upper(), _subtitle(report))
    lines = [(line.name, line.figures) for line in report.lines]
    sheet.table(
        [
            Columns(names=["TT", str(_BY_WORDS[report.by])]),
            *(
                Columns(group=str(g.label), names=[str(each.label) for each in g.columns])
                for g in GROUPS
            ),
        ],
        [
            [str(place) if place <= len(lines) else "", name, *values(figures)]
            for place, (name, figures) in enumerate([*lines, (_("Tổng số"), report.whole)], start=1)
        ],
        kept=2,
    )
    sheet.notes(_notes())
