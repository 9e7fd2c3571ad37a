"""When counters serve: the week of a unit, and the days that differ from it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.offices.definitions import WEEK, Span
from motcua.offices.events import ServiceExceptionLifted, ServiceHoursExcepted, ServiceHoursSet
from motcua.offices.models import ServiceHours, Unit
from motcua.offices.queries import NoSuchUnit


class UnusableHours(Exception):
    """The stretches overlap, or the days are none."""


class AlreadyExcepted(Exception):
    """Some of these days have other hours of their own already."""


class NotExcepted(Exception):
    """These days have no hours of their own, or are over."""


@transaction.atomic
def set_service_hours(
    *,
    unit_id: int,
    weekdays: Iterable[int],
    spans: Sequence[Span],
    since: date,
    at: datetime,
    actor: str = "system",
) -> None:
    """
    Let the unit serve in these stretches on these weekdays (0 is Monday), from a day on.

    What held before ends the day before; without stretches nobody serves on those weekdays.

    :raises NoSuchUnit: if it was never there
    :raises UnusableHours: if stretches overlap, a weekday is none, or the day is over
    """
    days = sorted(set(weekdays))
    if not days or not set(days) <= set(WEEK):
        raise UnusableHours(_("Ngày trong tuần phải từ 0 (thứ Hai) đến 6 (Chủ nhật)."))
    _check(spans)
    _check_ahead(since, at)
    _lock(unit_id)
    week = ServiceHours.objects.filter(unit_id=unit_id, weekday__in=days)
    # What has not begun will never hold; the ledger keeps that it was once said.
    week.filter(valid_from__gte=since).delete()
    week.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since)).update(
        valid_to=since - timedelta(days=1)
    )
    ServiceHours.objects.bulk_create(
        ServiceHours(
            unit_id=unit_id, weekday=day, opens=span.opens, closes=span.closes, valid_from=since
        )
        for day in days
        for span in spans
    )
    _tell(
        ServiceHoursSet(weekdays=days, spans=_told(spans), since=since.isoformat()),
        unit_id,
        actor=actor,
        at=at,
    )


@transaction.atomic
def except_service_hours(
    *,
    unit_id: int,
    first: date,
    last: date,
    spans: Sequence[Span] = (),
    reason: str,
    at: datetime,
    actor: str = "system",
) -> None:
    """
    Give some days hours of their own, whatever their weekday; without stretches they are closed.

    Said again for the very same days, it replaces what was said.

    :raises NoSuchUnit: if it was never there
    :raises UnusableHours: if stretches overlap, the first day is over, or the last is before it
    :raises AlreadyExcepted: if an exception for other days covers some of these
    """
    _check(spans)
    if last < first:
        raise UnusableHours(_("Ngày cuối phải từ ngày đầu trở đi."))
    _check_ahead(first, at)
    _lock(unit_id)
    there = ServiceHours.objects.filter(unit_id=unit_id, weekday__isnull=True)
    the_same = Q(valid_from=first, valid_to=last)
    if there.filter(valid_from__lte=last, valid_to__gte=first).exclude(the_same).exists():
        raise AlreadyExcepted(_("Một số ngày này đã có giờ phục vụ riêng. Hãy sửa đợt đó."))
    there.filter(the_same).delete()
    ServiceHours.objects.bulk_create(
        ServiceHours(
            unit_id=unit_id,
            opens=span.opens if span else None,
            closes=span.closes if span else None,
            reason=reason[:200],
            valid_from=first,
            valid_to=last,
        )
        for span in (spans or (None,))
    )
    _tell(
        ServiceHoursExcepted(
            first=first.isoformat(), last=last.isoformat(), spans=_told(spans), reason=reason[:200]
        ),
        unit_id,
        actor=actor,
        at=at,
    )


@transaction.atomic
def lift_service_exception(
    *, unit_id: int, first: date, last: date, at: datetime, actor: str = "system"
) -> None:
    """
    Let the days of an exception follow their week again; of one that runs, from this day on.

    :raises NoSuchUnit: if it was never there
    :raises NotExcepted: if there is none for these very days, or the last is over
    """
    _lock(unit_id)
    today = day_of(at)
    there = ServiceHours.objects.filter(
        unit_id=unit_id, weekday__isnull=True, valid_from=first, valid_to=last
    )
    if last < today or not there.exists():
        raise NotExcepted(_("Những ngày này không có giờ phục vụ riêng."))
    if first < today:
        there.update(valid_to=today - timedelta(days=1))
    else:
        there.delete()
    _tell(
        ServiceExceptionLifted(first=first.isoformat(), last=last.isoformat()),
        unit_id,
        actor=actor,
        at=at,
    )


def _lock(unit_id: int) -> None:
    if not Unit.objects.select_for_update(of=("self",)).filter(pk=unit_id).exists():
        raise NoSuchUnit(_("Không có bộ phận này."))


def _check(spans: Sequence[Span]) -> None:
    moments = [moment for span in spans for moment in (span.opens, span.closes)]
    if any(a >= b for a, b in pairwise(moments)):
        raise UnusableHours(_("Các khoảng giờ phải nối tiếp nhau trong ngày."))


def _check_ahead(first: date, at: datetime) -> None:
    """Nobody says today when a counter was open yesterday."""
    if first < day_of(at):
        raise UnusableHours(_("Giờ phục vụ của ngày đã qua không đổi được. Hãy chọn từ hôm nay."))


def _told(spans: Iterable[Span]) -> list[str]:
    return [f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in spans]


def _tell(
    event: ServiceHoursSet | ServiceHoursExcepted | ServiceExceptionLifted,
    unit_id: int,
    *,
    actor: str,
    at: datetime,
) -> None:
    ledger.record(event, subject=Subject("unit", str(unit_id)), actor=actor, at=at)
