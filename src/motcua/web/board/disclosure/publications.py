"""The months at the office: drafted, followed to the end, each with what may be done now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.disclosure import policies, queries, services
from motcua.disclosure.definitions import Change, LineKind
from motcua.disclosure.lifecycle import PUBLICATION_LIFECYCLE, SEALED_STATES, PublicationState
from motcua.disclosure.models import Publication
from motcua.kernel import clock
from motcua.web.access import OfficerRequest
from motcua.web.board.access import office_required
from motcua.web.disclosed import month_words, shown
from motcua.web.words import Badge, Words

from .access import publication_or_404
from .acting import attempt

MONTHS_OFFERED = 12
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")

BADGES: Mapping[PublicationState, Badge] = {
    PublicationState.DRAFT: Badge(words=PublicationState.DRAFT.label, tone="sun"),
    PublicationState.REPLYING: Badge(words=PublicationState.REPLYING.label, tone="river"),
    PublicationState.APPROVING: Badge(words=PublicationState.APPROVING.label, tone="citizen"),
    PublicationState.PUBLISHED: Badge(words=PublicationState.PUBLISHED.label, tone="ontime"),
    PublicationState.WITHDRAWN: Badge(words=PublicationState.WITHDRAWN.label),
}


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that may be done with the whole: its button, and what it asks for."""

    verb: str
    name: Words
    told: Words
    reason: Words = ""  # what the box for the reason is called; empty: none is asked for
    is_quiet: bool = False
    why_not: str = ""


# What is read before it is agreed to has its button on the page where it is read.
ACTS: Mapping[str, Act] = {
    act.verb: act
    for act in (
        Act(
            verb="open_replies",
            name=gettext_lazy("Mở thời hạn phản hồi"),
            told=gettext_lazy("Đã mở thời hạn phản hồi."),
        ),
        Act(
            verb="submit",
            name=gettext_lazy("Trình phê duyệt"),
            told=gettext_lazy("Đã chốt nội dung và trình phê duyệt."),
        ),
        Act(
            verb="publish",
            name=gettext_lazy("Công khai"),
            told=gettext_lazy("Đã công khai. Nội dung không sửa được nữa."),
        ),
        Act(
            verb="send_back",
            name=gettext_lazy("Trả lại để sửa"),
            told=gettext_lazy("Đã trả lại. Các phê duyệt đã có không còn giá trị."),
            reason=gettext_lazy("Cần sửa điều gì"),
            is_quiet=True,
        ),
        Act(
            verb="withdraw",
            name=gettext_lazy("Hủy dự thảo"),
            told=gettext_lazy("Đã hủy dự thảo. Có thể lập lại tháng này."),
            reason=gettext_lazy("Lý do hủy dự thảo"),
            is_quiet=True,
        ),
    )
}


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: OfficerRequest) -> HttpResponse:
    """Show every month; draw one up."""
    if request.method != "POST":
        return _index(request)
    found = _MONTH.fullmatch(request.POST.get("month", ""))
    if found is None:
        return _index(request, problem=_("Hãy chọn tháng cần lập bản công khai."))
    month, now = date(int(found[1]), int(found[2]), 1), clock.now()
    if month < _months_back(clock.day_of(now))[-1]:
        return _index(
            request,
            problem=_("Chỉ lập bản công khai của %(n)d tháng gần nhất.") % {"n": MONTHS_OFFERED},
        )
    try:
        policies.check_month_has_ended(month, at=now)  # before its results are read
        drafted = services.draft_publication(
            month=month,
            mandate=request.mandate,
            figures=queries.figures_of(month, at=now),
            at=now,
        )
    except services.NotAllowed as refused:
        return _index(request, problem=str(refused))
    return redirect("board:publication", publication_id=drafted.pk)


@office_required
@require_safe
def show(request: OfficerRequest, publication_id: int) -> HttpResponse:
    """Show a month's lines, what is said of them, and what may be done now."""
    return sheet_page(request, publication_or_404(publication_id))


@office_required
@require_POST
def act(request: OfficerRequest, publication_id: int) -> HttpResponse:
    """Do something with the whole; pressed twice, it happens once."""
    publication = publication_or_404(publication_id)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    if verb not in ACTS:
        raise Http404
    asked: dict[str, Any] = {
        "publication_id": publication.pk,
        "mandate": request.mandate,
        "at": clock.now(),
    }
    do = {
        "open_replies": lambda: services.open_replies(**asked),
        "submit": lambda: services.submit_publication(**asked),
        "publish": lambda: services.publish_publication(**asked),
        "send_back": lambda: services.send_back_publication(**asked, reason=reason),
        "withdraw": lambda: services.withdraw_publication(**asked, reason=reason),
    }[verb]
    return attempt(
        request,
        do,
        told=ACTS[verb].told,
        then=reverse("board:publication", args=[publication.pk]),
        again=lambda problem: sheet_page(request, publication, verb=verb, problem=problem),
    )


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: OfficerRequest, publication_id: int) -> HttpResponse:
    """Show the sealed content as everybody will read it; agree to it."""
    publication = publication_or_404(publication_id)
    if publication.state not in SEALED_STATES:
        raise Http404
    if request.method == "POST":
        return attempt(
            request,
            lambda: services.approve_publication(
                publication_id=publication.pk,
                mandate=request.mandate,
                seen_digest=request.POST.get("digest", ""),
                at=clock.now(),
            ),
            told=_("Đã ghi nhận phê duyệt của Ông/Bà."),
            then=reverse("board:publication", args=[publication.pk]),
            again=lambda problem: sheet_page(request, publication, problem=problem),
        )
    return render(
        request,
        "board/disclosure/reading.html",
        {
            "publication": publication,
            "shown": shown(queries.published(publication).view),
            "why_not": _why_not_approve(request, publication),
        },
    )


def _index(request: OfficerRequest, *, problem: str = "") -> HttpResponse:
    today = clock.today()
    found = queries.publications()
    taken = {each.month for each in found if each.state != PublicationState.WITHDRAWN}
    offered = [
        {
            "value": f"{month:%Y-%m}",
            "label": _("Tháng %(month)s") % {"month": month_words(month)},
        }
        for month in _months_back(today)
        if month not in taken
    ]
    context = {
        "rows": [_row(each) for each in found],
        "offered": offered,
        "typed": request.POST.get("month", ""),
        "problem": problem,
        "problems": [{"key": "month", "message": problem}] if problem else [],
    }
    return render(request, "board/disclosure/index.html", context, status=422 if problem else 200)


def _months_back(today: date) -> list[date]:
    """Return the months that are over and may be published, the latest first."""
    months, month = [], today.replace(day=1)
    for _each in range(MONTHS_OFFERED):
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    return months


def _row(publication: Publication) -> dict[str, Any]:
    return {
        "publication": publication,
        "month": month_words(publication.month),
        "badge": BADGES[PublicationState(publication.state)],
    }


def correction_verb(correction_id: int) -> str:
    """Return what deciding on a correction is called among the deeds of the page."""
    return f"c{correction_id}"


def sheet_page(
    request: OfficerRequest, publication: Publication, *, verb: str = "", problem: str = ""
) -> HttpResponse:
    """Show the month with what may be done; with a problem, beside the box of `verb` (422)."""
    now = clock.now()
    sheets = queries.lines_of(publication)
    state = PublicationState(publication.state)
    is_public = state == PublicationState.PUBLISHED
    context = {
        **_row(publication),
        "acts": _acts(publication, now),
        "is_sealed": state in SEALED_STATES,
        "is_public": is_public,
        "takes_replies": policies.takes_replies(publication, at=now),
        "groups": [
            (kind.label, [sheet for sheet in sheets if sheet.line.kind == kind])
            for kind in LineKind
        ],
        "corrections": _proposed(request, publication) if is_public else [],
        "trail": shown(queries.published(publication).view).trail if is_public else [],
        "wanted": verb,
        "reason": request.POST.get("reason", ""),
        "problem": problem,
        "problems": [{"key": f"reason-{verb}", "message": problem}] if problem else [],
    }
    return render(request, "board/disclosure/show.html", context, status=422 if problem else 200)


def _acts(publication: Publication, now: datetime) -> list[Act]:
    verbs = PUBLICATION_LIFECYCLE.verbs_from(PublicationState(publication.state))
    return [
        replace(ACTS[verb], why_not=_why_not(verb, publication, now))
        for verb in ACTS
        if verb in verbs
    ]


def _why_not(verb: str, publication: Publication, now: datetime) -> str:
    try:
        if verb == "submit":
            policies.check_replies_are_over(publication, at=now)
            policies.check_naming_is_decided(publication)
        elif verb == "publish":
            policies.check_is_approved(publication)
    except policies.NotAllowed as refusal:
        return str(refusal)
    return ""


def _why_not_approve(request: OfficerRequest, publication: Publication) -> str:
    try:
        policies.check_state_allows("approve", publication)
        policies.check_is_another(request.mandate, publication, author_id=publication.drafted_by_id)
    except policies.NotAllowed as refusal:
        return str(refusal)
    if publication.second_approved_by_id is not None:
        return _("Đã đủ hai người phê duyệt.")
    return ""


def _proposed(request: OfficerRequest, publication: Publication) -> list[dict[str, Any]]:
    view = queries.published(publication).view
    return [
        {
            "correction": each,
            "verb": correction_verb(each.pk),
            "change": Change(each.change).label,
            "about": queries.name_in(view, each.target),
            "may_decide": each.proposed_by_id != request.mandate.officer_id
            and each.first_approved_by_id != request.mandate.officer_id,
        }
        for each in queries.corrections_proposed(publication)
    ]
