"""What time brings: new duties, each once, and reminders, each once."""

from datetime import date, datetime

from django.db import connection, transaction

from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.models import Agency
from motcua.plans.definitions import Rhythm, occurrences
from motcua.plans.events import DutiesOpened
from motcua.plans.lifecycle import OWED_STATES, UNSOLVED_STATES
from motcua.plans.models import Plan, TaskVersion

# Two workers may find the same thing due: the constraint lets one of them make it.
_OPEN = """
    INSERT INTO plan_duty (
        task_id, agency_id, outsider, period_first, period_last, due_on, opened_at,
        state, percent, words, evidence_count, judgement
    )
    SELECT *, %s::timestamptz, 'open', 0, '', 0, ''
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::date[], %s::date[], %s::date[])
    ON CONFLICT (task_id, agency_id, outsider, period_first) DO NOTHING
"""

# Of outsiders the keeper is reminded, who tells of them.
_REMIND = """
    WITH day AS (SELECT %(on)s::date AS today, %(at)s::timestamptz AS now),
    owed AS (
        SELECT duty.id AS duty_id, NULL::bigint AS obstacle_id, duty.due_on,
            coalesce(duty.agency_id, plan.keeper_id) AS agency_id, plan.remind_days_before
        FROM plan_duty AS duty JOIN plan_task AS task ON task.id = duty.task_id
            JOIN plan ON plan.id = task.plan_id
        WHERE duty.state = ANY(%(owed)s) AND task.ended_at IS NULL
        UNION ALL
        SELECT NULL, obstacle.id, obstacle.answer_due_on, obstacle.solver_id,
            plan.remind_days_before
        FROM plan_obstacle AS obstacle JOIN plan ON plan.id = obstacle.plan_id
        WHERE obstacle.state = ANY(%(unsolved)s)
    ),
    found AS (
        SELECT owed.*, CASE
            WHEN due_on < day.today THEN 'overdue'
            WHEN due_on = day.today THEN 'due'
            WHEN due_on - remind_days_before <= day.today THEN 'near' END AS occasion
        FROM owed CROSS JOIN day
    )
    INSERT INTO plan_reminder (duty_id, obstacle_id, agency_id, occasion, due_on, raised_at)
    SELECT duty_id, obstacle_id, agency_id, occasion, due_on, day.now
    FROM found CROSS JOIN day
    WHERE occasion IS NOT NULL
    ON CONFLICT (agency_id, duty_id, obstacle_id, occasion, due_on) DO NOTHING
"""


@transaction.atomic
def open_duties(*, at: datetime) -> int:
    """Make what is owed by the passing of time, for every plan; return how many there are more."""
    return sum(_open_of(plan, at) for plan in Plan.objects.all())


@transaction.atomic
def raise_reminders(*, at: datetime) -> int:
    """Remind of what is near its day, at its day, or past it; return how many are new."""
    with connection.cursor() as cursor:
        cursor.execute(
            _REMIND,
            {
                "on": day_of(at),
                "at": at,
                "owed": sorted(OWED_STATES),
                "unsolved": sorted(UNSOLVED_STATES),
            },
        )
        raised: int = cursor.rowcount
    return raised


def _open_of(plan: Plan, at: datetime) -> int:
    today = day_of(at)
    rows = [
        (task_id, agency_id, outsider, first, last, due_on)
        for version in TaskVersion.objects.filter(
            task__plan=plan, task__ended_at__isnull=True, until__isnull=True
        ).order_by("task__position")
        for task_id in [version.task_id]
        for first, last, due_on in _when(plan, version, today)
        for agency_id, outsider in _who(version, first, last)
    ]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [at, *(list(column) for column in zip(*rows, strict=True))])
        opened: int = cursor.rowcount
    if opened:
        ledger.record(
            DutiesOpened(number=plan.number, count=opened),
            subject=plan.subject,
            actor="system",
            at=at,
        )
    return opened


def _when(plan: Plan, version: TaskVersion, today: date) -> list[tuple[date, date, date]]:
    return [
        (occurrence.period.first, occurrence.period.last, occurrence.due_on)
        for occurrence in occurrences(
            Rhythm(version.rhythm),
            first_day=plan.first_day,
            last_day=plan.last_day,
            due_on=version.due_on,
            days_after=plan.days_after(version.rhythm),
            until=today,
        )
    ]


def _who(version: TaskVersion, first: date, last: date) -> list[tuple[int | None, str]]:
    """Return the owners of a period: agencies that were at work in it, and bodies outside."""
    owners: list[tuple[int | None, str]] = [
        (agency_id, "")
        for agency_id in _agencies_at_work(version.kinds, version.agencies, first, last)
    ]
    return owners + [(None, name) for name in version.outside]


def _agencies_at_work(kinds: list[str], names: list[str], first: date, last: date) -> list[int]:
    rows = Agency.objects.raw(
        """
        SELECT id FROM agency
        WHERE (kind = ANY(%s) OR name = ANY(%s) OR aliases ?| %s)
            AND valid_from <= %s AND coalesce(valid_to >= %s, true)
        ORDER BY kind, sort_key
        """,
        [kinds, names, names, last, first],
    )
    return [agency.pk for agency in rows]
