"""Everything that changes the city's calendar."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.sheets import Problem, Reading, Report

from .events import DaySet
from .models import CalendarDay
from .seeds import DayKind

__all__ = ["import_days", "set_day"]


@transaction.atomic
def set_day(
    *, day: date, kind: DayKind, name: str, basis: str, at: datetime, actor: str = "system"
) -> bool:
    """
    Say what a day is, on a basis; return whether that is news.

    Due dates that were promised stay. What is promised from now on counts the day anew.
    """
    known = _locked().get(day)
    wanted = CalendarDay(day=day, kind=kind, name=name, basis=basis)
    if known is not None and _said(known) == _said(wanted):
        return False
    _set(wanted, known, actor=actor, at=at)
    return True


@transaction.atomic
def import_days(
    *, reading: Reading, at: datetime, actor: str = "system", dry_run: bool = False
) -> Report:
    """Take in all days of a table, or none if one of its rows has a problem; twice is once."""
    known = _locked()
    problems: list[Problem] = []
    new = changed = unchanged = 0
    rows_of: dict[date, int] = {}
    for row in reading.sound_rows:
        day = row.day("day")
        assert day is not None  # the column is required
        if day in rows_of:
            message = _("Ngày này đã có ở dòng %(row)s.") % {"row": rows_of[day]}
            problems.append(Problem(row=row.number, column="day", message=message))
            continue
        rows_of[day] = row.number
        wanted = CalendarDay(
            day=day, kind=row.text("kind"), name=row.text("name"), basis=row.text("basis")
        )
        before = known.get(day)
        if before is not None and _said(before) == _said(wanted):
            unchanged += 1
            continue
        _set(wanted, before, actor=actor, at=at)
        new, changed = (new + 1, changed) if before is None else (new, changed + 1)
    told = reading.placed(problems)
    if told or dry_run:
        transaction.set_rollback(True)
    return Report(
        new=new,
        changed=changed,
        unchanged=unchanged,
        problems=tuple(told),
        is_rehearsal=dry_run,
    )


def _locked() -> dict[date, CalendarDay]:
    with connection.cursor() as cursor:
        # A day that is not there yet cannot be locked as a row.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('calendars.set_day', 0))")
    return {day.day: day for day in CalendarDay.objects.all()}


def _said(day: CalendarDay) -> tuple[str, str, str]:
    return day.kind, day.name, day.basis


def _set(wanted: CalendarDay, before: CalendarDay | None, *, actor: str, at: datetime) -> None:
    wanted.save(force_insert=before is None, force_update=before is not None)
    ledger.record(
        DaySet(
            day=wanted.day.isoformat(),
            said=str(wanted.kind),
            before=before.kind if before is not None else "",
            name=wanted.name,
            basis=wanted.basis,
        ),
        subject=Subject("calendar-day", wanted.day.isoformat()),
        actor=actor,
        at=at,
    )
