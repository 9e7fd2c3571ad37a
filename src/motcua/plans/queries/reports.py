"""Reports as lists and as content, and the facts that a new one is drawn from."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from motcua.documents.queries import content_of as bytes_of
from motcua.kernel.clock import day_of
from motcua.offices.models import Place, PlaceLevel
from motcua.plans.definitions import (
    AgencyFact,
    Content,
    Facts,
    NextFact,
    ObstacleFact,
    ReportFormat,
    TargetLine,
    TaskFact,
    half_around,
    papers,
)
from motcua.plans.lifecycle import ENDED_OBSTACLES, DutyState, ReportState
from motcua.plans.models import Duty, Obstacle, Plan, PlanReport, ReportFile
from motcua.steering.definitions import Period

from .agency_plans import Coverage, coverage
from .plans import Tally, TaskRow, annex_agencies, owners_in_words, task_rows


class NoSuchReport(Exception):
    """There is no such report."""


def reports_of(plan: Plan) -> list[PlanReport]:
    """Return the reports of a plan, the newest period first."""
    return list(PlanReport.objects.filter(plan=plan).order_by("-period_first"))


def report_with(plan: Plan, report_id: int) -> PlanReport:
    """
    Return a report.

    :raises NoSuchReport: if there is none
    """
    report = (
        PlanReport.objects.filter(plan=plan, pk=report_id)
        .select_related("plan__keeper", "plan__overseer", "drafted_by", "submitted_by", "signed_by")
        .first()
    )
    if report is None:
        raise NoSuchReport
    return report


def periods_to_report(plan: Plan, on: date) -> list[Period]:
    """Return the half years of the plan that have begun by a day, the oldest first."""
    first = half_around(plan.first_day)
    second = Period.half(first.first.year, 2)
    return [
        half
        for half in dict.fromkeys((first, second))
        if half.first <= min(plan.last_day, on) and half.last >= plan.first_day
    ]


def content_of(report: PlanReport, *, rewritten: bool = True) -> Content:
    """Return what a report says; without `rewritten`, as it was drawn."""
    content = msgspec.convert(report.content, Content)
    return content.with_words(report.rewritten) if rewritten else content


def file_of(report: PlanReport, format_: ReportFormat) -> bytes:
    """
    Return the report as a file: once signed the very bytes that were kept, before that a draft.

    :raises FileWasAltered: if the disk does not hold what was signed
    """
    if report.state != ReportState.FROZEN:
        return papers.written(format_, content_of(report), papers.Signed(at=report.as_of))
    return bytes_of(
        ReportFile.objects.select_related("file").get(report=report, format=format_).file
    )


def files_of(report: PlanReport) -> list[ReportFile]:
    """Return the files of a signed report."""
    return list(ReportFile.objects.filter(report=report).select_related("file").order_by("format"))


def facts_of(plan: Plan, period: Period, targets: Sequence[TargetLine], *, at: datetime) -> Facts:
    """Return what is known now of a period of the plan."""
    on = day_of(at)
    rows = task_rows(plan)
    agencies = annex_agencies(on)
    covered = coverage(plan, agencies, rows)
    within = {
        row.task.pk: [d for d in row.duties if period.first <= d.period_last <= period.last]
        for row in rows
    }
    return Facts(
        number=plan.number,
        issued_on=plan.issued_on,
        period=period,
        as_of=at,
        keeper=plan.keeper.name,
        overseer=plan.overseer.name,
        place=_city_name(),
        parts=[(key, title) for key, title in plan.parts],
        tasks=[_task_fact(plan, row, within[row.task.pk], on) for row in rows],
        agencies=_agency_facts(plan, within, covered, on),
        uncovered=covered.uncovered,
        obstacles=_obstacle_facts(plan, period, on),
        targets=targets,
        next=_next_facts(rows, period),
    )


def _task_fact(plan: Plan, row: TaskRow, duties: list[Duty], on: date) -> TaskFact:
    tally = Tally.of(duties, on)
    return TaskFact(
        clause=row.task.clause,
        part=row.task.part,
        wording=row.version.wording,
        owners=owners_in_words(plan, row.version),
        duties=tally.duties,
        done=tally.done,
        told=tally.waiting + tally.accepted,
        overdue=tally.overdue,
        evidence=sum(duty.evidence_count for duty in duties),
    )


def _agency_facts(
    plan: Plan, within: dict[int, list[Duty]], covered: Coverage, on: date
) -> list[AgencyFact]:
    owed: dict[int | str, list[Duty]] = defaultdict(list)
    names: dict[int | str, str] = {row.agency.pk: row.agency.name for row in covered.rows}
    for duties in within.values():
        for duty in duties:
            owner = duty.agency_id or duty.outsider
            owed[owner].append(duty)
            names.setdefault(owner, plan.called(duty.agency.name) if duty.agency else duty.outsider)
    has_plan: dict[int | str, bool] = {
        row.agency.pk: row.agency_plan is not None for row in covered.rows
    }
    facts = []
    for owner, name in names.items():
        tally = Tally.of(owed[owner], on)
        untold = sorted(
            (duty for duty in owed[owner] if duty.state == DutyState.OPEN),
            key=lambda duty: (duty.task.position, duty.period_first),
        )
        facts.append(
            AgencyFact(
                name=name,
                duties=tally.duties,
                done=tally.done,
                overdue=tally.overdue,
                untold=tuple(duty.task.clause for duty in untold),
                has_plan=has_plan.get(owner),
            )
        )
    return facts


def _obstacle_facts(plan: Plan, period: Period, on: date) -> list[ObstacleFact]:
    found = (
        Obstacle.objects.filter(plan=plan)
        .select_related("agency", "solver", "task")
        .order_by("raised_at", "pk")
    )
    return [
        ObstacleFact(
            title=each.title,
            agency=each.agency.name,
            about=each.task.clause if each.task else each.procedure,
            state=str(each.lifecycle_state.label),
            is_ended=each.state in ENDED_OBSTACLES,
            solver=plan.called(each.solver.name) if each.solver else "",
            answer=each.answer,
            is_late=each.is_answer_late(on),
        )
        for each in found
        if day_of(each.raised_at) <= period.last
        and (each.ended_at is None or day_of(each.ended_at) >= period.first)
    ]


def _next_facts(rows: Sequence[TaskRow], period: Period) -> list[NextFact]:
    facts = []
    for row in rows:
        owed = Counter(
            duty.due_on
            for duty in row.duties
            if duty.period_last > period.last and duty.state != DutyState.DONE
        )
        facts += [
            NextFact(
                clause=row.task.clause,
                wording=row.version.wording,
                owners=owners,
                due_on=due_on,
            )
            for due_on, owners in sorted(owed.items())
        ]
    return facts


def _city_name() -> str:
    province = Place.objects.filter(level=PlaceLevel.PROVINCE).order_by("-valid_from").first()
    return province.name if province else ""
