"""Changes to the calendar as two people make them, for tests."""

from datetime import date, time

from motcua.calendars.definitions import DayLine, HoursLine
from motcua.calendars.models import CalendarChange
from motcua.calendars.seeds import DayKind
from motcua.calendars.services import approve_change, propose_change
from motcua.calendars.working import Session
from motcua.kernel import memory
from tests.builders import NOW

PROPOSER, APPROVER = "officer:1", "officer:2"
MORNING = Session(opens=time(7), closes=time(11))
AFTERNOON = Session(opens=time(13), closes=time(17))


def a_day(day: date, kind: DayKind = DayKind.HOLIDAY, **said) -> DayLine:
    """Say what a day is."""
    return DayLine(**{"day": day, "kind": kind, "name": "Ngày hội", "basis": "QĐ 01", **said})


def some_hours(since: date, *sessions: Session, **said) -> HoursLine:
    """Say in which sessions people work from a day on."""
    told = {"agency_id": None, "until": None, "weekend": frozenset({5, 6}), **said}
    return HoursLine(since=since, sessions=sessions or (MORNING,), **told)


def a_proposal(*lines: DayLine | HoursLine, **said) -> CalendarChange:
    """Propose these lines as one change."""
    told = {"basis": "QĐ 01", "reason": "Theo quyết định.", "actor": PROPOSER, "at": NOW}
    return propose_change(
        days=[line for line in lines if isinstance(line, DayLine)],
        hours=[line for line in lines if isinstance(line, HoursLine)],
        **{**told, **said},
    )


def an_edition(*lines: DayLine | HoursLine, **said) -> CalendarChange:
    """Propose these lines, and have somebody else approve them."""
    change = a_proposal(*lines, **said)
    change = approve_change(change_id=change.pk, actor=APPROVER, at=NOW)
    memory.forget()  # what a commit does, which a test does not come to
    return change
