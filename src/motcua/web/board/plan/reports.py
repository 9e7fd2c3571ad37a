"""The six-month reports: the list, a draft to rewrite and sign, and the files."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel import clock
from motcua.plans import policies, queries, services
from motcua.plans.definitions import ReportFormat, papers
from motcua.plans.lifecycle import ReportState
from motcua.plans.models import PlanReport
from motcua.steering.definitions import NotAPeriod, Period, parse_period
from motcua.web.acting import Problems, errors_of, problem, refused

from . import shown
from .access import PlanRequest, plan_required
from .acting import REFUSALS, attempt


@plan_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PlanRequest) -> HttpResponse:
    """Show the reports; draw one of a half year that has begun."""
    return _draft(request) if request.method == "POST" else _index(request)


@plan_required
@require_safe
def show(request: PlanRequest, report_id: int) -> HttpResponse:
    """Show a report as it stands, with what the visitor may do."""
    return _page(request, _report_or_404(request, report_id))


@plan_required
@require_POST
def rewrite(request: PlanRequest, report_id: int) -> HttpResponse:
    """Put one's own words in place of a paragraph."""
    key = request.POST.get("key", "")
    words = "" if "restore" in request.POST else request.POST.get("words", "")

    def act(at: datetime) -> str:
        services.rewrite_paragraph(
            report_id=report_id, mandate=request.mandate, key=key, words=words, at=at
        )
        return _("Đã sửa đoạn văn.") if words.strip() else _("Đã dùng lại đoạn văn tự lập.")

    return _perform(request, report_id, act, box=f"words-{key}")


@plan_required
@require_POST
def act(request: PlanRequest, report_id: int) -> HttpResponse:
    """Draw it anew, ask for the signature, give it back, or sign."""
    how: dict[str, Any] = {"report_id": report_id, "mandate": request.mandate}
    data = request.POST

    def refresh(at: datetime) -> str:
        services.refresh_report(targets=queries.target_lines(at), at=at, **how)
        return _("Đã cập nhật số liệu. Đoạn văn đã sửa được giữ nguyên.")

    def submit(at: datetime) -> str:
        services.submit_report(at=at, **how)
        return _("Đã trình ký.")

    def give_back(at: datetime) -> str:
        services.return_report(words=data.get("words", ""), at=at, **how)
        return _("Đã trả lại để sửa.")

    def sign(at: datetime) -> str:
        services.sign_report(number=data.get("number", ""), at=at, **how)
        return _("Đã ký. Báo cáo được đóng băng.")

    acts = {"refresh": refresh, "submit": submit, "return": give_back, "sign": sign}
    verb = data.get("verb", "")
    if verb not in acts:
        raise Http404
    return _perform(request, report_id, acts[verb])


@plan_required
@require_safe
def file(request: PlanRequest, report_id: int, format_: str) -> HttpResponse:
    """Send the report as a file: once signed, the very bytes that were kept."""
    if format_ not in ReportFormat.values:
        raise Http404
    report = _report_or_404(request, report_id)
    kind = ReportFormat(format_)
    name = f"bao-cao-ke-hoach-{report.period_last:%Y-%m}.{kind.value}"
    return HttpResponse(
        queries.file_of(report, kind),
        headers={
            "Content-Type": papers.MEDIA_TYPES[kind],
            "Content-Disposition": str(
                content_disposition_header(as_attachment=True, filename=name)
            ),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _draft(request: PlanRequest) -> HttpResponse:
    at = clock.now()
    try:
        report = services.draft_report(
            plan_id=request.plan.pk,
            period=parse_period(request.POST.get("period", "")),
            mandate=request.mandate,
            targets=queries.target_lines(at),
            at=at,
        )
    except (services.Incomplete, NotAPeriod) as lacking:
        return _index(request, problem("period", str(lacking)))
    except policies.NotAllowed as refusal:
        then = reverse("board:plan-reports")
        return refused(request, refusal, refusals=REFUSALS, then=then)
    messages.success(request, _("Đã lập dự thảo từ số liệu hiện có."))
    return redirect("board:plan-report", report_id=report.pk)


def _index(request: PlanRequest, problems: Problems | None = None) -> HttpResponse:
    reports = [report for report in queries.reports_of(request.plan) if _may_see(request, report)]
    made = {report.period_first for report in reports}
    offered = (
        queries.periods_to_report(request.plan, clock.today())
        if policies.keeps(request.mandate, request.plan)
        else []
    )
    return render(
        request,
        "board/plan/reports.html",
        {
            "lines": [
                {
                    "report": report,
                    "period": _period_words(report),
                    "badge": shown.report_badge(report),
                }
                for report in reports
            ],
            "halves": [
                {"value": half.key, "label": shown.half_words(half)}
                for half in offered
                if half.first not in made
            ],
            "problems": problems or [],
            "errors": errors_of(problems or []),
        },
        status=422 if problems else 200,
    )


def _may_see(request: PlanRequest, report: PlanReport) -> bool:
    # A draft is the keeper's own paper; what is signed goes to everybody who has tasks.
    return report.state == ReportState.FROZEN or policies.keeps(request.mandate, request.plan)


def _report_or_404(request: PlanRequest, report_id: int) -> PlanReport:
    try:
        report = queries.report_with(request.plan, report_id)
    except queries.NoSuchReport as missing:
        raise Http404 from missing
    if not _may_see(request, report):
        raise Http404
    return report


def _perform(
    request: PlanRequest, report_id: int, act: Callable[[datetime], str], *, box: str = "words"
) -> HttpResponse:
    report = _report_or_404(request, report_id)
    return attempt(
        request,
        act,
        then=reverse("board:plan-report", args=[report_id]),
        again=lambda problems: _page(request, report, problems),
        box=box,
    )


def _page(
    request: PlanRequest, report: PlanReport, problems: Problems | None = None
) -> HttpResponse:
    errors = errors_of(problems or [])
    drawn = {block.key: block.text for block in queries.content_of(report, rewritten=False).blocks}
    content = queries.content_of(report)
    verbs = policies.report_verbs(request.mandate, request.plan, report)
    data = request.POST
    return render(
        request,
        "board/plan/report.html",
        {
            "report": report,
            "period": _period_words(report),
            "badge": shown.report_badge(report),
            "content": content,
            "blocks": [
                {
                    "block": block,
                    "is_small": block.key.startswith("h2"),
                    "drawn": drawn[block.key],
                    "is_rewritten": block.key in report.rewritten,
                    "box": f"words-{block.key}",
                    "value": data.get("words", "")
                    if problems and data.get("key") == block.key
                    else block.text,
                    "error": errors.get(f"words-{block.key}", ""),
                }
                for block in content.blocks
            ],
            "files": queries.files_of(report),
            "formats": ReportFormat.choices,
            "history": queries.history_of(report.subject),
            "may_rewrite": "rewrite" in verbs,
            "may_submit": "submit" in verbs,
            "may_sign": "sign" in verbs,
            "may_return": "return" in verbs,
            "values": {"number": data.get("number", ""), "words": data.get("words", "")},
            "problems": problems or [],
            "errors": errors,
        },
        status=422 if problems else 200,
    )


def _period_words(report: PlanReport) -> str:
    return shown.half_words(Period(report.period_first, report.period_last))
