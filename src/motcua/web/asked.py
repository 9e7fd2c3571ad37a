"""
What waits for an officer beside the dossiers at the desk: of the plan, of publications, of targets.

It is told in every frame, so all of it is counted in one statement, with the unread notices.
One statement sees one moment of the database: what moves on meanwhile is never told in two places.
Nothing is written here, and what threads share is how to ask, not what was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.disclosure.queries import (
    PublicationAsks,
    publication_asks,
    takes_any_replies,
)
from motcua.dossiers.queries import Beside, counting_unread
from motcua.kernel.clock import day_of
from motcua.kernel.statements import AT, Joined, Statement
from motcua.offices.queries import Mandate
from motcua.plans.queries import PlanAsks, plan_asks
from motcua.steering.queries.targets import TargetAsks, falling_short_under, target_asks

from .words import Words

KEPT = 2_000  # officers who work at one time
_NOTICES = "notices"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Something asked of an officer: what, how many, and where the list is."""

    words: Words = field(compare=False)  # the address tells them apart
    count: int
    href: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How much waits for an officer."""

    unread: int  # notices of dossiers
    asked: tuple[Asked, ...]

    @property
    def count(self) -> int:
        """Return how much there is of it all."""
        return self.unread + sum(each.count for each in self.asked)


# What it is called, the screen that lists it, and the tail of its address.
PLACES: Mapping[StrEnum, tuple[Words, str, str]] = {
    TargetAsks.EXPLAIN: (_("Giải trình chỉ tiêu không đạt"), "board:own-agency", ""),
    TargetAsks.ANSWER: (_("Giải trình chờ trả lời"), "board:targets", "#giai-trinh"),
    PublicationAsks.REPLY: (
        _("Dòng công khai còn được phản hồi"), "board:replies", "?xem=cho-phan-hoi",
    ),
    PublicationAsks.NAME: (
        _("Cá nhân chờ quyết định công khai tên"), "board:publications", "",
    ),
    PublicationAsks.SUBMIT: (
        _("Bản công khai hết hạn phản hồi, chờ trình"), "board:publications", "",
    ),
    PublicationAsks.APPROVE: (
        _("Bản công khai chờ Ông/Bà phê duyệt"), "board:publications", "",
    ),
    PublicationAsks.PUBLISH: (
        _("Bản đã đủ phê duyệt, chờ công khai"), "board:publications", "",
    ),
    PublicationAsks.CORRECT: (_("Đính chính chờ phê duyệt"), "board:publications", ""),
    PlanAsks.ANSWER: (
        _("Nhắc việc của Kế hoạch chưa đọc"), "board:plan-reminders", "",
    ),
    PlanAsks.CONFIRM: (
        _("Báo cáo nhiệm vụ chờ xác nhận"), "board:plan-reminders", "#cho",
    ),
    PlanAsks.ROUTE: (_("Vướng mắc chờ chuyển cơ quan giải quyết"), "board:plan-obstacles", ""),
    PlanAsks.SETTLE: (
        _("Vướng mắc đã có trả lời, chờ xác nhận"), "board:plan-obstacles", "",
    ),
    PlanAsks.SIGN: (_("Báo cáo 6 tháng chờ ký"), "board:plan-reports", ""),
}  # fmt: skip


def waiting_for(mandate: Mandate, *, at: datetime) -> Waiting:
    """Return what waits for the officer, each with the list behind it, in one statement."""
    keys, statement = _with_notices(mandate, counting_asked(mandate, on=day_of(at)))
    counts = dict(zip(keys, statement.rows({AT: at})[0], strict=True))
    return waiting_of(counts, unread=counts[_NOTICES])


def waiting_of(counts: Mapping[str, int], *, unread: int) -> Waiting:
    """Return the same, of what was counted by `counting_asked` and of the unread notices."""
    return Waiting(
        unread=unread,
        asked=tuple(
            Asked(words=words, count=counts[key], href=f"{reverse(url_name)}{tail}")
            for key, (words, url_name, tail) in PLACES.items()
            if counts.get(key)
        ),
    )


def counting_asked(mandate: Mandate, *, on: date) -> Beside:
    """Return the statements that count what is asked; none for who can be asked for nothing."""
    short = falling_short_under(mandate, on=on)
    return _counting(mandate, on, short, is_anything_answered=takes_any_replies())


@lru_cache(maxsize=KEPT)
def _counting(
    mandate: Mandate, on: date, short: frozenset[int], *, is_anything_answered: bool
) -> Beside:
    rooms: tuple[Mapping[Any, QuerySet[Any]], ...] = (
        target_asks(mandate, on=on, short=short),
        publication_asks(mandate, takes_replies=is_anything_answered),
        plan_asks(mandate),
    )
    parts = {str(key): _count_of(query) for asks in rooms for key, query in asks.items()}
    return tuple((key, part) for key, part in parts.items() if part.text)


@lru_cache(maxsize=KEPT)
def _with_notices(mandate: Mandate, asked: Beside) -> tuple[tuple[str, ...], Statement]:
    """Return what is counted, and the statement that counts it, in this order."""
    parts = {**dict(asked), _NOTICES: counting_unread(mandate)}
    within = ", ".join(f"({{{key}}})" for key in parts)
    return tuple(parts), Joined(f"SELECT {within}", **parts)


def _count_of(query: QuerySet[Any, Any]) -> Statement:
    return Statement(query.order_by().values("pk"), within="SELECT count(*) FROM ({}) AS found")
