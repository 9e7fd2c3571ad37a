"""The city's working calendar, as dated data with its sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .working import Session, WorkingCalendar

VIETNAM = Path(__file__).parent / "data" / "vietnam.yaml"


class InvalidCalendar(Exception):
    """The data of a calendar do not say what they should."""


class DayKind(StrEnum):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday"  # nghỉ lễ, also the weekdays that make up for one on a weekend
    SWAP_OFF = "swap_off"  # nghỉ hoán đổi
    SWAP_WORK = "swap_work"  # làm bù
    HALF_DAY = "half_day"  # làm việc trong những giờ ghi riêng cho ngày ấy
    ORDINARY = "ordinary"  # as its weekday says after all: takes back what was told before


DAYS_OFF = frozenset({DayKind.HOLIDAY, DayKind.SWAP_OFF})


@dataclass(frozen=True, kw_only=True)
class ShippedDay:
    """A day that differs from its weekday, and on what basis."""

    day: date
    kind: DayKind
    name: str
    basis: str
    certain: bool


@cache
def shipped_calendar() -> WorkingCalendar:
    """Return the calendar as it comes with the software, before the city's own days."""
    return calendar_from(VIETNAM)


def calendar_from(path: Path) -> WorkingCalendar:
    """
    Read a working calendar.

    :raises InvalidCalendar: if the file does not say what it should
    """
    told = _read(path)
    days = list(_days(told, path))
    try:
        return WorkingCalendar.of(
            sessions=_sessions(told["sessions"]),
            by_weekday={
                int(weekday): list(_sessions(own))
                for weekday, own in told.get("by_weekday", {}).items()
            },
            weekend=told["weekend"],
            off=(d.day for d in days if d.kind in DAYS_OFF),
            working=(d.day for d in days if d.kind is DayKind.SWAP_WORK),
            names={d.day: d.name for d in days},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidCalendar(f"{path}: {error!r}") from error


def calendar_days(path: Path = VIETNAM) -> list[ShippedDay]:
    """
    Return the days that differ from their weekday, in order.

    :raises InvalidCalendar: if a day is told twice, or the file does not say what it should
    """
    return sorted(_days(_read(path), path), key=lambda day: day.day)


def _read(path: Path) -> dict[str, Any]:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise InvalidCalendar(f"{path}: is not a calendar")
    return told


def _days(told: dict[str, Any], path: Path) -> Iterator[ShippedDay]:
    seen: set[date] = set()
    for number, entry in enumerate(told.get("days", []), start=1):
        try:
            first: date = entry["from"]
            last: date = entry.get("to", first)
            if not isinstance(first, date) or not isinstance(last, date) or last < first:
                raise InvalidCalendar(
                    f"{path}: days[{number}] does not run from one day to another"
                )
            for count in range((last - first).days + 1):
                day = ShippedDay(
                    day=first + timedelta(days=count),
                    kind=DayKind(entry["kind"]),
                    name=entry["name"],
                    basis=entry["basis"],
                    certain=entry["certain"],
                )
                if day.day in seen:
                    raise InvalidCalendar(f"{path}: days[{number}] tells {day.day} once more")
                seen.add(day.day)
                yield day
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidCalendar(f"{path}: days[{number}]: {error!r}") from error


def _sessions(told: Iterable[dict[str, str]]) -> Iterator[Session]:
    for each in told:
        yield Session(opens=_time(each["opens"]), closes=_time(each["closes"]))


def _time(text: str) -> time:
    return time.fromisoformat(text)
