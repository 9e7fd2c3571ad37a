"""What officers should look at, and whether the waking that tells them is alive."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from motcua.dossiers.models import Notice
from motcua.kernel.statements import Statement
from motcua.offices.queries import Mandate

from .lists import KEPT

_PULSE = """
    SELECT beat.beat_at, coalesce(beat.woken, 0),
           coalesce(beat.beat_at < now() - make_interval(mins => %s), true),
           (SELECT count(*) FROM dossier_waking_failure),
           (SELECT error FROM dossier_waking_failure ORDER BY failed_at DESC LIMIT 1)
    FROM (SELECT) AS always LEFT JOIN dossier_heartbeat AS beat ON beat.name = 'waking'
"""


@dataclass(frozen=True, kw_only=True)
class PulseOfWaking:
    """When the waking last looked, and what it stumbled on."""

    beat_at: datetime | None
    woken: int  # in its last run
    is_silent: bool  # for longer than the city allows: nobody is being warned
    failing: int  # dossiers that could not be woken
    last_error: str


def waking() -> PulseOfWaking:
    """Return the pulse of the waking by the database's own clock, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PULSE, [settings.WAKING_SILENT_MINUTES])
        beat_at, woken, is_silent, failing, error = cursor.fetchone()
    return PulseOfWaking(
        beat_at=beat_at, woken=woken, is_silent=is_silent, failing=failing, last_error=error or ""
    )


def notices_of(mandate: Mandate) -> QuerySet[Notice]:
    """Return what the officer should look at: the unread first, then the newest."""
    return (
        _standing(mandate)
        .select_related("dossier__version__procedure", "dossier__step_unit", "dossier__holder")
        .defer("dossier__answers")
        .order_by("read_at", "-raised_at", "-pk")
    )


def unread_notices(mandate: Mandate) -> int:
    """Return how much of it the officer has not opened yet: it stands on every page of the desk."""
    return int(counting_unread(mandate).rows()[0][0])


@lru_cache(maxsize=KEPT)
def counting_unread(mandate: Mandate) -> Statement:
    """Return the statement that counts them."""
    unread = _standing(mandate).filter(read_at=None).values("pk")
    return Statement(unread, within="SELECT count(*) FROM ({}) AS unread")


def _standing(mandate: Mandate) -> QuerySet[Notice]:
    # Who left the agency no longer sees its dossiers, whatever was told before.
    agencies, units = mandate.agency_ids, mandate.unit_ids()
    notices = Notice.objects.filter(officer_id=mandate.officer_id, done_at=None)
    return notices.filter(dossier__settling_agency_id__in=agencies) | notices.filter(
        dossier__receiving_unit_id__in=units
    )
