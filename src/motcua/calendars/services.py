"""Everything that changes the city's calendar: one person proposes, another decides."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.kernel import memory, text
from motcua.kernel.ledger import events as ledger
from motcua.kernel.sheets import Problem, Reading, Report, Row

from . import queries
from .definitions import (
    DayLine,
    HoursLine,
    InvalidChange,
    told_sessions,
    told_week,
)
from .events import ChangeApproved, ChangeProposed, ChangeRejected
from .models import CalendarChange, ChangedDay, ChangedHours
from .seeds import DayKind

__all__ = [
    "AlreadyDecided",
    "NeedsAReason",
    "NotASecondPerson",
    "TheCalendarMovedOn",
    "approve_change",
    "import_days",
    "propose_change",
    "reject_change",
]

_TEXT_MAX, _BASIS_MAX, _NAME_MAX = 2000, 300, 200


class NotASecondPerson(Exception):
    """Who proposed a change cannot decide on it."""

    def __init__(self) -> None:
        super().__init__(_("Đề nghị phải do người thứ hai duyệt, không phải người đã đề nghị."))


class AlreadyDecided(Exception):
    """Somebody has approved or rejected the change already."""

    def __init__(self) -> None:
        super().__init__(_("Đề nghị này đã có người quyết định."))


class TheCalendarMovedOn(Exception):
    """The calendar has a newer edition than the one on which the decision was made."""

    def __init__(self) -> None:
        super().__init__(
            _("Lịch đã có ấn bản mới từ khi Ông/Bà mở trang. Vui lòng xem lại tác động rồi duyệt.")
        )


class NeedsAReason(Exception):
    """A rejection says why."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do không duyệt."))


@transaction.atomic
def propose_change(
    *,
    days: Sequence[DayLine] = (),
    hours: Sequence[HoursLine] = (),
    basis: str,
    reason: str,
    actor: str,
    at: datetime,
    recalculates: bool = False,
    recalculation_reason: str = "",
) -> CalendarChange:
    """
    Propose that the calendar say something else; proposed again while it waits, it is the same.

    :raises InvalidChange: if it cannot be followed; with every fault, and where it is
    """
    _lock()
    days = [_clean(line) for line in days]
    digest = _digest(days, hours, recalculates=recalculates)
    waiting = CalendarChange.objects.filter(digest=digest, decided_at=None).first()
    if waiting is not None:
        return waiting
    faults = queries.faults_of(
        days=days,
        hours=hours,
        basis=basis,
        reason=reason,
        recalculates=recalculates,
        recalculation_reason=recalculation_reason,
    )
    if faults:
        raise InvalidChange(faults)
    change = CalendarChange.objects.create(
        basis=text.clean(basis)[:_BASIS_MAX],
        reason=text.clean_lines(reason)[:_TEXT_MAX],
        recalculates=recalculates,
        recalculation_reason=(
            text.clean_lines(recalculation_reason)[:_TEXT_MAX] if recalculates else ""
        ),
        proposed_by=actor,
        proposed_at=at,
        digest=digest,
    )
    _write_down(change, days, hours)
    ledger.record(
        ChangeProposed(
            basis=change.basis,
            reason=change.reason,
            recalculates=change.recalculates,
            recalculation_reason=change.recalculation_reason,
            days=[line.told() for line in days],
            hours=[line.told() for line in hours],
        ),
        subject=change.subject,
        actor=actor,
        at=at,
    )
    return change


@transaction.atomic
def approve_change(
    *, change_id: int, actor: str, at: datetime, reason: str = "", seen_edition: int | None = None
) -> CalendarChange:
    """
    Agree to a change as a second person: it becomes the next edition of the calendar.

    :raises NotASecondPerson: if the actor proposed it
    :raises AlreadyDecided: if somebody was faster
    :raises TheCalendarMovedOn: if another edition came after the one whose effect was looked at
    """
    # One after the other: each edition lies over the one before.
    _lock()
    change = _undecided(change_id, actor)
    newest = CalendarChange.objects.aggregate(newest=Max("edition"))["newest"] or 0
    if seen_edition is not None and seen_edition != newest:
        raise TheCalendarMovedOn
    change.edition = newest + 1
    _decide(change, actor=actor, at=at, reason=reason)
    ledger.record(
        ChangeApproved(
            change=change.pk,
            edition=change.edition,
            recalculates=change.recalculates,
            reason=change.decision_reason,
        ),
        subject=change.subject,
        actor=actor,
        at=at,
    )
    # Whoever approved sees the new edition at once; other processes within seconds.
    transaction.on_commit(memory.forget)
    return change


@transaction.atomic
def reject_change(*, change_id: int, actor: str, at: datetime, reason: str) -> CalendarChange:
    """
    Decide as a second person that the calendar stays as it is.

    :raises NotASecondPerson: if the actor proposed it
    :raises AlreadyDecided: if somebody was faster
    :raises NeedsAReason: if no reason is given
    """
    _lock()
    change = _undecided(change_id, actor)
    if not text.clean_lines(reason):
        raise NeedsAReason
    _decide(change, actor=actor, at=at, reason=reason)
    ledger.record(
        ChangeRejected(change=change.pk, reason=change.decision_reason),
        subject=change.subject,
        actor=actor,
        at=at,
    )
    return change


@transaction.atomic
def import_days(
    *,
    reading: Reading,
    at: datetime,
    actor: str = "system",
    approved_by: str | None = None,
    dry_run: bool = False,
) -> Report:
    """
    Propose all days of a table as one change, or none if one of its rows has a problem.

    Twice is once. With `approved_by`, a second person has agreed already, on paper, and the
    change is approved in that name.

    :raises NotASecondPerson: if that is the same person
    """
    _lock()
    lines: list[DayLine] = []
    problems: list[Problem] = []
    new = changed = unchanged = 0
    rows_of: dict[date, int] = {}
    awaiting = {line for sheet in queries.changes_awaiting() for line in sheet.days}
    for row in reading.sound_rows:
        line = _line_of(row)
        if line.day in rows_of:
            message = _("Ngày này đã có ở dòng %(row)s.") % {"row": rows_of[line.day]}
            problems.append(Problem(row=row.number, column="day", message=message))
            continue
        rows_of[line.day] = row.number
        before = queries.line_of_day(line.day)
        if line == before or line in awaiting:
            unchanged += 1
            continue
        new, changed = (new + 1, changed) if before is None else (new, changed + 1)
        lines.append(line)
    basis = "; ".join(dict.fromkeys(line.basis for line in lines))[:_BASIS_MAX]
    reason = _("Nạp từ bảng tính.")
    for line in lines:
        problems += [
            Problem(row=rows_of[line.day], column="day", message=fault.message)
            for fault in queries.faults_of(days=[line], hours=(), basis=basis, reason=reason)
        ]
    told = reading.placed(problems)
    if lines and not told:
        change = propose_change(days=lines, basis=basis, reason=reason, actor=actor, at=at)
        if approved_by is not None:
            approve_change(change_id=change.pk, actor=approved_by, at=at)
    if told or dry_run:
        transaction.set_rollback(True)
    return Report(
        new=new,
        changed=changed,
        unchanged=unchanged,
        problems=tuple(told),
        is_rehearsal=dry_run,
    )


def _lock() -> None:
    with connection.cursor() as cursor:
        # A day that nobody spoke of yet cannot be locked as a row.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('calendars.change', 0))")


def _write_down(
    change: CalendarChange, days: Sequence[DayLine], hours: Sequence[HoursLine]
) -> None:
    ChangedDay.objects.bulk_create(
        ChangedDay(
            change=change,
            day=line.day,
            kind=line.kind.value,
            name=line.name,
            basis=line.basis,
            sessions=told_sessions(line.sessions),
        )
        for line in days
    )
    ChangedHours.objects.bulk_create(
        ChangedHours(
            change=change,
            agency_id=line.agency_id,
            since=line.since,
            until=line.until,
            sessions=told_sessions(line.sessions),
            weekend=sorted(line.weekend),
            by_weekday=told_week(line.by_weekday),
        )
        for line in hours
    )


def _undecided(change_id: int, actor: str) -> CalendarChange:
    change = CalendarChange.objects.select_for_update().get(pk=change_id)
    if not change.is_open:
        raise AlreadyDecided
    if change.proposed_by == actor:
        raise NotASecondPerson
    return change


def _decide(change: CalendarChange, *, actor: str, at: datetime, reason: str) -> None:
    change.decided_by = actor
    change.decided_at = at
    change.decision_reason = text.clean_lines(reason)[:_TEXT_MAX]
    change.save(update_fields=["decided_by", "decided_at", "decision_reason", "edition"])


def _line_of(row: Row) -> DayLine:
    day = row.day("day")
    assert day is not None  # the column is required
    return DayLine(
        day=day, kind=DayKind(row.text("kind")), name=row.text("name"), basis=row.text("basis")
    )


def _clean(line: DayLine) -> DayLine:
    return DayLine(
        day=line.day,
        kind=line.kind,
        name=text.clean(line.name)[:_NAME_MAX],
        basis=text.clean(line.basis)[:_BASIS_MAX],
        sessions=line.sessions,
    )


def _digest(days: Sequence[DayLine], hours: Sequence[HoursLine], *, recalculates: bool) -> str:
    told: dict[str, Any] = {
        "days": sorted(json.dumps(line.told(), sort_keys=True) for line in days),
        "hours": sorted(json.dumps(line.told(), sort_keys=True) for line in hours),
    }
    if recalculates:
        told["recalculates"] = True
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
