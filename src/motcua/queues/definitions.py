"""Who is called before whom, and how long that takes. All pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from math import ceil
from statistics import median
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

WaiterT = TypeVar("WaiterT")

# Fewer people served today say nothing about the next one.
SERVED_LEAST = 3
# The last so many count: a morning's first hour does not tell of its last.
SERVED_MOST = 20
_STEP_MINUTES = 5


class Priority(models.TextChoices):
    """For whom the law on the elderly, on disability, and decency make others wait."""

    NONE = "none", _("Không thuộc diện ưu tiên")
    ELDERLY = "elderly", _("Người cao tuổi")
    PREGNANT = "pregnant", _("Phụ nữ mang thai hoặc có con nhỏ")
    DISABLED = "disabled", _("Người khuyết tật")


class Purpose(models.TextChoices):
    """What somebody has come for."""

    FILING = "filing", _("Nộp hồ sơ")
    RETURN = "return", _("Nhận kết quả")
    ADVICE = "advice", _("Hỏi thủ tục")


def in_calling_order(
    waiting: Iterable[WaiterT],
    *,
    has_priority: Callable[[WaiterT], bool],
    last_was_priority: bool,
) -> list[WaiterT]:
    """
    Return who waits in the order in which they are called, given them in the order they came.

    The two lines are served in turn: one with priority, then one without. Nobody with priority
    waits behind more than one person for each of their own kind before them, and nobody without
    is pushed back for ever. Where one line is empty, the other goes on.
    """
    everybody = list(waiting)
    favoured = [one for one in everybody if has_priority(one)]
    others = [one for one in everybody if not has_priority(one)]
    order: list[WaiterT] = []
    turn_of_favoured = not last_was_priority
    while favoured or others:
        line = favoured if (turn_of_favoured and favoured) or not others else others
        turn_of_favoured = line is others
        order.append(line.pop(0))
    return order


def minutes_to_wait(service_times: Sequence[timedelta], *, ahead: int, counters: int) -> int | None:
    """
    Return about how many minutes somebody waits with so many before them; None if nobody can say.

    The median of today's last service times, for those before and the one whose place is
    needed, shared by the counters at work, rounded up to five minutes.
    """
    known = service_times[-SERVED_MOST:]
    if len(known) < SERVED_LEAST:
        return None
    seconds = median(time.total_seconds() for time in known) * (ahead + 1) / max(counters, 1)
    return max(ceil(seconds / 60 / _STEP_MINUTES), 1) * _STEP_MINUTES
