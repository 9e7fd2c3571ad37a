"""How many dossiers were received, and how many of them online: by month, and by procedure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from motcua.kernel.clock import midnight, midnight_after
from motcua.kernel.memory import remembered
from motcua.procedures.queries import published
from motcua.steering.definitions.targets import Share

# What a day that is over counted never changes again; what was loaded in bulk since is seen soon.
_PAST_SECONDS = 60

_RECEIVED = """
    coalesce(sum(received) FILTER (WHERE channel = 'online'), 0), sum(received)
"""
_BY_MONTH = f"""
    SELECT agency_id, month, {_RECEIVED} FROM steering_month_total
    WHERE NOT is_part AND month >= %s AND month < %s AND received <> 0 GROUP BY 1, 2
"""  # noqa: S608 - our columns
_BY_PROCEDURE = f"""
    SELECT agency_id, procedure, {_RECEIVED} FROM steering_month
    WHERE NOT is_part AND month >= %s AND month < %s AND received <> 0 GROUP BY 1, 2
"""  # noqa: S608 - our columns
_RUNNING = f"""
    SELECT agency_id, procedure, {_RECEIVED} FROM steering_day
    WHERE NOT is_part AND "on" >= %s AND "on" <= %s AND received <> 0 GROUP BY 1, 2
"""  # noqa: S608 - our columns
_IN_A_DAY = """
    SELECT agency_id, procedure, count(*) FILTER (WHERE channel = 'online'), count(*)
    FROM steering_fact
    WHERE NOT is_part AND received_at >= %s AND received_at < %s GROUP BY 1, 2
"""


@dataclass(frozen=True, eq=False)
class _Past:
    """What each agency received in months that are over: by the month, or by the procedure."""

    shares: Mapping[int, list[tuple[Any, Share]]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Received:
    """
    What all agencies received up to a moment, or to the end of a day.

    Dossiers count by the moment at which they were received, which is known at that moment: so
    this is what was known then, too. The running month is read anew each time; months that are
    over are kept for a few seconds. While nothing more is received it is the same object, so what
    follows from it can be kept with it.
    """

    until: date
    months: _Past  # of this year and the last
    procedures: _Past  # of this year
    running: Mapping[int, Mapping[str, Share]]  # the running month, by agency and procedure

    @classmethod
    def by(cls, until: date, *, before: datetime | None = None) -> "Received":
        """Return what was received by the end of that day, or before a moment of it."""
        month = until.replace(day=1)
        if before is None or before == midnight_after(until):
            told = _read(_RUNNING, month, until)
        else:
            told = _read(_RUNNING, month, until - timedelta(days=1))
            told += _read(_IN_A_DAY, midnight(until), before)
        return _received(
            until,
            _past(_BY_MONTH, date(month.year - 1, 1, 1), month),
            _past(_BY_PROCEDURE, date(month.year, 1, 1), month),
            tuple(told),
        )

    def months_of(self, agency_ids: frozenset[int]) -> dict[date, Share]:
        """Return what these agencies received each month of this year and the last."""
        month = self.until.replace(day=1)
        online = received = 0
        for agency_id in agency_ids:
            for share in self.running.get(agency_id, {}).values():
                online += share.online
                received += share.received
        months = dict(_pooled(self.months, agency_ids))
        if received:
            months[month] = Share(online=online, received=received)
        return months

    def procedures_of(self, agency_ids: frozenset[int]) -> dict[str, Share]:
        """Return what these agencies received of each procedure this year."""
        shares = dict(_pooled(self.procedures, agency_ids))
        for agency_id in agency_ids:
            for procedure, share in self.running.get(agency_id, {}).items():
                known = shares.get(procedure)
                shares[procedure] = share if known is None else known + share
        return shares


def can_be_filed_online(on: date) -> frozenset[str]:
    """Return the procedures that anybody may file over the network on that day, by code."""
    return frozenset(version.code for version in published(on) if version.files_online)


@lru_cache(maxsize=20)
def _received(
    until: date, months: _Past, procedures: _Past, told: tuple[tuple[int, str, int, int], ...]
) -> Received:
    running: dict[int, dict[str, Share]] = defaultdict(dict)
    for agency_id, procedure, online, received in told:
        known = running[agency_id].get(procedure, Share())
        running[agency_id][procedure] = known + Share(online=online, received=received)
    return Received(until=until, months=months, procedures=procedures, running=running)


@remembered(seconds=_PAST_SECONDS)
def _past(statement: str, first: date, before: date) -> _Past:
    shares: dict[int, list[tuple[Any, Share]]] = defaultdict(list)
    for agency_id, key, online, received in _read(statement, first, before):
        shares[agency_id].append((key, Share(online=online, received=received)))
    return _Past(shares)


@lru_cache(maxsize=2000)
def _pooled(past: _Past, agency_ids: frozenset[int]) -> tuple[tuple[Any, Share], ...]:
    pooled: dict[Any, Share] = {}
    for agency_id in agency_ids:
        for key, share in past.shares.get(agency_id, ()):
            known = pooled.get(key)
            pooled[key] = share if known is None else known + share
    return tuple(pooled.items())


def _read(statement: str, *days: date) -> list[tuple[int, Any, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, days)
        found: list[tuple[int, Any, int, int]] = cursor.fetchall()
    return found
