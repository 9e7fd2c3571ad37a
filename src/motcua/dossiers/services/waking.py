"""Doing what time brings: each occasion once, and no dossier waits for a bad one."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction

from motcua.dossiers.definitions import ESCALATED, Occasion, OccasionKind
from motcua.dossiers.events import OfficersReminded
from motcua.dossiers.models import Dossier, Notice, WakingFailure
from motcua.dossiers.queries import occasions_in
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.kernel.memory import remembered
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate, officers_holding
from motcua.procedures.definitions import StepAct, Version
from motcua.procedures.queries import compiled

from ._delays import witness_delay
from .silence import stop_for_silence, warn_of_silence

logger = logging.getLogger(__name__)

BATCH = 50  # each costs a savepoint, and PostgreSQL slows down past 64 of them
RETRY_AFTER = timedelta(minutes=15)  # and so much longer with each attempt
RETRIES_APART_AT_MOST = 96

# Whoever wakes at the same time takes the next ones; nobody waits for an act that holds a dossier.
# Of a part the linked dossier is held first, as by every act; where somebody holds that, later.
DUE = """
    SELECT dossier.id FROM dossier
    LEFT JOIN LATERAL (
        SELECT whole.id FROM dossier AS whole WHERE whole.id = dossier.parent_id
        FOR NO KEY UPDATE SKIP LOCKED
    ) AS whole ON TRUE
    WHERE dossier.wakes_at <= %s AND (dossier.parent_id IS NULL OR whole.id IS NOT NULL)
    ORDER BY dossier.wakes_at LIMIT %s FOR NO KEY UPDATE OF dossier SKIP LOCKED
"""
_RAISE = """
    INSERT INTO dossier_notice (dossier_id, officer_id, kind, escalated, due_at, raised_at)
    SELECT %s, told.officer_id, %s, told.escalated, %s, %s
    FROM unnest(%s::bigint[], %s::boolean[]) AS told (officer_id, escalated)
    ON CONFLICT (dossier_id, officer_id, kind) WHERE done_at IS NULL
    DO UPDATE SET due_at = excluded.due_at, raised_at = excluded.raised_at, read_at = NULL
"""
_BEAT = """
    INSERT INTO dossier_heartbeat (name, beat_at, woken) VALUES ('waking', now(), %s)
    ON CONFLICT (name) DO UPDATE SET beat_at = now(), woken = excluded.woken
"""
K = OccasionKind
# What is told instead of what: who hears that it is late need no longer hear that it soon will be.
_OVERTAKES = {
    K.INTAKE_DUE: (K.INTAKE_WARNING,),
    K.STEP_DUE: (K.STEP_WARNING,),
    K.DUE: (K.WARNING,),
    K.OVERDUE_AGAIN: (K.WARNING, K.DUE),
}
_OF_THE_ANSWER = (K.SUPPLEMENT_WARNING, K.SUPPLEMENT_SILENT)
_OF_THE_WHOLE = (K.WARNING, K.DUE, K.OVERDUE_AGAIN)
_ROLE_AT = {StepAct.EXAMINE: PostRole.PROCESSOR, StepAct.DECIDE: PostRole.LEADER}


@transaction.atomic
def wake_dossiers(*, at: datetime, batch: int = BATCH) -> int:
    """
    Do what time has brought to the dossiers that are due first. Return how many were looked at.

    An occasion is met once, however often and by however many this is called. A dossier that
    fails is put off and noted for a person to look at; the others are not kept waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute(DUE, [at, batch])
        due = [row[0] for row in cursor.fetchall()]
    for dossier in Dossier.objects.filter(pk__in=due).order_by("wakes_at", "pk"):
        try:
            with transaction.atomic():
                _wake(dossier, at)
        except (OperationalError, InterfaceError):
            raise  # the database, and no dossier, is to blame
        except Exception as error:
            logger.exception("dossier %s could not be woken", dossier.code)
            _put_off(dossier, repr(error), at)
    return len(due)


@transaction.atomic
def keep_pulse(*, woken: int) -> None:
    """Show that the waking ran, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(_BEAT, [woken])


@transaction.atomic
def read_notices(*, mandate: Mandate, notice_ids: Sequence[int], at: datetime) -> int:
    """Note that the officer has seen these notices of theirs. Return how many were new."""
    return Notice.objects.filter(
        pk__in=notice_ids, officer_id=mandate.officer_id, read_at=None
    ).update(read_at=at)


def _wake(dossier: Dossier, at: datetime) -> None:
    version = compiled(dossier.version_id)
    occasions = occasions_in(dossier, version, at=at)
    standing = [occasion for occasion in occasions if occasion.at <= at]
    met = _newly_met(dossier, standing, at)
    for occasion in met:
        _meet(dossier, version, occasion, at)
    for occasion in standing:
        if occasion not in met and occasion.kind not in _OF_THE_ANSWER:
            _tell_who_came_since(dossier, version, occasion, at)
    if any(occasion.kind in _OF_THE_ANSWER for occasion in met):
        # It may have ended, or have got more time.
        occasions = occasions_in(Dossier.objects.get(pk=dossier.pk), version, at=at)
    later = [occasion.at for occasion in occasions if occasion.at > at]
    Dossier.objects.filter(pk=dossier.pk).update(wakes_at=later[0] if later else None)
    WakingFailure.objects.filter(dossier=dossier).delete()


def _newly_met(dossier: Dossier, standing: Sequence[Occasion], at: datetime) -> list[Occasion]:
    # The row is the proof: whoever comes second finds it and leaves the occasion alone.
    if not standing:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossier_occasion (dossier_id, kind, at, met_at)
            SELECT %s, kind, at, %s FROM unnest(%s::text[], %s::timestamptz[]) AS met (kind, at)
            ON CONFLICT DO NOTHING RETURNING at, kind
            """,
            [dossier.pk, at, [o.kind.value for o in standing], [o.at for o in standing]],
        )
        return sorted(Occasion(moment, K(kind)) for moment, kind in cursor.fetchall())


def _meet(dossier: Dossier, version: Version, occasion: Occasion, at: datetime) -> None:
    kind = occasion.kind
    if kind in _OF_THE_ANSWER and _tell_the_applicant(dossier, kind, at):
        return
    if kind in (K.DUE, K.OVERDUE_AGAIN):
        witness_delay(dossier, at=at)
    told = _whom_to_tell(dossier, version, kind, day_of(at))
    _tell(dossier, kind, told, at)


def _tell_who_came_since(
    dossier: Dossier, version: Version, occasion: Occasion, at: datetime
) -> None:
    """Tell whoever holds the dossier by now and was not told of this end: each officer once."""
    doers = _whom_to_tell(dossier, version, occasion.kind, day_of(at))
    told = Notice.objects.filter(
        dossier=dossier, kind=occasion.kind, due_at=_end_of(dossier, occasion.kind)
    )
    known = set(told.values_list("officer_id", flat=True))
    new = {
        officer: is_head
        for officer, is_head in doers.items()
        if not is_head and officer not in known
    }
    if new:
        _tell(dossier, occasion.kind, new, at)


def _tell(dossier: Dossier, kind: OccasionKind, told: Mapping[int, bool], at: datetime) -> None:
    due_at = _end_of(dossier, kind)
    Notice.objects.filter(dossier=dossier, kind__in=_OVERTAKES.get(kind, ()), done_at=None).update(
        done_at=at
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _RAISE,
            [dossier.pk, kind.value, due_at, at, list(told), list(told.values())],
        )
    ledger.record(
        OfficersReminded(
            occasion=kind.value,
            due_at=due_at.isoformat(),
            officers=sorted(told),
            escalated=sorted(officer for officer, is_head in told.items() if is_head),
        ),
        subject=dossier.subject,
        actor="system",
        at=at,
    )


def _tell_the_applicant(dossier: Dossier, kind: OccasionKind, at: datetime) -> bool:
    """Warn or stop by the version's rule. Return whether nothing is left for an officer to hear."""
    if kind is K.SUPPLEMENT_WARNING:
        warn_of_silence(dossier_id=dossier.pk, at=at)
        return True
    if stop_for_silence(dossier_id=dossier.pk, at=at):
        return True
    # Where no rule stops it, or it was late to warn, the dossier waits on; only the first is news.
    dossier.refresh_from_db(fields=["answer_due_at"])
    return dossier.answer_due_at is None or dossier.answer_due_at > at


def _end_of(dossier: Dossier, kind: OccasionKind) -> datetime:
    if kind in _OF_THE_ANSWER:
        end = dossier.answer_due_at
    elif dossier.accepted_at is None:
        end = dossier.intake_due_at
    elif kind in _OF_THE_WHOLE:
        end = dossier.due_at
    else:
        end = dossier.step_due_at
    assert end is not None  # else there would have been no occasion
    return end


def _whom_to_tell(
    dossier: Dossier, version: Version, kind: OccasionKind, on: date
) -> dict[int, bool]:
    """Return whom to tell, and of each whether as a head: the doers, once it is late the heads."""
    assert dossier.step_unit_id is not None
    assert dossier.step_key is not None
    unit_id = dossier.step_unit_id
    agency_id = (
        dossier.receiving_unit.agency_id
        if unit_id == dossier.receiving_unit_id
        else dossier.settling_agency_id
    )
    if dossier.holder_id is not None:
        doers: Iterable[int] = (dossier.holder_id,)
    else:
        role = _ROLE_AT.get(version.steps[dossier.step_key].act, PostRole.RECEIVER)
        doers = _officers(role.value, agency_id, unit_id, on)
    told = dict.fromkeys(doers, False)
    if kind in ESCALATED:
        heads = _officers(PostRole.LEADER.value, agency_id, unit_id, on)
        if not heads or kind is K.OVERDUE_AGAIN:
            heads = _officers(PostRole.LEADER.value, agency_id, None, on)
        told |= dict.fromkeys(heads, True)
    return told


@remembered(seconds=5)
def _officers(role: str, agency_id: int, unit_id: int | None, on: date) -> tuple[int, ...]:
    return tuple(o.pk for o in officers_holding(role, agency_id, on, unit_id=unit_id))


def _put_off(dossier: Dossier, error: str, at: datetime) -> None:
    failure, made = WakingFailure.objects.get_or_create(
        dossier=dossier, defaults={"attempts": 1, "error": error[:1000], "failed_at": at}
    )
    if not made:
        failure.attempts += 1
        failure.error, failure.failed_at = error[:1000], at
        failure.save(update_fields=["attempts", "error", "failed_at"])
    wait = RETRY_AFTER * min(failure.attempts, RETRIES_APART_AT_MOST)
    Dossier.objects.filter(pk=dossier.pk).update(wakes_at=at + wait)
