"""What an administrator types of the calendar, read into lines. Services say what cannot be."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars.definitions import DayLine, Fault, HoursLine
from motcua.calendars.seeds import DayKind
from motcua.calendars.working import Session
from motcua.kernel.text import fold
from motcua.offices.models import Agency
from motcua.web import days
from motcua.web.words import Words

from .stretches import NoStretch, stretches

DAYS, SWAP, HOURS = "ngay", "hoan-doi", "gio"
TITLES: dict[str, Words] = {
    DAYS: gettext_lazy("Đề nghị ngày nghỉ, ngày làm việc"),
    SWAP: gettext_lazy("Đề nghị hoán đổi ngày làm việc"),
    HOURS: gettext_lazy("Đề nghị giờ làm việc"),
}
RANGE_MAX = 31  # days told at once: the longest holiday has nine
# As people write it: "Thứ Bảy: 07:00-11:00", "T7 7h-11h", "Chủ nhật 07:00-11:00".
_OF_WEEKDAY = re.compile(r"(.*?)[\s:]+([0-9]{1,2}[:hg].*)")
_WEEKDAY_NUMBERS = {
    fold(name): number
    for number, names in enumerate(
        (
            ("thứ hai", "thứ 2", "t2"),
            ("thứ ba", "thứ 3", "t3"),
            ("thứ tư", "thứ 4", "t4"),
            ("thứ năm", "thứ 5", "t5"),
            ("thứ sáu", "thứ 6", "t6"),
            ("thứ bảy", "thứ 7", "t7"),
            ("chủ nhật", "cn"),
        )
    )
    for name in names
}
_WEEKEND = ("5", "6")
# Where the box of a fault stands, by the form.
_BOXES = {DAYS: {"day": "first"}, SWAP: {"day": "off"}, HOURS: {"day": "since"}}


@dataclass(kw_only=True)
class Typed:
    """What was typed, what it says, and what could not be read."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    days: list[DayLine] = field(default_factory=list)
    hours: list[HoursLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def words(self) -> dict[str, Any]:
        """The words that go with every change, as the service takes them."""
        return {
            "basis": self.values["basis"],
            "reason": self.values["reason"],
            "recalculates": self.values["recalculates"] == "yes",
            "recalculation_reason": self.values["recalculation_reason"],
        }

    @property
    def digest(self) -> str:
        """What tells whether the preview that was seen is of these lines."""
        told = {
            "days": [line.told() for line in self.days],
            "hours": [line.told() for line in self.hours],
            **self.words,
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def problems(self, faults: list[Fault]) -> list[dict[str, str]]:
        """Return faults with the boxes of this form."""
        boxes = _BOXES[self.kind]
        return [{"key": boxes.get(each.key, each.key), "message": each.message} for each in faults]


def empty(kind: str) -> Typed:
    """Return the form as it is first shown."""
    return Typed(
        kind=kind,
        values={
            "day_kind": DayKind.HOLIDAY.value,
            "recalculates": "no",
            "weekend": list(_WEEKEND),
            "sessions": "07:00-11:00\n13:00-17:00" if kind == HOURS else "",
        },
    )


def read(kind: str, data: QueryDict, agencies: dict[str, Agency]) -> Typed:
    """Read what was sent."""
    typed = Typed(kind=kind)
    for name in (
        "name", "basis", "reason", "recalculates", "recalculation_reason", "sessions", "agency",
        "day_kind", "by_weekday",
    ):  # fmt: skip
        typed.values[name] = data.get(name, "").strip()
    typed.values["weekend"] = [each for each in data.getlist("weekend") if each in "0123456"]
    if kind == DAYS:
        _read_days(typed, data)
    elif kind == SWAP:
        _read_swap(typed, data)
    else:
        _read_hours(typed, data, agencies)
    return typed


def _read_days(typed: Typed, data: QueryDict) -> None:
    first = _date(typed, data, "first", required=True)
    last = _date(typed, data, "last") or first
    kinds = set(DayKind)
    if typed.values["day_kind"] not in kinds:
        typed.faults.append(Fault(key="day_kind", message=_("Hãy chọn loại ngày.")))
    sessions = _sessions(typed) if typed.values["day_kind"] == DayKind.HALF_DAY else ()
    if first is None or last is None or typed.faults:
        return
    if not 0 <= (last - first).days < RANGE_MAX:
        message = _("Khoảng ngày phải từ 1 đến %(most)s ngày.") % {"most": RANGE_MAX}
        typed.faults.append(Fault(key="last", message=message))
        return
    typed.days = [
        DayLine(
            day=first + timedelta(days=ahead),
            kind=DayKind(typed.values["day_kind"]),
            name=typed.values["name"],
            basis=typed.values["basis"],
            sessions=sessions,
        )
        for ahead in range((last - first).days + 1)
    ]


def _read_swap(typed: Typed, data: QueryDict) -> None:
    off = _date(typed, data, "off", required=True)
    made_up = _date(typed, data, "made_up", required=True)
    if off is None or made_up is None:
        return
    told = {"off": f"{off:%d/%m/%Y}", "made_up": f"{made_up:%d/%m/%Y}"}
    basis = typed.values["basis"]
    typed.days = [
        DayLine(
            day=off,
            kind=DayKind.SWAP_OFF,
            name=_("Hoán đổi với ngày %(made_up)s") % told,
            basis=basis,
        ),
        DayLine(
            day=made_up,
            kind=DayKind.SWAP_WORK,
            name=_("Làm bù cho ngày %(off)s") % told,
            basis=basis,
        ),
    ]


def _read_hours(typed: Typed, data: QueryDict, agencies: dict[str, Agency]) -> None:
    since = _date(typed, data, "since", required=True)
    until = _date(typed, data, "until")
    agency = agencies.get(typed.values["agency"])
    if typed.values["agency"] and agency is None:
        typed.faults.append(Fault(key="agency", message=_("Hãy chọn cơ quan trong danh sách.")))
    sessions = _sessions(typed)
    by_weekday = _by_weekday(typed)
    if since is None or typed.faults:
        return
    typed.hours = [
        HoursLine(
            agency_id=agency.pk if agency else None,
            since=since,
            until=until,
            sessions=sessions,
            weekend=frozenset(int(each) for each in typed.values["weekend"]),
            by_weekday=by_weekday,
        )
    ]


def _date(typed: Typed, data: QueryDict, name: str, *, required: bool = False) -> date | None:
    typed.values[name] = days.typed_day(data, name)
    try:
        return (days.required_day if required else days.posted_day)(data, name)
    except days.NoSuchDay as wrong:
        typed.faults.append(Fault(key=name, message=str(wrong)))
        return None


def _sessions(typed: Typed) -> tuple[Session, ...]:
    try:
        return _sessions_in(typed.values["sessions"])
    except NoStretch as wrong:
        typed.faults.append(Fault(key="sessions", message=str(wrong)))
        return ()


def _by_weekday(typed: Typed) -> tuple[tuple[int, tuple[Session, ...]], ...]:
    told: dict[int, list[Session]] = {}
    for line in filter(str.strip, typed.values["by_weekday"].splitlines()):
        named = _OF_WEEKDAY.fullmatch(line.strip())
        weekday = _WEEKDAY_NUMBERS.get(fold(named[1])) if named is not None else None
        try:
            if named is None or weekday is None:
                raise ValueError(line)
            told.setdefault(weekday, []).extend(_sessions_in(named[2].replace(",", "\n")))
        except ValueError:
            message = _("Mỗi dòng ghi một thứ và giờ của thứ ấy, ví dụ: Thứ Bảy 07:00-11:00.")
            typed.faults.append(Fault(key="by_weekday", message=message))
            break
    return tuple((weekday, tuple(sessions)) for weekday, sessions in sorted(told.items()))


def _sessions_in(text: str) -> tuple[Session, ...]:
    return tuple(Session(opens=opens, closes=closes) for opens, closes in stretches(text))
