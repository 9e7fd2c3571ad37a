"""How the desk says what time is left: in working time, as word, shape and colour."""

from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.limits import Limit
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE, DossierState, Party
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Line
from motcua.web.words import Deadline, DeadlineState, so_much_time

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
# Days, hours and minutes that are kept in words: a list says the same few again and again.
SAID_MAX = 2000


def deadline_of(dossier: Dossier | Line, *, now: datetime) -> Deadline | None:
    """Return the dossier's deadline as it stands now, or None where none runs or ran."""
    if dossier.completed_at is not None:
        return _kept(dossier.completed_at, dossier.due_at, dossier.settling_agency_id)
    match DOSSIER_LIFECYCLE.waiting_on[DossierState(dossier.state)]:
        case Party.APPLICANT:
            return Deadline(state=DeadlineState.CITIZEN, words=_("Chờ người nộp"))
        case Party.OTHER_AGENCY:
            words = _("Chờ %(agency)s") % {"agency": dossier.waits_for}
            return Deadline(state=DeadlineState.PAUSED, words=words)
        case Party.CIRCUMSTANCES:
            return Deadline(state=DeadlineState.PAUSED, words=_("Bất khả kháng"))
    due_at = dossier.due_at or dossier.intake_due_at
    if due_at is None:
        return None
    return time_left(due_at, agency_id=dossier.settling_agency_id, now=now)


def time_left(due_at: datetime, *, agency_id: int, now: datetime) -> Deadline:
    """Return how much working time of that agency is left, or how much it is late."""
    calendar = calendars.city_calendar(agency_id)
    left = working.worked_between(calendar, now, due_at)
    if now > due_at:
        state = DeadlineState.OVERDUE
    elif left > calendar.day_length:
        state = DeadlineState.ONTIME
    else:
        state = DeadlineState.DUE
    return _running(state, *_in_whole(abs(left), day=calendar.day_length), get_language())


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


def _kept(completed_at: datetime, due_at: datetime | None, agency_id: int) -> Deadline | None:
    if due_at is None:
        return None
    if completed_at > due_at:
        calendar = calendars.city_calendar(agency_id)
        late = working.worked_between(calendar, due_at, completed_at)
        time = _so_many(*_in_whole(late, day=calendar.day_length))
        words = _("Xong, trễ %(time)s") % {"time": time}
        return Deadline(state=DeadlineState.OVERDUE, words=words)
    return Deadline(state=DeadlineState.DONE, words=_("Xong đúng hạn"))
