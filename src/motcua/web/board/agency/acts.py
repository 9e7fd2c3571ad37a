"""Setting a target, explaining one that is missed, answering an explanation."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import clock
from motcua.offices.models import Agency
from motcua.steering import policies, services
from motcua.steering.models import TargetExplanation
from motcua.steering.queries.targets import minimum_for, row_of, standing_target, year_of
from motcua.web.access import OfficerRequest
from motcua.web.board.access import check_seen, overseer_required
from motcua.web.board.targets import words

_PERCENT = re.compile(r"(\d{1,4})(?:[.,](\d))?\s*%?")
_METHODS = ["GET", "HEAD", "POST"]


@overseer_required
@require_http_methods(_METHODS)
def target(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask what share the agency is to reach this year, and set it; a refusal says why (422)."""
    agency = _agency_or_404(request, code)
    now = clock.now()
    period = year_of(clock.day_of(now))
    minimum = minimum_for(agency, period, at=now)
    standing = standing_target(agency.pk, clock.day_of(now), at=now)
    typed = {"percent": "", "reason": ""}
    problems: list[dict[str, str]] = []
    refusal = ""
    try:
        policies.check_may_set(request.mandate, agency, period, on=clock.day_of(now))
    except (policies.NotForYou, policies.NoSuchPeriod) as refused:
        refusal = str(refused)
    if request.method == "POST" and not refusal:
        typed = {name: request.POST.get(name, "").strip() for name in typed}
        seen = request.POST.get("seen", "")
        tenths = _tenths(typed["percent"])
        if tenths is None:
            words_ = _("Hãy ghi chỉ tiêu bằng số phần trăm, ví dụ 55 hoặc 62,5.")
            problems = [{"key": "percent", "message": words_}]
        else:
            try:
                services.set_target(
                    mandate=request.mandate,
                    agency_id=agency.pk,
                    period=period,
                    tenths=tenths,
                    reason=typed["reason"],
                    seen_id=int(seen) if seen.isdecimal() else None,
                    at=now,
                )
            except (policies.BelowTheMinimum, policies.MoreThanAll) as refused:
                problems = [{"key": "percent", "message": str(refused)}]
            except services.UnusableWords as refused:
                problems = [{"key": "reason", "message": str(refused)}]
            except services.TargetWasChanged as refused:
                messages.error(request, str(refused))
                return redirect("board:target-new", code=code)
            else:
                messages.success(request, _("Đã giao chỉ tiêu cho %(a)s.") % {"a": agency.name})
                return redirect(_page_after(agency))
    return render(
        request,
        "board/agency/target_new.html",
        {
            "agency": agency,
            "year": period.first.year,
            "minimum": words.percent(minimum.tenths),
            "because": minimum.because,
            "standing": standing,
            "standing_percent": words.percent(standing.tenths) if standing else "",
            "typed": typed,
            "problems": problems,
            "errors": {each["key"]: each["message"] for each in problems},
            "refusal": refusal,
            "back": _page_after(agency),
        },
        status=422 if problems else 403 if refusal else 200,
    )


@overseer_required
@require_http_methods(_METHODS)
def explanation(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask the head why the target is missed or about to be, and put the answer on record."""
    agency = _agency_or_404(request, code)
    now = clock.now()
    found = row_of(code, at=now)
    if found is None or found[1].target is None:
        raise Http404
    _whole, row = found
    typed, error, refusal = "", "", ""
    try:
        policies.check_may_explain(request.mandate, agency.pk, row.progress.outlook)
    except (policies.NotForYou, policies.NothingToExplain) as refused:
        refusal = str(refused)
    if request.method == "POST" and not refusal:
        typed = request.POST.get("words", "")
        assert row.target is not None
        try:
            services.explain_target(
                mandate=request.mandate,
                target_id=row.target.pk,
                progress=row.progress,
                until=clock.day_of(now),
                words=typed,
                at=now,
            )
        except (services.UnusableWords, services.WaitsForAnAnswer) as refused:
            error = str(refused)
        else:
            messages.success(request, _("Đã ghi giải trình và gửi Văn phòng UBND thành phố."))
            return redirect("board:agency", code=code)
    return render(
        request,
        "board/agency/explanation_new.html",
        {
            "agency": agency,
            "actual": words.percent(row.progress.actual.tenths),
            "target": words.percent(row.progress.target_tenths),
            "forecast": words.percent(row.progress.forecast_tenths),
            "typed": typed,
            "error": error,
            "problems": [{"key": "words", "message": error}] if error else [],
            "refusal": refusal,
            "back": reverse("board:agency", args=[code]),
        },
        status=422 if error else 403 if refusal else 200,
    )


@overseer_required
@require_http_methods(_METHODS)
def answer(request: OfficerRequest, explanation_id: int) -> HttpResponse:
    """Ask the city's office what it says to an explanation, and put that on record."""
    given = (
        TargetExplanation.objects.select_related("target__agency", "stated_by")
        .filter(pk=explanation_id)
        .first()
    )
    if given is None:
        raise Http404
    agency = given.target.agency
    check_seen(request, agency.pk)
    refusal, error = "", ""
    typed: dict[str, Any] = {"answer": "", "verdict": ""}
    try:
        policies.check_may_answer(request.mandate, given)
    except (policies.NotForYou, policies.AnsweredAlready) as refused:
        refusal = str(refused)
    if request.method == "POST" and not refusal:
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            if typed["verdict"] not in ("accept", "return"):
                raise services.UnusableWords(_("Hãy chọn chấp nhận hoặc trả lại giải trình."))
            services.answer_explanation(
                mandate=request.mandate,
                explanation_id=given.pk,
                accepted=typed["verdict"] == "accept",
                answer=typed["answer"],
                at=clock.now(),
            )
        except services.UnusableWords as refused:
            error = str(refused)
        except policies.AnsweredAlready as refused:
            messages.error(request, str(refused))
            return redirect("board:agency", code=agency.code)
        else:
            messages.success(request, _("Đã trả lời giải trình."))
            return redirect("board:agency", code=agency.code)
    return render(
        request,
        "board/agency/answer_new.html",
        {
            "agency": agency,
            "given": given,
            "typed": typed,
            "error": error,
            "problems": [{"key": "answer", "message": error}] if error else [],
            "refusal": refusal,
            "verdicts": [
                {"value": "accept", "label": _("Chấp nhận giải trình")},
                {"value": "return", "label": _("Trả lại để làm rõ")},
            ],
            "back": reverse("board:agency", args=[agency.code]),
        },
        status=422 if error else 403 if refusal else 200,
    )


def _agency_or_404(request: OfficerRequest, code: str) -> Agency:
    agency = Agency.objects.filter(code=code).select_related("parent").first()
    if agency is None:
        raise Http404
    check_seen(request, agency.pk)
    return agency


def _page_after(agency: Agency) -> str:
    """Return where the figures of the agency stand beside its neighbours'."""
    above = agency.parent if agency.parent is not None else agency
    return reverse("board:agency", args=[above.code])


def _tenths(typed: str) -> int | None:
    found = _PERCENT.fullmatch(typed)
    return None if found is None else int(found[1]) * 10 + int(found[2] or 0)
