"""The six-month report: drawn, rewritten, sent for signature, returned, signed and frozen."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents.services import keep_file
from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.events import Event
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.plans.definitions import (
    BlockKind,
    ReportFormat,
    TargetLine,
    compose,
    half_around,
    papers,
)
from motcua.plans.events import (
    ParagraphRewritten,
    ReportDrafted,
    ReportReturned,
    ReportSigned,
    ReportSubmitted,
)
from motcua.plans.lifecycle import REPORT_LIFECYCLE
from motcua.plans.models import Plan, PlanReport, ReportFile
from motcua.plans.policies import check_keeps, check_signs, check_state_allows
from motcua.plans.queries.reports import content_of, facts_of
from motcua.steering.definitions import Period

from ._acts import Incomplete, locked, said


@transaction.atomic
def draft_report(
    *,
    plan_id: int,
    period: Period,
    mandate: Mandate,
    targets: Sequence[TargetLine],
    at: datetime,
) -> PlanReport:
    """
    Draw the report of a half year from what is known now; asked for again, return what is there.

    :raises NotTheKeeper: if the officer does not keep the plan
    :raises Incomplete: if the period is no half year of the plan, or has not begun
    """
    plan = locked(Plan.objects.select_related("keeper", "overseer"), plan_id)
    check_keeps(mandate, plan)
    if (
        period != half_around(period.first)
        or period.first > min(plan.last_day, day_of(at))
        or period.last < plan.first_day
    ):
        raise Incomplete(_("Hãy chọn một kỳ 6 tháng của Kế hoạch đã bắt đầu."), key="period")
    known = PlanReport.objects.filter(plan=plan, period_first=period.first).first()
    if known is not None:
        return known
    report = PlanReport.objects.create(
        plan=plan,
        period_first=period.first,
        period_last=period.last,
        as_of=at,
        content=_drawn(plan, period, targets, at),
        drafted_at=at,
        drafted_by_id=mandate.officer_id,
    )
    _tell(report, ReportDrafted(period=period.key, as_of=at.isoformat()), mandate, at)
    return report


@transaction.atomic
def refresh_report(
    *, report_id: int, mandate: Mandate, targets: Sequence[TargetLine], at: datetime
) -> PlanReport:
    """
    Draw a draft anew from what is known now; the words that people put into it stay.

    :raises NotTheKeeper: if the officer does not keep the plan
    :raises HasMovedOn: if it is no draft any more
    """
    report = _locked(report_id, mandate, "refresh")
    period = Period(report.period_first, report.period_last)
    report.content = _drawn(report.plan, period, targets, at)
    report.as_of = at
    report.save(update_fields=["content", "as_of"])
    _tell(report, ReportDrafted(period=period.key, as_of=at.isoformat()), mandate, at)
    return report


@transaction.atomic
def rewrite_paragraph(
    *, report_id: int, mandate: Mandate, key: str, words: str, at: datetime
) -> PlanReport:
    """
    Put a person's words in place of a drawn paragraph; empty ones bring the drawn one back.

    :raises NotTheKeeper: if the officer does not keep the plan
    :raises HasMovedOn: if it is no draft any more
    :raises Incomplete: if there is no such paragraph, or too much is said
    """
    report = _locked(report_id, mandate, "rewrite")
    drawn = {
        block.key: block.text
        for block in content_of(report, rewritten=False).blocks
        if block.kind is BlockKind.PARAGRAPH
    }
    if key not in drawn:
        raise Incomplete(_("Báo cáo không có đoạn này."), key="key")
    words = text.clean_lines(words)
    if words:
        words = said(words, "", longest=8000)
    if words in ("", drawn[key]):
        report.rewritten.pop(key, None)
        words = ""
    else:
        report.rewritten[key] = words
    report.save(update_fields=["rewritten"])
    _tell(report, ParagraphRewritten(key=key, words=words), mandate, at)
    return report


@transaction.atomic
def submit_report(*, report_id: int, mandate: Mandate, at: datetime) -> PlanReport:
    """
    Ask the leader to sign.

    :raises NotTheKeeper: if the officer does not keep the plan
    :raises HasMovedOn: if it is no draft any more
    """
    report = _locked(report_id, mandate, "submit")
    report.submitted_at, report.submitted_by_id = at, mandate.officer_id
    report.returned_for = ""
    _move(report, "submit")
    _tell(report, ReportSubmitted(), mandate, at)
    return report


@transaction.atomic
def return_report(*, report_id: int, mandate: Mandate, words: str, at: datetime) -> PlanReport:
    """
    Give it back to be mended.

    :raises NotTheKeeper: if the officer does not sign for the keeper
    :raises NotASecondPerson: if the officer drafted it
    :raises HasMovedOn: if it does not wait for a signature
    :raises Incomplete: if nothing is said
    """
    report = _locked(report_id, mandate, "return")
    check_signs(mandate, report.plan, report)
    report.returned_for = said(words, _("Hãy ghi cần sửa điều gì."), longest=2000)
    report.submitted_at = report.submitted_by_id = None
    _move(report, "return")
    _tell(report, ReportReturned(words=report.returned_for), mandate, at)
    return report


@transaction.atomic
def sign_report(*, report_id: int, mandate: Mandate, number: str, at: datetime) -> PlanReport:
    """
    Sign under a number: the files are made, and nothing of it changes any more.

    :raises NotTheKeeper: if the officer does not sign for the keeper
    :raises NotASecondPerson: if the officer drafted it or asked for the signature
    :raises HasMovedOn: if it does not wait for a signature
    :raises Incomplete: if there is no number, or it is given already
    """
    report = _locked(report_id, mandate, "sign")
    check_signs(mandate, report.plan, report)
    number = said(text.clean(number), _("Hãy ghi số báo cáo."), key="number", longest=50)
    if PlanReport.objects.filter(plan_id=report.plan_id, number=number).exists():
        raise Incomplete(_("Số này đã dùng cho báo cáo khác."), key="number")
    signed = papers.Signed(
        at=at,
        number=number,
        signer=mandate.full_name,
        title=next(
            post.title
            for post in mandate.posts
            if post.agency_id == report.plan.keeper_id and post.role == PostRole.LEADER
        ),
    )
    digests = {}
    # The files come first: a frozen report takes none.
    for format_ in ReportFormat:
        content = papers.written(format_, content_of(report), signed)
        file = keep_file(
            content=content,
            name=f"bao-cao-{report.period_last:%Y-%m}.{format_.value}",
            media_type=papers.MEDIA_TYPES[format_],
            at=at,
        )
        digests[format_.value] = hashlib.sha256(content).hexdigest()
        ReportFile.objects.create(
            report=report, format=format_, file=file, digest=digests[format_.value]
        )
    report.number, report.signed_at, report.signed_by_id = number, at, mandate.officer_id
    _move(report, "sign")
    _tell(
        report,
        ReportSigned(number=number, signed_on=day_of(at).isoformat(), digests=digests),
        mandate,
        at,
    )
    return report


def _drawn(
    plan: Plan, period: Period, targets: Sequence[TargetLine], at: datetime
) -> dict[str, Any]:
    drawn: dict[str, Any] = msgspec.to_builtins(compose(facts_of(plan, period, targets, at=at)))
    return drawn


def _locked(report_id: int, mandate: Mandate, verb: str) -> PlanReport:
    report = locked(PlanReport.objects.select_related("plan__keeper", "plan__overseer"), report_id)
    check_state_allows(REPORT_LIFECYCLE, verb, report.state, report.lifecycle_state.label)
    check_keeps(mandate, report.plan)
    return report


def _move(report: PlanReport, verb: str) -> None:
    report.state = REPORT_LIFECYCLE.target_of(verb, state=report.lifecycle_state)
    report.save()


def _tell(report: PlanReport, event: Event, mandate: Mandate, at: datetime) -> None:
    ledger.record(event, subject=report.subject, actor=mandate.actor, at=at)
