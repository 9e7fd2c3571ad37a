"""One duty: told of, proved, and confirmed or sent back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.documents.services import store_file
from motcua.kernel import clock
from motcua.plans import policies, queries, services
from motcua.plans.definitions import EvidenceForm
from motcua.plans.models import Duty
from motcua.web.acting import Problems, errors_of
from motcua.web.days import required_day, typed_day

from . import shown
from .access import ACCEPTED, PlanRequest, file_response, plan_required, posted_file
from .acting import attempt
from .typed import posted_percent


@plan_required
@require_safe
def show(request: PlanRequest, duty_id: int) -> HttpResponse:
    """Show a duty with its proof and history, and what the visitor may do."""
    return _page(request, _duty_or_404(request, duty_id))


@plan_required
@require_POST
def report(request: PlanRequest, duty_id: int) -> HttpResponse:
    """Tell how far it is."""

    def act(at: datetime) -> str:
        services.report_duty(
            duty_id=duty_id,
            mandate=request.mandate,
            percent=posted_percent(request.POST),
            words=request.POST.get("words", ""),
            at=at,
        )
        return _("Đã gửi báo cáo. Cơ quan theo dõi Kế hoạch sẽ xác nhận.")

    return _perform(request, duty_id, act)


@plan_required
@require_POST
def add_evidence(request: PlanRequest, duty_id: int) -> HttpResponse:
    """Put a proof beside it."""

    # Together, so that a proof that came too late leaves no file behind.
    @transaction.atomic
    def act(at: datetime) -> str:
        title = request.POST.get("title", "")
        how: dict[str, Any] = {
            "duty_id": duty_id, "mandate": request.mandate, "title": title, "at": at,
        }  # fmt: skip
        form = request.POST.get("form", "")
        if form == EvidenceForm.FILE:
            sent = posted_file(request, "file", _("Hãy chọn tệp minh chứng."))
            file = store_file(
                content=sent.read(),
                name=sent.name or "",
                accepts=ACCEPTED,
                by=request.user,
                at=at,
            )
            services.attach_file(file=file, **how)
        elif form == EvidenceForm.LINK:
            services.attach_figure(
                path=request.POST.get("path", ""),
                as_of=required_day(request.POST, "as_of"),
                **how,
            )
        elif form == EvidenceForm.DOCUMENT:
            services.attach_document(
                number=request.POST.get("number", ""),
                issued_on=required_day(request.POST, "issued_on"),
                **how,
            )
        else:
            raise services.Incomplete(_("Hãy chọn loại minh chứng."), key="form")
        return _("Đã thêm minh chứng.")

    return _perform(request, duty_id, act, box="title")


@plan_required
@require_POST
def judge(request: PlanRequest, duty_id: int) -> HttpResponse:
    """Confirm what was reported, or send it back."""

    def act(at: datetime) -> str:
        words = request.POST.get("judgement", "")
        if request.POST.get("decision") == "accept":
            duty = services.accept_duty(
                duty_id=duty_id, mandate=request.mandate, words=words, at=at
            )
            return (
                _("Đã xác nhận hoàn thành.")
                if duty.done_at
                else _("Đã ghi nhận tiến độ. Phần còn lại vẫn phải báo cáo.")
            )
        if request.POST.get("decision") != "send-back":
            raise Http404
        services.send_back_duty(duty_id=duty_id, mandate=request.mandate, words=words, at=at)
        return _("Đã trả lại để bổ sung.")

    return _perform(request, duty_id, act, box="judgement")


@plan_required
@require_safe
def evidence_file(request: PlanRequest, duty_id: int, evidence_id: int) -> HttpResponse:
    """Send the file of a proof."""
    evidence = queries.evidence_in(_duty_or_404(request, duty_id), evidence_id)
    if evidence is None or evidence.file is None:
        raise Http404
    return file_response(evidence.file)


def _duty_or_404(request: PlanRequest, duty_id: int) -> Duty:
    try:
        return queries.duty_for(request.mandate, duty_id)
    except queries.NoSuchDuty as missing:
        raise Http404 from missing


def _perform(
    request: PlanRequest, duty_id: int, act: Callable[[datetime], str], *, box: str = "words"
) -> HttpResponse:
    duty = _duty_or_404(request, duty_id)
    return attempt(
        request,
        act,
        then=reverse("board:plan-duty", args=[duty_id]),
        again=lambda problems: _page(request, duty, problems),
        box=box,
    )


def _page(request: PlanRequest, duty: Duty, problems: Problems | None = None) -> HttpResponse:
    today = clock.today()
    plan = duty.task.plan
    _task, versions = queries.task_with(plan, duty.task.clause)
    data = request.POST
    verbs = policies.duty_verbs(request.mandate, plan, duty)
    return render(
        request,
        "board/plan/duty.html",
        {
            "plan": plan,
            "duty": duty,
            "version": versions[0],
            "owner": shown.owner_words(plan, duty),
            "period": shown.period_words(duty, versions[0].rhythm),
            "badge": shown.duty_badge(duty, today),
            "evidence": queries.evidence_of(duty),
            "history": queries.history_of(duty.subject),
            "may_report": "report" in verbs,
            "may_judge": bool({"accept", "close"} & verbs),
            "forms": shown.options(EvidenceForm.choices),
            "values": {
                "percent": data.get("percent", duty.percent),
                "words": data.get("words", duty.words),
                "form": data.get("form", EvidenceForm.DOCUMENT.value),
                "title": data.get("title", ""),
                "path": data.get("path", ""),
                "number": data.get("number", ""),
                "judgement": data.get("judgement", ""),
                "as_of": typed_day(data, "as_of"),
                "issued_on": typed_day(data, "issued_on"),
            },
            "problems": problems or [],
            "errors": errors_of(problems or []),
        },
        status=422 if problems else 200,
    )
