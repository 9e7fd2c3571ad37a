"""Tables from spreadsheets: the template, the check, the taking in, and what is wrong."""

import base64
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import clock, sheets
from motcua.web.access import OfficerRequest, administrator_required
from motcua.web.acting import errors_of
from motcua.web.spreadsheets import XLSX
from motcua.web.tables import BYTES_MAX, KNOWN_TABLES, KnownTable
from motcua.web.words import Words

PROBLEMS_SHOWN = 50
CHECK, LOAD = "check", "load"

_ABOUT: dict[str, tuple[Words, Words]] = {
    "offices": (
        gettext_lazy("Bộ phận và vị trí"),
        gettext_lazy("Mở bộ phận, vị trí của các cơ quan."),
    ),
    "officers": (
        gettext_lazy("Cán bộ và phân công"),
        gettext_lazy("Tạo tài khoản cho cán bộ và phân công vị trí."),
    ),
    "calendar": (
        gettext_lazy("Lịch nghỉ và làm bù"),
        gettext_lazy("Ngày nghỉ lễ, nghỉ hoán đổi, làm bù của thành phố."),
    ),
}


@administrator_required
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """Show which tables there are."""
    return render(
        request,
        "console/tables/index.html",
        {
            "tables": [
                {"key": key, "title": _ABOUT[key][0], "hint": _ABOUT[key][1]}
                for key in KNOWN_TABLES
            ]
        },
    )


@administrator_required
@require_safe
def template(request: OfficerRequest, kind: str) -> HttpResponse:
    """Hand out the file to fill in."""
    known = _known(kind)
    response = HttpResponse(sheets.template(known.table), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="mau-{kind}.xlsx"'
    return response


@administrator_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: OfficerRequest, kind: str) -> HttpResponse:
    """Ask for a filled-in file; check it, or take it in, and say what came of it."""
    known = _known(kind)
    if request.method != "POST":
        return _page(request, kind)
    mode = request.POST.get("mode", "")
    if mode not in (CHECK, LOAD):
        return _refused(request, kind, _("Vui lòng chọn việc cần làm."), key="mode")
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _refused(request, kind, _("Vui lòng chọn tệp bảng tính."))
    if (file.size or 0) > BYTES_MAX:
        limit = BYTES_MAX // 1_000_000
        return _refused(request, kind, _("Tệp lớn quá %(limit)s MB.") % {"limit": limit})
    try:
        reading = sheets.read_table(known.table, file)
    except sheets.UnreadableWorkbook as unreadable:
        return _refused(request, kind, str(unreadable))
    report = known.import_rows(
        reading=reading, at=clock.now(), actor=request.mandate.actor, dry_run=mode == CHECK
    )
    if report.problems:
        return _page(request, kind, status=422, **_what_is_wrong(known, reading, report))
    if report.is_rehearsal:
        return _page(request, kind, report=report)
    counts = {"counts": _counts(report)}
    if known.awaits_approval and report.new + report.changed:
        told = _("Đã gửi đề nghị, chờ người thứ hai duyệt. %(counts)s") % counts
        messages.success(request, told)
        return redirect("console:calendar")
    messages.success(request, _("Đã nạp bảng tính. %(counts)s") % counts)
    return redirect("console:table", kind=kind)


def _known(kind: str) -> KnownTable:
    if kind not in KNOWN_TABLES:
        raise Http404
    return KNOWN_TABLES[kind]


def _refused(request: OfficerRequest, kind: str, why: str, *, key: str = "file") -> HttpResponse:
    return _page(request, kind, status=422, problems=[{"key": key, "message": why}])


def _what_is_wrong(
    known: KnownTable, reading: sheets.Reading, report: sheets.Report
) -> dict[str, Any]:
    rows = [
        {
            "place": problem.cell or _("dòng %(row)s") % {"row": problem.row},
            "column": known.table.column(problem.column).heading if problem.column else "",
            "message": problem.message,
        }
        for problem in report.problems[:PROBLEMS_SHOWN]
    ]
    content = sheets.annotated(known.table, reading.rows, report.problems)
    return {
        "faults": rows,
        "fault_count": len(report.problems),
        # The file stays in the answer: what people sent is kept nowhere.
        "annotated": f"data:{XLSX};base64,{base64.b64encode(content).decode()}",
    }


def _page(
    request: OfficerRequest,
    kind: str,
    *,
    status: int = 200,
    report: sheets.Report | None = None,
    **more: Any,
) -> HttpResponse:
    title, hint = _ABOUT[kind]
    wrong = errors_of(more.get("problems", []))
    context = {
        "kind": kind,
        "title": title,
        "hint": hint,
        "columns": KNOWN_TABLES[kind].table.columns,
        "rows_max": sheets.ROWS_MAX,
        "megabytes": BYTES_MAX // 1_000_000,
        "mode": request.POST.get("mode", CHECK),
        "modes": [
            {
                "value": CHECK,
                "label": _("Chỉ kiểm tra"),
                "hint": _("Làm thử mọi dòng rồi bỏ; không ghi gì vào hệ thống."),
            },
            {
                "value": LOAD,
                "label": _("Nạp vào hệ thống"),
                "hint": _("Sai một ô thì không nạp dòng nào."),
            },
        ],
        "file_error": wrong.get("file", ""),
        "mode_error": wrong.get("mode", ""),
        "rehearsed": _counts(report) if report else "",
        **more,
    }
    return render(request, "console/tables/show.html", context, status=status)


def _counts(report: sheets.Report) -> str:
    counts = [
        ngettext("%(n)s dòng mới", "%(n)s dòng mới", report.new) % {"n": report.new},
        ngettext("%(n)s dòng thay đổi", "%(n)s dòng thay đổi", report.changed)
        % {"n": report.changed},
        ngettext("%(n)s dòng không đổi", "%(n)s dòng không đổi", report.unchanged)
        % {"n": report.unchanged},
    ]
    return ", ".join(counts) + "."
