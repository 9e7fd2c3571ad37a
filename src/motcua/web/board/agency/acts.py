"""Setting a target, explaining one that is missed, answering an explanation."""

import re
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.kernel import clock
from motcua.offices.models import Agency
from motcua.steering import policies, services
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import Progress
from motcua.steering.models import TargetExplanation
from motcua.steering.queries.targets import minimum_for, row_of, standing_target, year_of
from motcua.web.access import OfficerRequest
from motcua.web.acting import Refusals, attempt, refused
from motcua.web.board.access import check_seen, overseer_required
from motcua.web.board.targets import words
from motcua.web.numbers import whole

_PERCENT = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]))?\s*%?")
_METHODS = ["GET", "HEAD", "POST"]


class _NotAShare(Exception):
    """What is typed is no percentage."""


_REFUSALS = Refusals(
    to_mend=(
        _NotAShare,
        policies.BelowTheMinimum,
        policies.MoreThanAll,
        services.UnusableWords,
    ),
    not_theirs=(policies.NotForYou,),
    not_now=(
        policies.AnsweredAlready,
        policies.NoSuchPeriod,
        policies.NothingToExplain,
        services.TargetWasChanged,
        services.WaitsForAnAnswer,
    ),
)


@overseer_required
@require_http_methods(_METHODS)
def target(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask what share the agency is to reach this year, and set it; a refusal says why."""
    agency = _agency_or_404(request, code)
    now = clock.now()
    period = year_of(clock.day_of(now))
    typed = request.POST.get("reason", "")
    try:
        policies.check_may_set(request.mandate, agency, period, on=clock.day_of(now))
    except (policies.NotForYou, policies.NoSuchPeriod) as refusal:
        return refused(request, refusal, refusals=_REFUSALS, then=_page_after(agency), typed=typed)
    if request.method != "POST":
        return _target_page(request, agency, period, now)
    data = request.POST

    def act() -> str:
        services.set_target(
            mandate=request.mandate,
            agency_id=agency.pk,
            period=period,
            tenths=_tenths(data.get("percent", "").strip()),
            reason=typed,
            seen_id=whole(data.get("seen", "")),
            at=now,
        )
        return _("Đã giao chỉ tiêu cho %(a)s.") % {"a": agency.name}

    return attempt(
        request,
        act,
        refusals=_REFUSALS,
        then=_page_after(agency),
        again=lambda lacking: _target_page(request, agency, period, now, lacking),
        typed=typed,
    )


def _target_page(
    request: OfficerRequest,
    agency: Agency,
    period: Period,
    now: datetime,
    lacking: Exception | None = None,
) -> HttpResponse:
    minimum = minimum_for(agency, period, at=now)
    standing = standing_target(agency.pk, clock.day_of(now), at=now)
    box = "reason" if isinstance(lacking, services.UnusableWords) else "percent"
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
            "typed": {name: request.POST.get(name, "") for name in ("percent", "reason")},
            "problems": [{"key": box, "message": str(lacking)}] if lacking else [],
            "errors": {box: str(lacking)} if lacking else {},
            "back": _page_after(agency),
        },
        status=422 if lacking else 200,
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
    target_id, progress = found[1].target.pk, row.progress
    back = reverse("board:agency", args=[code])
    typed = request.POST.get("words", "")
    try:
        policies.check_may_explain(request.mandate, agency.pk, progress.outlook)
    except (policies.NotForYou, policies.NothingToExplain) as refusal:
        return refused(request, refusal, refusals=_REFUSALS, then=back, typed=typed)
    if request.method != "POST":
        return _explanation_page(request, agency, progress)

    def act() -> str:
        services.explain_target(
            mandate=request.mandate,
            target_id=target_id,
            progress=progress,
            until=clock.day_of(now),
            words=typed,
            at=now,
        )
        return _("Đã ghi giải trình và gửi Văn phòng UBND thành phố.")

    return attempt(
        request,
        act,
        refusals=_REFUSALS,
        then=back,
        again=lambda lacking: _explanation_page(request, agency, progress, str(lacking)),
        typed=typed,
    )


def _explanation_page(
    request: OfficerRequest, agency: Agency, progress: Progress, error: str = ""
) -> HttpResponse:
    return render(
        request,
        "board/agency/explanation_new.html",
        {
            "agency": agency,
            "actual": words.percent(progress.actual.tenths),
            "target": words.percent(progress.target_tenths),
            "forecast": words.percent(progress.forecast_tenths),
            "typed": request.POST.get("words", ""),
            "error": error,
            "problems": [{"key": "words", "message": error}] if error else [],
            "back": reverse("board:agency", args=[agency.code]),
        },
        status=422 if error else 200,
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
    back = reverse("board:agency", args=[agency.code])
    typed = request.POST.get("answer", "")
    try:
        policies.check_may_answer(request.mandate, given)
    except (policies.NotForYou, policies.AnsweredAlready) as refusal:
        return refused(request, refusal, refusals=_REFUSALS, then=back, typed=typed)
    if request.method != "POST":
        return _answer_page(request, given)

    def act() -> str:
        verdict = request.POST.get("verdict", "")
        if verdict not in ("accept", "return"):
            raise services.UnusableWords(_("Hãy chọn chấp nhận hoặc trả lại giải trình."))
        services.answer_explanation(
            mandate=request.mandate,
            explanation_id=given.pk,
            accepted=verdict == "accept",
            answer=typed,
            at=clock.now(),
        )
        return _("Đã trả lời giải trình.")

    return attempt(
        request,
        act,
        refusals=_REFUSALS,
        then=back,
        again=lambda lacking: _answer_page(request, given, str(lacking)),
        typed=typed,
    )


def _answer_page(
    request: OfficerRequest, given: TargetExplanation, error: str = ""
) -> HttpResponse:
    agency = given.target.agency
    return render(
        request,
        "board/agency/answer_new.html",
        {
            "agency": agency,
            "given": given,
            "typed": {name: request.POST.get(name, "") for name in ("answer", "verdict")},
            "error": error,
            "problems": [{"key": "answer", "message": error}] if error else [],
            "verdicts": [
                {"value": "accept", "label": _("Chấp nhận giải trình")},
                {"value": "return", "label": _("Trả lại để làm rõ")},
            ],
            "back": reverse("board:agency", args=[agency.code]),
        },
        status=422 if error else 200,
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


def _tenths(typed: str) -> int:
    """
    Return the percentage as tenths.

    :raises _NotAShare: if it is none
    """
    found = _PERCENT.fullmatch(typed)
    if found is None:
        raise _NotAShare(_("Hãy ghi chỉ tiêu bằng số phần trăm, ví dụ 55 hoặc 62,5."))
    return int(found[1]) * 10 + int(found[2] or 0)
