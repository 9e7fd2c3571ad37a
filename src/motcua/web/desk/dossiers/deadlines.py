"""How the desk says what time is left: in working time, as word, shape and colour."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.limits import Limit
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE, DossierState, Party
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Line
from motcua.web.words import Deadline, DeadlineState, so_much_time

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
# Days, hours and minutes that are kept in words: a list says the same few again and again.
SAID_MAX = 2000
FOR_GOOD = datetime.max.replace(tzinfo=UTC)


class Said(NamedTuple):
    """What is said of a dossier's deadline, and until when it stays true."""

    deadline: Deadline | None  # None where none runs or ran
    until: datetime


def deadline_of(dossier: Dossier | Line, *, now: datetime) -> Deadline | None:
    """Return the dossier's deadline as it stands now, or None where none runs or ran."""
    calendar = calendars.city_calendar(dossier.settling_agency_id)
    return said_of(dossier, calendar=calendar, now=now).deadline


def said_of(dossier: Dossier | Line, *, calendar: WorkingCalendar, now: datetime) -> Said:
    """Return the same by the calendar of its agency, with the moment from which it may differ."""
    if dossier.completed_at is not None:
        return Said(_kept(dossier.completed_at, dossier.due_at, calendar), FOR_GOOD)
    match DOSSIER_LIFECYCLE.waiting_on[DossierState(dossier.state)]:
        case Party.APPLICANT:
            return Said(Deadline(state=DeadlineState.CITIZEN, words=_("Chờ người nộp")), FOR_GOOD)
        case Party.OTHER_AGENCY:
            words = _("Chờ %(agency)s") % {"agency": dossier.waits_for}
            return Said(Deadline(state=DeadlineState.PAUSED, words=words), FOR_GOOD)
        case Party.CIRCUMSTANCES:
            return Said(Deadline(state=DeadlineState.PAUSED, words=_("Bất khả kháng")), FOR_GOOD)
    due_at = dossier.due_at or dossier.intake_due_at
    return Said(None, FOR_GOOD) if due_at is None else _time_left(due_at, calendar, now)


def _time_left(due_at: datetime, calendar: WorkingCalendar, now: datetime) -> Said:
    """Return how much working time is left, or how much it is late."""
    left = working.worked_between(calendar, now, due_at)
    n, unit = _in_whole(abs(left), day=calendar.day_length)
    # Until the next whole is reached: working time passes no faster than time.
    whole = calendar.day_length if unit is _DAY else unit
    if now > due_at:
        state = DeadlineState.OVERDUE
        stays = (n + 1) * whole - abs(left)
        if unit is not _DAY:
            stays = min(stays, calendar.day_length - abs(left))
    else:
        state = DeadlineState.ONTIME if left > calendar.day_length else DeadlineState.DUE
        stays = left % whole
    return Said(_running(state, n, unit, get_language()), now + stays)


@lru_cache(maxsize=SAID_MAX)
def _running(state: DeadlineState, n: int, unit: timedelta, _language: str) -> Deadline:
    words = _("Trễ %(time)s") if state is DeadlineState.OVERDUE else _("Còn %(time)s")
    return Deadline(state=state, words=words % {"time": _so_many(n, unit)})


def _in_whole(time: timedelta, *, day: timedelta) -> tuple[int, timedelta]:
    """Return time in its largest fitting unit, days being so long: three days, five hours."""
    if time >= day:
        return time // day, _DAY
    if time >= _HOUR:
        return time // _HOUR, _HOUR
    return max(time // _MINUTE, 1), _MINUTE


def _so_many(n: int, unit: timedelta) -> str:
    if unit is _DAY:
        words = ngettext("%(n)s ngày", "%(n)s ngày", n)
    elif unit is _HOUR:
        words = ngettext("%(n)s giờ", "%(n)s giờ", n)
    else:
        words = ngettext("%(n)s phút", "%(n)s phút", n)
    return words % {"n": n}


def limit_in_words(limit: Limit) -> str:
    """Return a limit as the procedure states it: "3 ngày làm việc"."""
    if limit.same_day_until is None:
        return so_much_time(limit.amount, limit.unit)
    return _("trong ngày, nếu nhận trước %(time)s") % {"time": f"{limit.same_day_until:%H:%M}"}


def _kept(
    completed_at: datetime, due_at: datetime | None, calendar: WorkingCalendar
) -> Deadline | None:
    if due_at is None:
        return None
    if completed_at > due_at:
        late = working.worked_between(calendar, due_at, completed_at)
        time = _so_many(*_in_whole(late, day=calendar.day_length))
        words = _("Xong, trễ %(time)s") % {"time": time}
        return Deadline(state=DeadlineState.OVERDUE, words=words)
    return Deadline(state=DeadlineState.DONE, words=_("Xong đúng hạn"))
