"""How the calendar and its changes are put into words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.calendars.definitions import WEEKDAYS, DayLine, HoursLine
from motcua.calendars.models import CalendarChange
from motcua.calendars.queries import ChangeSheet, ShownDay
from motcua.calendars.seeds import DayKind
from motcua.calendars.working import Session
from motcua.offices.queries import officer_names
from motcua.web.words import Badge, Words, day

KINDS: dict[DayKind, Badge] = {
    DayKind.HOLIDAY: Badge(words=gettext_lazy("Nghỉ lễ"), tone="lotus"),
    DayKind.SWAP_OFF: Badge(words=gettext_lazy("Nghỉ hoán đổi"), tone="sun"),
    DayKind.SWAP_WORK: Badge(words=gettext_lazy("Làm bù"), tone="river"),
    DayKind.HALF_DAY: Badge(words=gettext_lazy("Làm nửa ngày"), tone="river"),
    DayKind.ORDINARY: Badge(words=gettext_lazy("Ngày thường")),
}
_SYSTEM = gettext_lazy("Hệ thống")


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """A day, for a table."""

    day: str
    weekday: Words
    kind: Badge
    name: str
    basis: str
    sessions: str
    certain: bool
    edition: int


@dataclass(frozen=True, kw_only=True)
class HoursRow:
    """The hours of a period, for a table."""

    agency: str
    period: str
    sessions: str
    weekend: str


def day_row(shown: ShownDay) -> DayRow:
    """Return a day of the calendar as it is shown."""
    line = shown.line
    return DayRow(
        day=day(line.day),
        weekday=WEEKDAYS[line.day.weekday()],
        kind=KINDS[line.kind],
        name=line.name,
        basis=line.basis,
        sessions=sessions_words(line.sessions),
        certain=shown.certain,
        edition=shown.edition,
    )


def line_row(line: DayLine) -> DayRow:
    """Return a line of a change as it is shown."""
    return day_row(ShownDay(line=line, certain=True, edition=0))


def hours_row(line: HoursLine, agencies: Mapping[int, str]) -> HoursRow:
    """Return hours as they are shown."""
    return HoursRow(
        agency=(
            _("Toàn thành phố")
            if line.agency_id is None
            else agencies.get(line.agency_id, str(line.agency_id))
        ),
        period=_period(line.since, line.until),
        sessions="; ".join(
            [
                sessions_words(line.sessions),
                *(
                    _("riêng %(weekday)s: %(sessions)s")
                    % {"weekday": WEEKDAYS[weekday], "sessions": sessions_words(own)}
                    for weekday, own in line.by_weekday
                ),
            ]
        ),
        weekend=", ".join(str(WEEKDAYS[number]) for number in sorted(line.weekend))
        or _("không nghỉ"),
    )


def sessions_words(sessions: Iterable[Session]) -> str:
    """Return sessions as "07:00–11:00, 13:00–17:00"."""
    return ", ".join(f"{each.opens:%H:%M}–{each.closes:%H:%M}" for each in sessions)


def sheet_title(sheet: ChangeSheet) -> str:
    """Return in a few words what a change is about: "Nghỉ lễ 15/10/2024 và 2 ngày khác"."""
    if sheet.hours:
        return _("Giờ làm việc từ ngày %(day)s") % {"day": day(sheet.hours[0].since)}
    first = sheet.days[0]
    told = {"kind": KINDS[first.kind].words, "day": day(first.day), "n": len(sheet.days) - 1}
    if told["n"]:
        return (
            ngettext(
                "%(kind)s %(day)s và %(n)s ngày khác",
                "%(kind)s %(day)s và %(n)s ngày khác",
                len(sheet.days) - 1,
            )
            % told
        )
    return f"{told['kind']} {told['day']}"


def actor_names(changes: Iterable[CalendarChange]) -> Mapping[str, str]:
    """Return how people call whoever proposed and decided, by the ledger's name for them."""
    actors = {name for c in changes for name in (c.proposed_by, c.decided_by) if name}
    ids = {
        int(number)
        for kind, _colon, number in (actor.partition(":") for actor in actors)
        if kind == "officer" and number.isdigit()
    }
    names: dict[str, str] = defaultdict(lambda: str(_SYSTEM))
    names.update({f"officer:{pk}": name for pk, name in officer_names(ids).items()})
    return names


def _period(since: date, until: date | None) -> str:
    if until is None:
        return _("từ %(since)s") % {"since": day(since)}
    return _("%(since)s đến %(until)s") % {"since": day(since), "until": day(until)}
