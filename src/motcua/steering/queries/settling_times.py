"""How long the dossiers of a procedure took in a period, added up when it is asked for."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from motcua.calendars.queries import city_calendar, edition_of
from motcua.kernel.clock import midnight, midnight_after
from motcua.kernel.money import grouped
from motcua.procedures.definitions import Version
from motcua.steering.definitions import Measure, Period
from motcua.steering.definitions.settling_times import Settled, SettlingTime, time_used, unit_of
from motcua.steering.models import Fact

from .counts import check_known, counted

# Each is looked up in the calendar: so many take a second.
MOST = 30_000


class TooManyToAdd(Exception):
    """More dossiers were decided than are added up while somebody waits."""


def decided_by_procedure(
    period: Period, *, as_of: date | None = None, at: datetime, agency_ids: Collection[int]
) -> dict[str, int]:
    """
    Return how many dossiers of each procedure were decided in a period, by code.

    :raises TheFutureIsNotKnown: as `counted`
    """
    found: Counter[str] = Counter()
    for row in counted(period, as_of=as_of, at=at, agency_ids=agency_ids):
        found[row.procedure] += row.now[Measure.DECIDED]
    return {code: number for code, number in sorted(found.items()) if number}


def settling_time(
    version: Version,
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int],
) -> SettlingTime:
    """
    Return what the dossiers of a procedure took that were decided in a period.

    In the unit of the limits of that version. Each agency's working time is counted by its own
    calendar, of a past day as it was then.

    :raises TheFutureIsNotKnown: as `counted`
    :raises TooManyToAdd: if more than `MOST` were decided
    """
    until = check_known(period, as_of=as_of, at=at)
    decided = Fact.objects.filter(
        procedure=version.code,
        agency_id__in=agency_ids,
        received_at__isnull=False,
        ending="decided",
        ended_at__gte=midnight(period.first),
        ended_at__lt=midnight_after(until),
    )
    rows = decided.values_list("agency_id", "received_at", "ended_at", "spells")[: MOST + 1]
    settled = [_settled(*row) for row in rows]
    if len(settled) > MOST:
        raise TooManyToAdd(
            _("Có hơn %(most)s hồ sơ. Hãy chọn kỳ ngắn hơn hoặc một cơ quan.")
            % {"most": grouped(MOST)}
        )
    unit = unit_of(limit.unit for case in version.cases.values() for limit in case.limits.values())
    edition = None if as_of is None else edition_of(as_of)
    total = sum(
        (
            time_used(each, unit=unit, calendar=city_calendar(each.agency_id, edition))
            for each in settled
        ),
        Fraction(),
    )
    return SettlingTime(unit=unit, dossiers=len(settled), total=total)


def _settled(
    agency_id: int,
    received_at: datetime | None,
    ended_at: datetime | None,
    spells: dict[str, Any] | None,
) -> Settled:
    assert received_at is not None
    assert ended_at is not None
    pauses = [
        (
            max(datetime.fromisoformat(since), received_at),
            ended_at if until is None else datetime.fromisoformat(until),
        )
        for since, until in (spells or {}).get("pauses", ())
    ]
    return Settled(agency_id, received_at, ended_at, [p for p in pauses if p[0] < p[1]])
