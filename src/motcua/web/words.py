"""How the screens say things: dates, deadlines and states, in the citizen's vocabulary."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.calendars.limits import LimitUnit
from motcua.kernel.clock import CITY_TIME, day_of

Words = str | Promise


class DeadlineState(StrEnum):
    """What a deadline looks like: each state has a shape and a colour of its own."""

    ONTIME = "ontime"
    DUE = "due"
    OVERDUE = "overdue"
    PAUSED = "paused"
    CITIZEN = "citizen"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A deadline as it is shown: a word, and a state that gives the shape and the colour."""

    state: DeadlineState
    words: Words


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A status as it is shown: a word, and one of the badge's tones."""

    words: Words
    tone: str = ""  # "", river, sun, lotus, ontime, overdue, citizen


# What the citizen reads for each state of a dossier (dossiers.lifecycle) and of a draft.
BADGES = {
    "draft": Badge(words=_("Đang làm dở"), tone="sun"),
    "submitted": Badge(words=_("Đã nộp, chờ tiếp nhận"), tone="river"),
    "intake_supplement": Badge(words=_("Cần bổ sung giấy tờ"), tone="citizen"),
    "not_accepted": Badge(words=_("Không được tiếp nhận"), tone="overdue"),
    "withdrawn": Badge(words=_("Đã rút hồ sơ")),
    "accepted": Badge(words=_("Đã tiếp nhận"), tone="river"),
    "in_progress": Badge(words=_("Đang giải quyết"), tone="river"),
    "awaiting_supplement": Badge(words=_("Cần bổ sung giấy tờ"), tone="citizen"),
    "awaiting_obligation": Badge(words=_("Có nghĩa vụ tài chính"), tone="sun"),
    "awaiting_agency": Badge(words=_("Chờ cơ quan khác"), tone="sun"),
    "suspended": Badge(words=_("Tạm ngừng vì bất khả kháng"), tone="sun"),
    "stopped": Badge(words=_("Dừng giải quyết")),
    "decided": Badge(words=_("Đã có kết quả"), tone="ontime"),
    "returned": Badge(words=_("Đã trả kết quả"), tone="ontime"),
}

_FIXED_WORDS: dict[DeadlineState, Words] = {
    DeadlineState.PAUSED: _("Tạm dừng"),
    DeadlineState.CITIZEN: _("Chờ bổ sung"),
    DeadlineState.DONE: _("Đã xong"),
}


def day(value: date | datetime | str | None) -> str:
    """Return a day as dd/mm/yyyy, in the city's time; an absent one as no text."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(CITY_TIME)
    return value.strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """Return a moment as "14:05, 15/10/2024", in the city's time; an absent one as no text."""
    return value.astimezone(CITY_TIME).strftime("%H:%M, %d/%m/%Y") if value else ""


def so_much_time(amount: Fraction | float, unit: LimitUnit) -> str:
    """Return an amount of time in the law's units: "3 ngày làm việc", "0,5 ngày"."""
    n = 1 if amount == 1 else 2  # gettext counts in whole numbers; half a day is not one day
    words = {
        LimitUnit.HOUR: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n),
        LimitUnit.WORKING_DAY: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n),
        LimitUnit.DAY: ngettext("%(n)s ngày", "%(n)s ngày", n),
        LimitUnit.MONTH: ngettext("%(n)s tháng", "%(n)s tháng", n),
    }
    return words[unit] % {"n": formats.number_format(f"{float(amount):g}")}


def deadline(
    due_at: datetime | None, now: datetime, state: DeadlineState | None = None
) -> Deadline | None:
    """
    Return how a deadline is shown at `now`.

    A clock that stands still or is done says so; of one that runs, the time left decides.
    None when nothing is owed yet: then nothing is shown.
    """
    if state in _FIXED_WORDS:
        assert state is not None
        return Deadline(state=state, words=_FIXED_WORDS[state])
    if due_at is None:
        return None
    late = now > due_at
    days = abs((day_of(due_at) - day_of(now)).days)
    hours = max(1, round(abs((due_at - now).total_seconds()) / 3600))
    if late:
        shown = DeadlineState.OVERDUE
        words = (
            ngettext("Trễ %(n)d ngày", "Trễ %(n)d ngày", days) % {"n": days}
            if days
            else ngettext("Trễ %(n)d giờ", "Trễ %(n)d giờ", hours) % {"n": hours}
        )
    else:
        shown = DeadlineState.DUE if days <= 1 else DeadlineState.ONTIME
        words = (
            ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", days) % {"n": days}
            if days
            else ngettext("Còn %(n)d giờ", "Còn %(n)d giờ", hours) % {"n": hours}
        )
    return Deadline(state=state or shown, words=words)
