"""Reading the case that `motcua deadline explain` is asked: checked whole, and nothing guessed."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

from motcua.calendars.limits import (
    COUNTED_BY_LAW,
    AfterHours,
    Counting,
    FirstDay,
    Limit,
    LimitUnit,
    PausePolicy,
    Rounding,
    can_be_counted,
)
from motcua.calendars.working import Session, WorkingCalendar
from motcua.dossiers.clock import ClockEvent, PauseReason
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.lifecycle import ClockEffect

YEARS = range(1990, 2201)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# No limit of the law is longer; what is longer was mistyped.
LONGEST = {
    LimitUnit.HOUR: 8 * 3_650,
    LimitUnit.WORKING_DAY: 3_650,
    LimitUnit.DAY: 3_650,
    LimitUnit.MONTH: 120,
}
KINDS = {
    "start": ClockEffect.START,
    "pause": ClockEffect.PAUSE,
    "resume": ClockEffect.RESUME,
    "extend": ClockEffect.EXTEND,
    "stop": ClockEffect.STOP,
    "done": ClockEffect.STOP,
}
_MOST = 10_000  # days, sessions, events
_NOTES = {"id", "name", "title", "note", "comment", "description"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?|[0-9]{1,9}/[0-9]{1,9}")

T = TypeVar("T")
KindT = TypeVar("KindT", bound=StrEnum)


class BadCase(Exception):
    """The case cannot be answered; the message says where and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}." if path else f"{reason[0].upper()}{reason[1:]}.")


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is asked: a calendar, a limit, what happened, and the moment of asking."""

    calendar: WorkingCalendar
    limit: Limit
    policy: PausePolicy
    events: tuple[ClockEvent, ...]
    asked_at: datetime


def read_json(text: str) -> Any:
    """
    Read JSON, with every number as written.

    :raises BadCase: if it is none, or says a thing twice
    """
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once
        )
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise BadCase("", "tệp không phải là JSON hợp lệ") from error


def case_of(told: Any) -> Case:
    """
    Return the case that was told.

    :raises BadCase: at the first thing that is missing, unknown or impossible
    """
    case = _object(
        told,
        "",
        needs={"calendar", "limit", "events", "asked_at"},
        may={"pause_policy", "counting", *_NOTES},
    )
    events = _events(case["events"])
    asked_at = _moment(case["asked_at"], "asked_at")
    if asked_at < events[0].at:
        raise BadCase("asked_at", "lúc hỏi ở trước lúc bắt đầu tính thời hạn")
    return Case(
        calendar=_calendar(case["calendar"]),
        limit=replace(_limit(case["limit"], "limit"), counting=_counting(case.get("counting", {}))),
        policy=_one_of(
            case.get("pause_policy", "resume"), "pause_policy", {p.value: p for p in PausePolicy}
        ),
        events=events,
        asked_at=asked_at,
    )


def _calendar(told: Any) -> WorkingCalendar:
    calendar = _object(
        told,
        "calendar",
        needs={"sessions"},
        may={"weekend", "sessions_by_weekday", "off", "working", "names", *_NOTES},
    )
    weekend = {
        WEEKDAYS.index(_one_of(day, path, {known: known for known in WEEKDAYS}))
        for path, day in _list(calendar.get("weekend", ["sat", "sun"]), "calendar.weekend")
    }
    if len(weekend) == len(WEEKDAYS):
        raise BadCase("calendar.weekend", "cả tuần đều nghỉ thì không có giờ làm việc nào")
    off = {_date(day, path): path for path, day in _list(calendar.get("off", []), "calendar.off")}
    working = set()
    for path, told_day in _list(calendar.get("working", []), "calendar.working"):
        day = _date(told_day, path)
        if day in off:
            raise BadCase(path, f"ngày làm bù {day} trùng ngày nghỉ ở {off[day]}")
        working.add(day)
    return WorkingCalendar.of(
        sessions=_sessions(calendar["sessions"], "calendar.sessions"),
        by_weekday=_by_weekday(calendar.get("sessions_by_weekday", {}), weekend),
        weekend=weekend,
        off=off,
        working=working,
        names=_names(calendar.get("names", {})),
    )


def _by_weekday(told: Any, weekend: set[int]) -> dict[int, list[Session]]:
    above = "calendar.sessions_by_weekday"
    if not isinstance(told, dict):
        raise BadCase(above, "phải là một đối tượng JSON")
    found = {}
    for day, sessions in told.items():
        path = _under(above, day)
        weekday = WEEKDAYS.index(_one_of(day, path, {known: known for known in WEEKDAYS}))
        if weekday in weekend:
            raise BadCase(path, "ngày này nghỉ hằng tuần nên không có giờ riêng")
        found[weekday] = _sessions(sessions, path)
    return found


def _sessions(told: Any, above: str) -> list[Session]:
    spans = []
    for path, pair in _list(told, above):
        if not isinstance(pair, list) or len(pair) != 2:  # opens and closes
            raise BadCase(path, 'phải gồm giờ mở và giờ đóng, ví dụ ["07:00", "11:00"]')
        opens, closes = (_time(each, f"{path}[{n}]") for n, each in enumerate(pair))
        if opens >= closes:
            raise BadCase(path, "giờ đóng phải sau giờ mở")
        spans.append((opens, closes, path))
    if not spans:
        raise BadCase(above, "phải có ít nhất một buổi làm việc")
    spans.sort()
    joined = [Session(opens=spans[0][0], closes=spans[0][1])]
    for (_, before, _), (opens, closes, path) in pairwise(spans):
        if opens < before:
            raise BadCase(path, "buổi làm việc này chồng lên buổi khác")
        if opens == before:  # without a break it is one session
            joined[-1] = Session(opens=joined[-1].opens, closes=closes)
        else:
            joined.append(Session(opens=opens, closes=closes))
    return joined


def _names(told: Any) -> Mapping[date, str]:
    if not isinstance(told, dict):
        raise BadCase("calendar.names", "phải là một đối tượng JSON")
    return {
        _date(day, f"calendar.names.{day}"): _text(name, f"calendar.names.{day}")
        for day, name in told.items()
    }


def _limit(told: Any, path: str) -> Limit:
    limit = _object(told, path, needs={"amount", "unit"}, may={"same_day_until"})
    unit = _one_of(limit["unit"], f"{path}.unit", {u.value: u for u in LimitUnit})
    until = limit.get("same_day_until")
    return Limit(
        amount=_amount(limit["amount"], f"{path}.amount", unit),
        unit=unit,
        same_day_until=None if until is None else _time(until, f"{path}.same_day_until"),
    )


def _counting(told: Any) -> Counting:
    counting = _object(
        told, "counting", needs=set(), may={"rounding", "first_day", "after_hours", "basis"}
    )
    law = COUNTED_BY_LAW

    def chosen(key: str, kinds: type[KindT], by_law: KindT) -> KindT:
        known = {kind.value: kind for kind in kinds}
        return _one_of(counting.get(key, by_law.value), f"counting.{key}", known)

    return Counting(
        rounding=chosen("rounding", Rounding, law.rounding),
        first_day=chosen("first_day", FirstDay, law.first_day),
        after_hours=chosen("after_hours", AfterHours, law.after_hours),
        basis=_text(counting.get("basis", ""), "counting.basis"),
    )


def _amount(told: Any, path: str, unit: LimitUnit) -> Fraction:
    match told:
        case bool():
            raise BadCase(path, "phải là một số")
        case int():
            amount = Fraction(told)
        case Decimal():
            if not -10 < told.adjusted() < 10:  # far beyond every limit
                raise BadCase(path, "số này quá lớn hoặc quá nhỏ")
            amount = Fraction(told)
        case str() if _AMOUNT.fullmatch(told):
            amount = _fraction(told, path)
        case _:
            raise BadCase(path, 'phải là một số, ví dụ 3, 0.5 hay "1/2"')
    if amount <= 0:
        raise BadCase(path, "thời hạn phải lớn hơn 0")
    if amount > LONGEST[unit]:
        raise BadCase(path, f"thời hạn dài quá {LONGEST[unit]} {unit.value}")
    if not can_be_counted(amount, unit):
        raise BadCase(path, "ngày và tháng phải là số nguyên")
    return amount


def _fraction(told: str, path: str) -> Fraction:
    try:
        return Fraction(told)
    except ZeroDivisionError as error:
        raise BadCase(path, "mẫu số không được bằng 0") from error


def _events(told: Any) -> tuple[ClockEvent, ...]:
    events: list[ClockEvent] = []
    is_paused = False
    for path, each in _list(told, "events"):
        event = _event(each, path)
        before = events[-1] if events else None
        if before is None and event.effect is not ClockEffect.START:
            raise BadCase(f"{path}.kind", "sự kiện đầu tiên phải là start")
        if before is not None:
            if event.at < before.at:
                raise BadCase(f"{path}.at", "sự kiện không theo thứ tự thời gian")
            if before.effect is ClockEffect.STOP:
                raise BadCase(path, "không có gì xảy ra sau khi đã xong")
            if event.effect is ClockEffect.START:
                raise BadCase(f"{path}.kind", "thời hạn chỉ bắt đầu một lần")
        if event.effect is ClockEffect.PAUSE and is_paused:
            raise BadCase(f"{path}.kind", "thời hạn đang tạm dừng rồi")
        if event.effect is ClockEffect.RESUME and not is_paused:
            raise BadCase(f"{path}.kind", "thời hạn không tạm dừng nên không thể tính tiếp")
        if event.effect in (ClockEffect.PAUSE, ClockEffect.RESUME):
            is_paused = event.effect is ClockEffect.PAUSE
        events.append(event)
    if not events:
        raise BadCase("events", "phải có ít nhất sự kiện start")
    return tuple(events)


def _event(told: Any, path: str) -> ClockEvent:
    event = _object(told, path, needs={"at", "kind"}, may={"reason", "by", *_NOTES})
    effect = _one_of(event["kind"], f"{path}.kind", KINDS)
    reason, by = event.get("reason"), event.get("by")
    if reason is not None and effect is not ClockEffect.PAUSE:
        raise BadCase(f"{path}.reason", "chỉ pause mới có lý do")
    if (by is not None) != (effect is ClockEffect.EXTEND):
        raise BadCase(f"{path}.by", "extend, và chỉ extend, phải nêu thời gian thêm ở by")
    return ClockEvent(
        effect=effect,
        at=_moment(event["at"], f"{path}.at"),
        reason=None
        if reason is None
        else _one_of(reason, f"{path}.reason", {r.value: r for r in PauseReason}),
        by=None if by is None else _limit(by, f"{path}.by"),
    )


def _object(told: Any, path: str, *, needs: set[str], may: set[str]) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise BadCase(path, "phải là một đối tượng JSON")
    for key in sorted(needs - told.keys()):
        raise BadCase(_under(path, key), "còn thiếu")
    for key in sorted(told.keys() - needs - may):
        raise BadCase(_under(path, key), "không có mục nào tên như vậy")
    return told


def _list(told: Any, path: str) -> list[tuple[str, Any]]:
    if not isinstance(told, list):
        raise BadCase(path, "phải là một danh sách JSON")
    if len(told) > _MOST:
        raise BadCase(path, f"dài quá {_MOST} mục")
    return [(f"{path}[{number}]", each) for number, each in enumerate(told)]


def _one_of(told: Any, path: str, known: Mapping[str, T]) -> T:
    if not isinstance(told, str) or told not in known:
        raise BadCase(path, f"phải là một trong: {', '.join(known)}")
    return known[told]


def _text(told: Any, path: str) -> str:
    if not isinstance(told, str) or len(told) > 200:  # as a day's name in the city
        raise BadCase(path, "phải là chữ, dài không quá 200 ký tự")
    return told


def _date(told: Any, path: str) -> date:
    return _in_range(_matching(told, path, _DATE, date.fromisoformat, "ngày", "2024-04-30"), path)


def _time(told: Any, path: str) -> time:
    return _matching(told, path, _TIME, time.fromisoformat, "giờ", "07:00")


def _moment(told: Any, path: str) -> datetime:
    moment = _matching(told, path, _MOMENT, datetime.fromisoformat, "thời điểm", "2024-04-26T10:00")
    if moment.tzinfo is None:
        return _in_range(moment, path).replace(tzinfo=CITY_TIME)
    _in_range(moment, path)
    if moment.utcoffset() != CITY_TIME.utcoffset(moment.replace(tzinfo=None)):
        raise BadCase(path, "phải theo giờ Việt Nam (+07:00)")
    return moment.astimezone(CITY_TIME)


def _matching(
    told: Any, path: str, form: re.Pattern[str], read: Callable[[str], T], what: str, example: str
) -> T:
    if isinstance(told, str) and form.fullmatch(told):
        try:
            return read(told)
        except ValueError:
            pass
    raise BadCase(path, f"phải là một {what} có thật, ví dụ {example}")


DateT = TypeVar("DateT", bound=date)


def _in_range(on: DateT, path: str) -> DateT:
    if on.year not in YEARS:
        raise BadCase(path, f"năm phải từ {YEARS[0]} đến {YEARS[-1]}")
    return on


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a key is told twice")
    return told
