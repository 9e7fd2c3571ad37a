"""The lines of a change to the calendar, and what is wrong with lines that cannot be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars.seeds import DAYS_OFF, DayKind
from motcua.calendars.working import Session

WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
FIRST_YEAR, LAST_YEAR = 2000, 2100
LINES_MAX = 400  # more than a year has days off: who says more means something else


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What has to be mended before a change can be proposed: where, and why."""

    key: str  # the box of the form, or ""
    message: str


class InvalidChange(Exception):
    """The change does not say what a calendar can follow."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True)
class DayLine:
    """What a day is said to be; a half day says in which sessions people work."""

    day: date
    kind: DayKind
    name: str
    basis: str
    sessions: tuple[Session, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return the line as plain JSON."""
        return {
            "day": self.day.isoformat(),
            "kind": self.kind.value,
            "name": self.name,
            "basis": self.basis,
            "sessions": told_sessions(self.sessions),
        }


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """In which sessions of which weekdays people work from a day on, or for a while."""

    agency_id: int | None  # None: the whole city
    since: date
    until: date | None
    sessions: tuple[Session, ...]
    weekend: frozenset[int]
    by_weekday: tuple[tuple[int, tuple[Session, ...]], ...] = ()  # in their order

    def told(self) -> dict[str, Any]:
        """Return the line as plain JSON."""
        told: dict[str, Any] = {
            "agency": self.agency_id,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "sessions": told_sessions(self.sessions),
            "weekend": sorted(self.weekend),
        }
        if self.by_weekday:  # what was told before there were any reads the same
            told["by_weekday"] = told_week(self.by_weekday)
        return told

    def speaks_of(self, day: date) -> bool:
        """Return whether these are hours of that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, other: Self) -> bool:
        """Return whether both speak of the same agency on some day."""
        return (
            self.agency_id == other.agency_id
            and (self.until is None or other.since <= self.until)
            and (other.until is None or self.since <= other.until)
        )


def told_sessions(sessions: Sequence[Session]) -> list[list[str]]:
    """Return sessions as plain JSON: [["07:00", "11:00"], …]."""
    return [[f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in sessions]


def told_week(by_weekday: Sequence[tuple[int, Sequence[Session]]]) -> dict[str, list[list[str]]]:
    """Return the sessions of some weekdays as plain JSON: {"5": [["07:00", "11:00"]]}."""
    return {str(weekday): told_sessions(sessions) for weekday, sessions in by_weekday}


def read_week(
    told: Mapping[str, Sequence[Sequence[str]]],
) -> tuple[tuple[int, tuple[Session, ...]], ...]:
    """Read what `told_week` wrote."""
    return tuple(
        sorted((int(weekday), read_sessions(sessions)) for weekday, sessions in told.items())
    )


def read_sessions(told: Sequence[Sequence[str]]) -> tuple[Session, ...]:
    """Read what `told_sessions` wrote."""
    return tuple(
        Session(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
        for opens, closes in told
    )


def reason_faults(
    *, basis: str, reason: str, recalculates: bool, recalculation_reason: str
) -> Iterator[Fault]:
    """Yield what is missing of the words that go with every change."""
    if not basis:
        yield Fault(key="basis", message=_("Hãy ghi căn cứ: số, ngày của văn bản."))
    if not reason:
        yield Fault(key="reason", message=_("Hãy ghi lý do đổi lịch."))
    if recalculates and not recalculation_reason:
        yield Fault(
            key="recalculation_reason",
            message=_("Hãy ghi lý do tính lại hạn của hồ sơ đang giải quyết."),
        )


def swap_faults(
    days: Sequence[DayLine],
    *,
    said: Mapping[date, DayKind],
    rests: Callable[[date], bool],
    awaited: Mapping[date, int],
) -> Iterator[Fault]:
    """
    Yield what is wrong with lines about days.

    `said` is what the calendar says already, `rests` whether the city's week leaves a day free;
    `awaited`, which proposal waits to speak of a day.
    """
    if len(days) > LINES_MAX:
        most = {"most": LINES_MAX}
        yield Fault(key="day", message=_("Một đề nghị ghi nhiều nhất %(most)s ngày.") % most)
        return
    seen: set[date] = set()
    for line in days:
        told = {"day": f"{line.day:%d/%m/%Y}"}
        if not FIRST_YEAR <= line.day.year <= LAST_YEAR:
            yield Fault(key="day", message=_("Năm của ngày %(day)s không hợp lý.") % told)
        if line.day in seen:
            yield Fault(key="day", message=_("Ngày %(day)s được ghi hai lần.") % told)
        seen.add(line.day)
        if line.day in awaited:
            told_where = {**told, "number": awaited[line.day]}
            message = _("Ngày %(day)s đã có trong đề nghị số %(number)s đang chờ duyệt.")
            yield Fault(key="day", message=message % told_where)
        if not line.name:
            yield Fault(key="name", message=_("Hãy ghi tên của ngày %(day)s.") % told)
        if wrong := _kind_fault(line, said.get(line.day), rests(line.day)):
            yield Fault(key="day", message=wrong % told)
        yield from _session_faults(line, told["day"])


def _kind_fault(line: DayLine, before: DayKind | None, is_weekend: bool) -> str:
    is_holiday = before is DayKind.HOLIDAY
    match line.kind:
        case DayKind.SWAP_WORK if is_holiday:
            return _("Ngày %(day)s là ngày nghỉ lễ, không thể làm bù vào ngày đó.")
        case DayKind.SWAP_WORK if not is_weekend and before not in DAYS_OFF:
            return _("Ngày %(day)s vốn là ngày làm việc, không phải ngày làm bù.")
        case DayKind.SWAP_OFF if is_weekend and before is not DayKind.SWAP_WORK:
            return _("Ngày %(day)s là ngày nghỉ hằng tuần, không phải hoán đổi.")
        case DayKind.HALF_DAY if is_holiday:
            return _("Ngày %(day)s là ngày nghỉ lễ, không thể làm nửa ngày.")
    return ""


def _session_faults(line: DayLine, day: str) -> Iterator[Fault]:
    if line.kind is DayKind.HALF_DAY:
        if not line.sessions:
            message = _("Hãy ghi giờ làm việc của ngày %(day)s.") % {"day": day}
            yield Fault(key="sessions", message=message)
        elif wrong := sessions_fault(line.sessions):
            yield Fault(key="sessions", message=wrong)
    elif line.sessions:
        message = _("Chỉ ngày làm nửa ngày mới ghi giờ riêng: %(day)s.") % {"day": day}
        yield Fault(key="sessions", message=message)


def hours_faults(
    lines: Sequence[HoursLine], *, awaited: Sequence[tuple[int, HoursLine]]
) -> Iterator[Fault]:
    """Yield what is wrong with lines about hours; `awaited` are those of open proposals."""
    for number, line in enumerate(lines):
        if not FIRST_YEAR <= line.since.year <= LAST_YEAR:
            yield Fault(key="since", message=_("Năm bắt đầu không hợp lý."))
        if line.until is not None and line.until < line.since:
            yield Fault(key="until", message=_("Ngày cuối phải từ ngày bắt đầu trở đi."))
        # Many write 31/12/9999 for ever. It has no day after it, at which other hours could begin.
        if line.until is not None and line.until.year > LAST_YEAR:
            message = _("Năm của ngày cuối không hợp lý. Nếu không có ngày cuối, xin để trống.")
            yield Fault(key="until", message=message)
        if not line.sessions:
            yield Fault(key="sessions", message=_("Hãy ghi ít nhất một buổi làm việc."))
        elif wrong := sessions_fault(line.sessions):
            yield Fault(key="sessions", message=wrong)
        yield from _weekday_faults(line)
        if line.weekend >= set(range(7)):
            yield Fault(key="weekend", message=_("Một tuần phải có ít nhất một ngày làm việc."))
        if any(line.meets(other) for other in lines[:number]):
            yield Fault(key="since", message=_("Hai dòng giờ làm việc chồng thời gian lên nhau."))
        for change_id, other in awaited:
            if line.meets(other):
                message = _("Giờ của thời gian này đã có trong đề nghị số %(number)s chờ duyệt.")
                yield Fault(key="since", message=message % {"number": change_id})


def _weekday_faults(line: HoursLine) -> Iterator[Fault]:
    for weekday, sessions in line.by_weekday:
        told = {"weekday": WEEKDAYS[weekday]}
        if weekday in line.weekend:
            message = _("%(weekday)s vừa là ngày nghỉ hằng tuần, vừa có giờ làm việc riêng.")
            yield Fault(key="by_weekday", message=message % told)
        elif wrong := sessions_fault(sessions):
            message = _("%(weekday)s: %(wrong)s")
            yield Fault(key="by_weekday", message=message % {**told, "wrong": wrong})


def sessions_fault(sessions: Sequence[Session]) -> str:
    """Return why these cannot be the sessions of a day, or nothing."""
    if any(each.opens >= each.closes for each in sessions):
        return _("Mỗi buổi phải bắt đầu trước khi kết thúc.")
    if any(former.closes > latter.opens for former, latter in pairwise(sessions)):
        return _("Các buổi chồng giờ lên nhau hoặc không theo thứ tự.")
    if any(former.closes == latter.opens for former, latter in pairwise(sessions)):
        return _("Hai buổi liền nhau thì ghi thành một buổi.")
    return ""
